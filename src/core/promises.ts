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
