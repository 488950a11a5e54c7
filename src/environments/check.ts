import { expectInteger } from "../core/expect.ts";
import { isPromise } from "../core/promises.ts";
import { type Episode, firstDifference, play, playWrongAction, type Report } from "./checkEpisode.ts";
import { observationProblem, spaceProblems } from "./checkSpaces.ts";
import type { Environment } from "./environment.ts";

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
 * first seen. Lines that begin with "warning: " are no hindrance to learning: no episode ended, or an action of
 * the wrong kind was taken without a word ({@link expectAction} is the one line that helps).
 *
 * @param environment what to test; it is reset and stepped, so give it no episode that matters
 * @returns the problems, one sentence each; an empty array when the environment is fine
 * @throws RangeError unless `episodes` and `steps` are whole numbers ≥ 1
 *
 * @example
 * checkEnvironment(await createEnvironment("pendulum")); // []
 */
export function checkEnvironment(
  environment: Environment,
  { episodes = 3, steps = 1000, seed = 0 }: CheckOptions = {},
): readonly string[] {
  expectInteger("episodes", episodes, 1);
  expectInteger("steps", steps, 1);
  const wrong = [...missingMembers(environment), ...spaceProblems(environment)];
  if (wrong.length > 0) return wrong;

  const problems = new Map<string, string>();
  const report: Report = (where, what, message) => {
    if (!problems.has(what)) problems.set(what, `${where}: ${what}: ${message}`);
  };

  const played: Episode[] = [];
  for (let i = 0; i < episodes; i++)
    played.push(play(environment, { name: `episode ${i + 1}`, seed: seed + i, steps }, report));
  checkRepetition(environment, played[0], { seed, steps }, report);
  checkUnseeded(environment, report);
  if (problems.size > 0) return [...problems.values()];
  return warnings(environment, played, steps);
}

function missingMembers(environment: Environment): string[] {
  if (typeof environment !== "object" || environment === null)
    return [`environment: expected an object, got ${environment === null ? "null" : typeof environment}`];
  if (isPromise(environment))
    return ["environment: expected an environment, got a Promise: `await` is missing"];
  const expected = { observationSpace: "object", actionSpace: "object", reset: "function", step: "function" };
  return Object.entries(expected).flatMap(([name, type]) => {
    const member: unknown = environment[name as keyof Environment];
    if (member === undefined) return [`${name}: expected this member, got none`];
    return typeof member === type && member !== null
      ? []
      : [
          `${name}: expected ${type === "object" ? "a space" : "a function"}, got ${member === null ? "null" : typeof member}`,
        ];
  });
}

/** The first episode once more: the same seed and actions must give the same numbers. */
function checkRepetition(
  environment: Environment,
  first: Episode,
  { seed, steps }: { readonly seed: number; readonly steps: number },
  report: Report,
): void {
  const name = `episode 1 repeated with its seed ${seed}`;
  const difference = firstDifference(first, play(environment, { name, seed, steps }, report));
  if (difference) report(`${name}, ${difference.where}`, difference.what, difference.message);
}

/** `reset` without options begins an episode too. */
function checkUnseeded(environment: Environment, report: Report): void {
  try {
    const start = environment.reset();
    const observation = isPromise(start) ? start : start?.observation;
    const problem = observationProblem(environment.observationSpace, observation);
    if (problem) report("reset() without a seed", problem.what, problem.message);
  } catch (error) {
    report("reset() without a seed", "reset", `expected an answer, got ${error}`);
  }
}

function warnings(environment: Environment, played: readonly Episode[], steps: number): string[] {
  const lines: string[] = [];
  if (!played.some(({ hasEnded }) => hasEnded))
    lines.push(
      `warning: no episode ended: expected terminated or truncated (a time limit) within ${steps} steps, got neither; ` +
        "`evaluate` will not return by itself where no episode ends",
    );
  const taken = playWrongAction(environment);
  if (taken) lines.push(`warning: step: ${taken}`);
  return lines;
}
