/**
 * Checks of the numbers and flags that come in from outside: observations, rewards, endings. One word for one fault,
 * whoever takes them in: agents, `train`, `evaluate`, filters, planners and `checkEnvironment`.
 *
 * A check answers with a problem, or undefined; who refuses throws it ({@link refuse}), who reports it reads it.
 */
import { range, shown } from "./expect.ts";
import { isPromise } from "./promises.ts";

/** What is wrong, and how: `what: message`. */
export interface Problem {
  readonly what: string;
  /** `expected X, got Y`, and what helps. */
  readonly message: string;
  /** The error that refuses it. */
  readonly Fault: new (
    message: string,
  ) => Error;
}

/** A number that a sensor could not have meant: not finite, or beyond {@link LARGEST}. `train` goes on after one. */
export class ReadingError extends RangeError {
  override readonly name = "ReadingError";
}

/** Greatest magnitude of a coordinate or a reward: f32 holds the squares of differences, and sums of many. */
export const LARGEST = 1e18;

/** What an observation may hold. */
export interface Seeing {
  /** Whether NaN tells that nothing was seen. */
  readonly mayMiss: boolean;
}

const ALL: Seeing = { mayMiss: false };

/** What is wrong with an observation of `size` numbers: its kind, its length, or the first bad coordinate. */
export function vectorProblem(
  what: string,
  vector: unknown,
  size: number | undefined,
  seeing: Seeing = ALL,
): Problem | undefined {
  const numbers = size === undefined ? "an array of numbers" : `[${size}] numbers`;
  if (!isRow(vector)) {
    const hint = isPromise(vector) ? ": `await` is missing" : "";
    return { what, message: `expected ${numbers}, got ${shown(vector)}${hint}`, Fault: TypeError };
  }
  if (size !== undefined && vector.length !== size)
    return { what, message: `expected ${numbers}, got [${vector.length}]`, Fault: RangeError };
  for (let d = 0; d < vector.length; d++)
    if (!isReading(vector[d], seeing.mayMiss)) return numberProblem(`${what}[${d}]`, vector[d], seeing);
  return undefined;
}

/** What is wrong with one number. */
export function numberProblem(what: string, value: unknown, { mayMiss }: Seeing = ALL): Problem | undefined {
  if (isReading(value, mayMiss)) return undefined;
  if (typeof value !== "number") {
    const hint = isPromise(value) ? ": `await` is missing" : "";
    return { what, message: `expected a number, got ${shown(value)}${hint}`, Fault: TypeError };
  }
  if (Number.isFinite(value))
    return {
      what,
      message: `expected a number ${range(-LARGEST, LARGEST)}, got ${value}: choose a larger unit`,
      Fault: ReadingError,
    };
  const expected = mayMiss ? "a finite number or NaN" : "a finite number";
  return { what, message: `expected ${expected}, got ${value}`, Fault: ReadingError };
}

/** What is wrong with one of the two flags that end an episode. */
export function endingProblem(
  what: "terminated" | "truncated",
  step: { readonly terminated?: unknown; readonly truncated?: unknown },
): Problem | undefined {
  const flag = step[what];
  if (typeof flag === "boolean") return undefined;
  const help =
    typeof flag === "string" ? ": a string is neither" : flag === undefined ? missingFlag(what, step) : "";
  return { what, message: `expected true or false, got ${shown(flag)}${help}`, Fault: TypeError };
}

function missingFlag(what: "terminated" | "truncated", step: object): string {
  if ("done" in step)
    return ": Gym's `done` is two flags here, `terminated` (the world ended) and `truncated` (a time limit stopped it)";
  return what === "truncated" ? ": write `truncated: false` where no time limit stopped the episode" : "";
}

/** Throws what was found, if anything. @param where it was found, in words that close the message: `episode 2, step 7` */
export function refuse(problem: Problem | undefined, where?: string): void {
  if (problem !== undefined) throw faultOf(problem, where);
}

/** The error that refuses what was found. */
export function faultOf({ what, message, Fault }: Problem, where?: string): Error {
  return new Fault(`${what}: ${message}${where === undefined ? "" : ` (${where})`}`);
}

/** An array of any kind, typed or not, or an object that has a length like one. */
function isRow(value: unknown): value is ArrayLike<unknown> {
  return (
    typeof value === "object" && value !== null && Number.isInteger((value as { length?: unknown }).length)
  );
}

/** Whether it is a number that can be computed with, or is allowed to be missing. */
function isReading(value: unknown, mayMiss: boolean): boolean {
  return typeof value === "number" && (Math.abs(value) <= LARGEST || (mayMiss && Number.isNaN(value)));
}
