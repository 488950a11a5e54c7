/** What is saved of a run may be read from any file: each part is checked before it is used. */
import type { Spaces } from "../agent/interface.ts";
import { FileError, quoted, reading } from "../core/file.ts";
import { refuse } from "../core/readings.ts";
import { actionProblem } from "../environments/action.ts";
import { valueProblem } from "../environments/checkValue.ts";
import { maskProblem } from "../environments/mask.ts";
import { JUDGED, type Limits } from "./limits.ts";
import { noSums } from "./report.ts";
import type { Progress } from "./state.ts";
import type { Trace } from "./trace.ts";
import type { Place } from "./walk.ts";

export const FORMAT = "generative-agent/run/2";

/** What is saved of a run beside its agent. */
export interface SavedRun {
  readonly format: string;
  readonly settings: { readonly steps: number; readonly seed: number } & Limits;
  readonly progress: Progress;
  /** One for each environment. */
  readonly lanes: readonly SavedLane[];
}

/** Where a run is in one environment. */
export interface SavedLane {
  /** Of each of several environments; just one is the run's. */
  readonly progress?: Progress;
  readonly place: Place;
  /** What the environment's `save` answered in the middle of an episode; undefined in one that cannot be copied. */
  readonly world: unknown;
  readonly trace: Trace | undefined;
}

/** Most environments of a run. */
const MOST_LANES = 64;
/** An answer's hash has 32 bits. */
const HASHES = 2 ** 32;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether it is what a run saves. What a world saves of itself is the world's to check, when it is given back.
 *
 * @throws FileError that names the part, what was expected and what came
 */
export function expectRun(run: unknown, spaces: Spaces): asserts run is SavedRun {
  const {
    format: _format,
    settings,
    progress,
    lanes,
  } = fieldsOf("run", run, ["format", "settings", "progress", "lanes"]);
  const { steps, seed, episodes, target } = fieldsOf("run.settings", settings, [
    "steps",
    "seed",
    "episodes",
    "target",
  ]);
  expectWhole("run.settings.steps", steps);
  expectWhole("run.settings.seed", seed);
  if (episodes !== undefined) expectWhole("run.settings.episodes", episodes);
  if (target !== undefined && !Number.isFinite(target))
    refuseValue("run.settings.target", "a finite return", target);
  expectProgress("run.progress", progress);
  if (!Array.isArray(lanes) || lanes.length === 0 || lanes.length > MOST_LANES)
    throw new FileError(`run.lanes: expected a list of 1 to ${MOST_LANES}, got ${quoted(lanes)}`);
  for (const [l, lane] of lanes.entries()) expectLane(`run.lanes[${l}]`, lane, spaces);
}

function expectLane(at: string, lane: unknown, spaces: Spaces): void {
  const { place, trace, progress } = fieldsOf(at, lane, ["place", "world", "trace", "progress"]);
  if (progress !== undefined) expectProgress(`${at}.progress`, progress);
  const { observation, actionMask, reward, isRunning, ...counts } = fieldsOf(`${at}.place`, place, [
    ...["episode", "isRunning", "observation", "actionMask", "reward", "length", "decisions", "return"],
  ]);
  for (const name of ["episode", "length", "decisions"]) expectWhole(`${at}.place.${name}`, counts[name]);
  expectNumber(`${at}.place.return`, counts.return);
  expectBoolean(`${at}.place.isRunning`, isRunning);
  // of an episode that a reading ended, it may be none
  if (reward !== undefined) expectNumber(`${at}.place.reward`, reward);
  if (isRunning)
    reading(() => {
      const what = `${at}.place.observation`;
      refuse(valueProblem(spaces.observationSpace, what, observation, { mayMiss: true }));
      refuse(maskProblem(spaces.actionSpace, actionMask as never));
    });
  if (trace !== undefined) expectTrace(`${at}.trace`, trace, { isRunning: isRunning === true, spaces });
}

function expectProgress(at: string, progress: unknown): void {
  const fields = ["steps", "sums", "faults", "finished", "newest"];
  const { steps, sums, faults, finished, newest } = fieldsOf(at, progress, fields);
  if (finished !== undefined) expectWhole(`${at}.finished`, finished);
  if (newest !== undefined) {
    if (!Array.isArray(newest) || newest.length > JUDGED)
      refuseValue(`${at}.newest`, `up to ${JUDGED} returns`, newest);
    for (const [i, value] of newest.entries()) expectNumber(`${at}.newest[${i}]`, value);
  }
  expectWhole(`${at}.steps`, steps);
  expectWhole(`${at}.faults`, faults);
  const { bound, learned, modelError, warnings } = fieldsOf(`${at}.sums`, sums, [
    ...["bound", "learned", "modelError", "warnings"],
  ]);
  const areWords = Array.isArray(warnings) && warnings.every((sentence) => typeof sentence === "string");
  if (warnings !== undefined && !areWords)
    refuseValue(`${at}.sums.warnings`, "a list of sentences", warnings);
  expectWhole(`${at}.sums.learned`, learned);
  expectNumber(`${at}.sums.modelError`, modelError);
  const terms = Object.keys(noSums().bound);
  const sumsOf = fieldsOf(`${at}.sums.bound`, bound, terms);
  for (const term of terms) expectNumber(`${at}.sums.bound.${term}`, sumsOf[term]);
}

function expectTrace(
  at: string,
  trace: unknown,
  { isRunning, spaces }: { readonly isRunning: boolean; readonly spaces: Spaces },
): void {
  const { actions, answers } = fieldsOf(at, trace, ["actions", "answers"]);
  if (!Array.isArray(actions)) refuseValue(`${at}.actions`, "a list", actions);
  if (!Array.isArray(answers)) refuseValue(`${at}.answers`, "a list", answers);
  if (isRunning && answers.length !== actions.length + 1)
    refuseValue(`${at}.answers`, `${actions.length + 1} of them`, answers.length);
  for (const [i, answer] of answers.entries()) expectWhole(`${at}.answers[${i}]`, answer, HASHES - 1);
  reading(() => {
    for (const action of actions) refuse(actionProblem(spaces.actionSpace, action));
  });
}

/** The fields of an object that has no others. */
function fieldsOf(at: string, value: unknown, names: readonly string[]): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    refuseValue(at, "an object", value);
  const other = Object.keys(value).find((name) => !names.includes(name));
  if (other !== undefined) refuseValue(at, names.join(", "), other);
  return value as Fields;
}

function expectWhole(at: string, value: unknown, most = Number.MAX_SAFE_INTEGER): void {
  if (!(Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most))
    refuseValue(at, `a whole number in [0, ${most}]`, value);
}

function expectNumber(at: string, value: unknown): void {
  if (typeof value !== "number") refuseValue(at, "a number", value);
}

function expectBoolean(at: string, value: unknown): void {
  if (typeof value !== "boolean") refuseValue(at, "true or false", value);
}

function refuseValue(at: string, expected: string, value: unknown): never {
  const got = typeof value === "number" ? String(value) : quoted(value);
  throw new FileError(`${at}: expected ${expected}, got ${got}`);
}
