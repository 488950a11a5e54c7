/** The episodes that `checkEnvironment` plays, and what it looks at in each answer. Its generators yield what they wait for. */
import type { Problem } from "../core/readings.ts";
import { startProblem, stepProblems } from "./checkAnswers.ts";
import { valueProblem } from "./checkValue.ts";
import type { Action, Box, Environment, Observation, Space, Start, Step, Vector } from "./environment.ts";
import { flattenSpace, rowOf } from "./flatten.ts";
import type { ActionMask } from "./mask.ts";

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
  /** Flattened. */
  readonly observation: readonly number[];
  readonly info?: { readonly actionMask?: ActionMask | undefined } | undefined;
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
  let previous: Observation = [];
  for (let t = 0; t <= steps; t++) {
    const where = t === 0 ? `${name}, reset` : `${name}, step ${t}`;
    const answer =
      t === 0
        ? yield* ask(environment, "reset", () => environment.reset({ seed }), where, report)
        : yield* takeStep(environment, t, answers[t - 1].info?.actionMask, where, report);
    const row = answer && rowIn(environment.observationSpace, answer.observation);
    if (answer === undefined || row === undefined) break;

    if (t > 0 && !isSame(rowIn(environment.observationSpace, previous), answers[t - 1].observation))
      report(
        where,
        "warning: observation",
        "expected a new array each time, got the previous one overwritten; copy it in a loop of your own",
      );
    previous = answer.observation;
    answers.push({ ...answer, observation: row });
    const { terminated, truncated } = answer as Step;
    if (terminated || truncated) return { answers, hasEnded: true };
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
  mask: ActionMask | undefined,
  where: string,
  report: Report,
): Generator<unknown, Start | Step | undefined, unknown> {
  const { actionSpace } = environment;
  const action = spread(actionSpace, t, mask);
  const answer = yield* ask(environment, "step", () => environment.step(action), where, report);
  if (String(action) !== String(spread(actionSpace, t, mask)))
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
): Generator<unknown, Start | Step | undefined, unknown> {
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
  return answer ?? undefined;
}

/** A copy of an observation as a row; undefined where it is none. */
function rowIn(space: Space, observation: Observation): readonly number[] | undefined {
  const isRow = space.kind === "box" && typeof (observation as Vector | undefined)?.length === "number";
  if (!isRow && valueProblem(space, "observation", observation) !== undefined) return undefined;
  return Array.from(rowOf(space, observation));
}

/** The first number of a box outside its bounds, in float32, in which observations are kept: .6 rounded up is within .6. */
function rangeProblem(space: Space, observation: Observation): Pick<Problem, "what" | "message"> | undefined {
  const row = rowIn(space, observation) ?? [];
  const { low, high } = flattenSpace(space);
  for (const [d, value] of row.entries()) {
    const rounded = Math.fround(value);
    if (Number.isFinite(value) && (rounded < Math.fround(low[d]) || rounded > Math.fround(high[d])))
      return {
        what: space.kind === "box" ? `observation[${d}]` : `flatten(observation)[${d}]`,
        message: `expected a number in [${low[d]}, ${high[d]}], as observationSpace says, got ${value}`,
      };
  }
  return undefined;
}

/** The action of step t: all lowest, all highest, then by multiples of the golden ratio all over the space. */
function spread(space: Space, t: number, mask: ActionMask | undefined): Action {
  const part = (k: number) => (t <= 2 ? t - 1 : (k * 0.6180339887498949) % 1); // (√5 − 1) / 2
  const choice = (share: number, n: number, allowed: ArrayLike<unknown> | undefined) => {
    const choices = Array.from({ length: n }, (_, k) => k).filter(
      (k) => !allowed || Number(allowed[k]) === 1,
    );
    return choices[Math.min(Math.floor(share * choices.length), choices.length - 1)];
  };
  if (space.kind === "discrete") return choice(part(t), space.n, mask);
  if (space.kind === "multiDiscrete")
    return space.nvec.map((n, g) =>
      choice(part(t * space.nvec.length + g), n, (mask as readonly Vector[])?.[g]),
    );
  const { low, high } = space as Box;
  return low.map((bound, d) => bound + (high[d] - bound) * part(t * low.length + d));
}

function isSame(a: ArrayLike<number> = [], b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.from(a).every((value, d) => Object.is(value, b[d]));
}
