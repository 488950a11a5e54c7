import { expectInteger } from "../core/expect.ts";
import { settle } from "../core/promises.ts";
import { environmentProblems, startProblem } from "./checkAnswers.ts";
import { type Episode, firstDifference, play, type Report } from "./checkEpisode.ts";
import type { Environment, Start, SynchronousEnvironment } from "./environment.ts";

/** Options of {@link checkEnvironment}. */
export interface CheckOptions {
  /** Episodes to play, ≥ 1, with the seeds `seed`, `seed + 1`, … Default 3. */
  readonly episodes?: number;
  /** Steps after which an episode is given up, ≥ 1. Default 1000. */
  readonly steps?: number;
  /** Seed of the first episode, a whole number ≥ 0. Default 0. */
  readonly seed?: number;
}

/**
 * Tells the author of an environment what is wrong with it: plays a few episodes with actions spread over the
 * action space, the first of them twice, and looks at everything that comes back.
 *
 * Each line names where, what, what was expected and what came; a fault that repeats is named once, where it was
 * first seen. Lines that begin with "warning: " are no hindrance to learning: an observation lies outside its space, no
 * episode ended, or nothing ever changes. What is refused here is refused by `train` and `evaluate` in the same words.
 *
 * @param environment what to test; it is reset and stepped, so give it no episode that matters
 * @returns the problems, one sentence each; an empty array when the environment is fine. Of a world that answers later, a promise of them
 * @throws RangeError unless `episodes` and `steps` are whole numbers ≥ 1
 *
 * @example
 * checkEnvironment(await createEnvironment("pendulum")); // []
 */
export function checkEnvironment(
  environment: SynchronousEnvironment,
  options?: CheckOptions,
): readonly string[];
export function checkEnvironment(
  environment: Environment,
  options?: CheckOptions,
): readonly string[] | Promise<readonly string[]>;
export function checkEnvironment(
  environment: Environment,
  { episodes = 3, steps = 1000, seed = 0 }: CheckOptions = {},
): readonly string[] | Promise<readonly string[]> {
  expectInteger("episodes", episodes, 1);
  expectInteger("steps", steps, 1);
  expectInteger("seed", seed, 0, Number.MAX_SAFE_INTEGER - episodes);
  const wrong = environmentProblems(environment);
  if (wrong.length > 0) return wrong.map(({ what, message }) => `${what}: ${message}`);
  return settle(checked(environment, { episodes, steps, seed }));
}

/** Yields what it waits for. */
function* checked(
  environment: Environment,
  { episodes, steps, seed }: Required<CheckOptions>,
): Generator<unknown, readonly string[], unknown> {
  const problems = new Map<string, string>();
  const report: Report = (where, what, message) => {
    if (problems.has(what)) return;
    const [warning, part] = what.startsWith(WARNING) ? [WARNING, what.slice(WARNING.length)] : ["", what];
    problems.set(what, `${warning}${where}: ${part}: ${message}`);
  };

  const played: Episode[] = [];
  for (let i = 0; i < episodes; i++)
    played.push(yield* play(environment, { name: `episode ${i + 1}`, seed: seed + i, steps }, report));
  yield* checkRepetition(environment, played[0], { seed, steps }, report);
  yield* checkUnseeded(environment, report);
  const lines = [...problems.values()].sort((a, b) => Number(isWarning(a)) - Number(isWarning(b)));
  return lines.some((line) => !isWarning(line)) ? lines : [...lines, ...warnings(played, steps)];
}

/** The first episode once more: the same seed and actions must give the same numbers. */
function* checkRepetition(
  environment: Environment,
  first: Episode,
  { seed, steps }: { readonly seed: number; readonly steps: number },
  report: Report,
): Generator<unknown, void, unknown> {
  const name = `episode 1 repeated with its seed ${seed}`;
  const difference = firstDifference(first, yield* play(environment, { name, seed, steps }, report));
  if (difference) report(`${name}, ${difference.where}`, difference.what, difference.message);
}

/** `reset` without options begins an episode too. */
function* checkUnseeded(environment: Environment, report: Report): Generator<unknown, void, unknown> {
  try {
    const problem = startProblem(environment, (yield environment.reset()) as Start);
    if (problem) report("reset() without a seed", problem.what, problem.message);
  } catch (error) {
    report("reset() without a seed", "reset", `expected an answer, got ${error}`);
  }
}

const WARNING = "warning: ";
const isWarning = (line: string) => line.startsWith(WARNING);

function warnings(played: readonly Episode[], steps: number): string[] {
  const lines: string[] = [];
  if (!played.some(({ hasEnded }) => hasEnded))
    lines.push(
      `warning: no episode ended: expected terminated or truncated (a time limit) within ${steps} steps, got neither; ` +
        "`evaluate` will not return by itself where no episode ends",
    );
  if (isConstant(played, "observation") && isConstant(played, "reward"))
    lines.push(
      `warning: step: expected observations or rewards that change, got the same ones in ${played.length} episodes; ` +
        "there is nothing to learn",
    );
  return lines;
}

/** Whether a part of all answers is one and the same. */
function isConstant(played: readonly Episode[], part: "observation" | "reward"): boolean {
  const values = played
    .flatMap(({ answers }) => answers.map((answer) => answer[part]))
    .filter((value) => value !== undefined);
  return values.every((value) => String(value) === String(values[0]));
}
