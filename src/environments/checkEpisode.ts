/** The episodes that `checkEnvironment` plays, and what it looks at in each answer. Its generators yield what they wait for. */
import type { Problem } from "../core/readings.ts";
import { startProblem, stepProblems } from "./checkAnswers.ts";
import type { Action, Environment, Space, Start, Step } from "./environment.ts";

/** Takes down a problem, unless that of the same `what` was reported before; a warning where `what` begins so. */
export type Report = (where: string, what: string, message: string) => void;

/** What came of an episode. */
export interface Episode {
  /** Copies of the answer of `reset` and of those of the steps. */
  readonly answers: readonly Answer[];
  readonly hasEnded: boolean;
}

/** An answer as it came, its kinds not yet known. */
interface Answer {
  readonly observation: ArrayLike<number>;
  readonly reward?: unknown;
  readonly terminated?: unknown;
  readonly truncated?: unknown;
}

const PARTS = ["observation", "reward", "terminated", "truncated"] as const;

/** Plays one episode and reports what is wrong with it; goes no further where there was no proper answer. */
export function* play(
  environment: Environment,
  { name, seed, steps }: { readonly name: string; readonly seed: number; readonly steps: number },
  report: Report,
): Generator<unknown, Episode, unknown> {
  const answers: Answer[] = [];
  let previous: ArrayLike<number> = [];
  for (let t = 0; t <= steps; t++) {
    const where = t === 0 ? `${name}, reset` : `${name}, step ${t}`;
    const answer =
      t === 0
        ? yield* ask(environment, "reset", () => environment.reset({ seed }), where, report)
        : yield* takeStep(environment, t, where, report);
    if (answer === undefined) break;

    if (t > 0 && !isSame(previous, answers[t - 1].observation))
      report(
        where,
        "warning: observation",
        "expected a new array each time, got the previous one overwritten; copy it in a loop of your own",
      );
    previous = answer.observation;
    answers.push({ ...answer, observation: Array.from(previous) });
    if (answer.terminated || answer.truncated) return { answers, hasEnded: true };
  }
  return { answers, hasEnded: false };
}

/** Where two episodes that should be equal first differ. */
export function firstDifference(
  { answers }: Episode,
  again: Episode,
): (Pick<Problem, "what" | "message"> & { readonly where: string }) | undefined {
  for (const [t, answer] of answers.entries()) {
    const where = t === 0 ? "reset" : `step ${t}`;
    const repeated = again.answers[t];
    if (repeated === undefined) return { where, what: "repetition", message: "expected an answer, got none" };
    const part = PARTS.find((name) => String(answer[name]) !== String(repeated[name]));
    if (part === undefined) continue;
    const message = `expected ${part} [${answer[part]}] as the first time, got [${repeated[part]}]`;
    return { where, what: "repetition", message };
  }
  return undefined;
}

function* takeStep(
  environment: Environment,
  t: number,
  where: string,
  report: Report,
): Generator<unknown, Answer | undefined, unknown> {
  const { actionSpace } = environment;
  const action = spread(actionSpace, t);
  const answer = yield* ask(environment, "step", () => environment.step(action), where, report);
  if (String(action) !== String(spread(actionSpace, t)))
    report(where, "warning: action", "expected to be left as it was, got overwritten");
  return answer;
}

/** Calls the environment and looks at the observation; nothing when there is none. */
function* ask(
  environment: Environment,
  member: "reset" | "step",
  call: () => Start | Step | PromiseLike<Start | Step>,
  where: string,
  report: Report,
): Generator<unknown, Answer | undefined, unknown> {
  let answer: Start | Step;
  try {
    answer = (yield call()) as Start | Step;
  } catch (error) {
    report(where, member, `expected an answer, got ${error}`);
    return undefined;
  }
  const problems =
    member === "step" ? stepProblems(environment, answer) : [startProblem(environment, answer)];
  for (const problem of problems) if (problem) report(where, problem.what, problem.message);
  const outside = answer && rangeProblem(environment.observationSpace, answer.observation);
  if (outside) report(where, outside.what, outside.message);
  return typeof answer?.observation?.length === "number" ? answer : undefined;
}

/** The first coordinate outside its bounds, in float32, in which observations are kept: .6 rounded up is within .6. */
function rangeProblem(
  { low, high }: Environment["observationSpace"],
  observation: ArrayLike<number> | undefined,
): Pick<Problem, "what" | "message"> | undefined {
  for (let d = 0; d < (observation?.length ?? 0); d++) {
    const value = observation?.[d] ?? 0;
    const rounded = Math.fround(value);
    if (Number.isFinite(value) && (rounded < Math.fround(low[d]) || rounded > Math.fround(high[d])))
      return {
        what: `observation[${d}]`,
        message: `expected a number in [${low[d]}, ${high[d]}], as observationSpace says, got ${value}`,
      };
  }
  return undefined;
}

/** The action of step t: all lowest, all highest, then by multiples of the golden ratio all over the space. */
function spread(space: Space, t: number): Action {
  const part = (k: number) => (t <= 2 ? t - 1 : (k * 0.6180339887498949) % 1); // (√5 − 1) / 2
  if (space.kind === "discrete") return Math.min(Math.floor(part(t) * space.n), space.n - 1);
  const { low, high } = space;
  return low.map((bound, d) => bound + (high[d] - bound) * part(t * low.length + d));
}

function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.from(a).every((value, d) => Object.is(value, b[d]));
}
