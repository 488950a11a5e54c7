import { isArray, isRow, shown } from "../core/expect.ts";
import { ABANDONED, isPromise } from "../core/promises.ts";
import { faultOf, type Problem, ReadingError, type Seeing } from "../core/readings.ts";
import { startProblem, stepProblem } from "../environments/checkAnswers.ts";
import type { Environment, Start, Step } from "../environments/environment.ts";

/** Where a walk is, for messages. */
interface Whereabouts {
  readonly episode: number;
  readonly isRunning: boolean;
  readonly length: number;
}

/** Answers that were refused for a number in them. */
const refused = new WeakMap<object, Start | Step>();

/** The answer that a reading was refused of; undefined for every other error, such as one that the world threw. */
export function refusedAnswer(error: unknown): Start | Step | undefined {
  return error instanceof ReadingError ? refused.get(error) : undefined;
}

/**
 * The environment, whose answers are looked at and copied, and that is given copies of actions: it may use its arrays again. What
 * it throws passes through, with the step in its `cause`.
 *
 * @param place of the walk; its `length` is that of the episode so far, but for the steps of an action that repeats
 */
export function checkedWorld(environment: Environment, place: Whereabouts, seeing: Seeing): Environment {
  let episode = place.episode;
  let steps = place.length;
  const where = () => `episode ${episode}, ${steps === 0 ? "reset" : `step ${steps}`}`;

  const begun = (answer: Start): Start => {
    const start = membersOf(answer, fail);
    expectNone(startProblem(environment, start, seeing), start, where);
    return { observation: copyOf(start.observation), ...(start.info && { info: start.info }) };
  };
  const stepped = (answer: Step): Step => {
    const step = membersOf(answer, fail);
    expectNone(stepProblem(environment, step, seeing), step, where);
    const { observation, reward, terminated, truncated, info } = step;
    return { observation: copyOf(observation), reward, terminated, truncated, ...(info && { info }) };
  };
  const fail = (thrown: unknown): never => {
    throw withPlace(thrown, where());
  };

  return {
    observationSpace: environment.observationSpace,
    actionSpace: environment.actionSpace,
    reset(options) {
      episode = place.isRunning ? place.episode : place.episode + 1;
      steps = 0;
      return answerOf(() => environment.reset(options), begun, fail);
    },
    step(action) {
      if (steps === 0) episode = place.episode;
      steps++;
      return answerOf(() => environment.step(copyOf(action)), stepped, fail);
    },
  };
}

/** What the world answers, looked at by `next`; `fail` is given what it throws, or rejects with. */
function answerOf<Answer>(
  ask: () => Answer | PromiseLike<Answer>,
  next: (answer: Answer) => Answer,
  fail: (thrown: unknown) => never,
): Answer | PromiseLike<Answer> {
  let answer: Answer | PromiseLike<Answer>;
  try {
    answer = ask();
  } catch (thrown) {
    return fail(thrown);
  }
  return isPromise(answer) ? (answer as PromiseLike<Answer>).then(next, fail) : next(answer);
}

/** An answer whose members are read once: a getter may throw, or answer otherwise the next time. */
function membersOf<Answer extends Start>(answer: Answer, fail: (thrown: unknown) => never): Answer {
  if (typeof answer !== "object" || answer === null || isArray(answer)) return answer;
  try {
    const { observation, reward, terminated, truncated, info } = answer as Answer & Partial<Step>;
    const members = { observation, reward, terminated, truncated, info };
    // told of where a flag is missing
    return ("done" in answer ? { ...members, done: answer.done } : members) as unknown as Answer;
  } catch (thrown) {
    return fail(thrown);
  }
}

function expectNone(problem: Problem | undefined, answer: Start | Step, where: () => string): void {
  if (problem === undefined) return;
  const fault = faultOf(problem, where());
  if (fault instanceof ReadingError) refused.set(fault, answer);
  throw fault;
}

/** What was thrown, with the place as the innermost cause. */
function withPlace(thrown: unknown, where: string): unknown {
  const cause = new Error(`environment: expected an answer, got an error at ${where}`);
  if (thrown === ABANDONED) return thrown;
  if (typeof thrown !== "object" || thrown === null) {
    return new Error(`environment: expected an answer, got ${shown(thrown)} thrown`, { cause });
  }
  let inner: { cause?: unknown } = thrown;
  while (typeof inner.cause === "object" && inner.cause !== null) inner = inner.cause;
  if (inner.cause === undefined && Object.isExtensible(inner))
    Object.defineProperty(inner, "cause", { value: cause, configurable: true, writable: true });
  return thrown;
}

/** A copy of an observation or an action: arrays of it may be written to again. */
export function copyOf<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) return (value as unknown as Float32Array).slice() as unknown as Value;
  if (Array.isArray(value)) return value.map(copyOf) as Value;
  if (isRow(value)) return Array.from(value, copyOf) as Value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copyOf(part)])) as Value;
}
