/** Values that may come later. What is known already is used at once: a promise would cost a turn of the queue. */

/** Whether `await` would wait for it. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}

/** `next(value)`, at once where the value is known, and a promise of it where it is promised. */
export function andThen<Value, Result>(
  value: Value | PromiseLike<Value>,
  next: (value: Value) => Result | PromiseLike<Result>,
): Result | PromiseLike<Result> {
  return isPromise(value) ? (value as PromiseLike<Value>).then(next) : next(value);
}

/** What {@link unlessAborted} rejects with: nobody waits any longer. */
export const ABANDONED = /* @__PURE__ */ Symbol("abandoned");

/** Milliseconds that an answer may still take once the signal was aborted. */
const GRACE = 1000;

/** What is promised; once the signal was aborted, it is waited for a second more, then abandoned. */
export function unlessAborted<Value>(
  promised: PromiseLike<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return Promise.resolve(promised);
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const abort = () => {
      timer = setTimeout(reject, GRACE, ABANDONED);
    };
    const settle = <Result>(next: (result: Result) => void) => {
      return (result: Result) => {
        signal.removeEventListener("abort", abort);
        clearTimeout(timer);
        next(result);
      };
    };
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort);
    promised.then(settle(resolve), settle(reject));
  });
}

/** Does the work of a generator that yields what it waits for: at once where all of it is known, else later. */
export function settle<Result>(work: Generator<unknown, Result, unknown>): Result | Promise<Result> {
  return goOn(work, work.next());
}

function goOn<Result>(
  work: Generator<unknown, Result, unknown>,
  first: IteratorResult<unknown, Result>,
): Result | Promise<Result> {
  let turn = first;
  while (!turn.done) {
    const { value } = turn;
    if (isPromise(value))
      return Promise.resolve(value).then(
        (answer) => goOn(work, work.next(answer)),
        (error) => goOn(work, work.throw(error)),
      );
    turn = work.next(value);
  }
  return turn.value;
}
