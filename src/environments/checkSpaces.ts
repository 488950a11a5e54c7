import { kindOf } from "./action.ts";
import type { Box, Environment } from "./environment.ts";

/** What is wrong, and how: `what: message`. */
export interface Problem {
  readonly what: string;
  readonly message: string;
}

/** What is wrong with the two spaces, a line each. */
export function spaceProblems(environment: Environment): string[] {
  const { observationSpace, actionSpace } = environment ?? {};
  const problems: string[] = [];
  if (isSpace(observationSpace)) problems.push(...boxProblems("observationSpace", observationSpace));
  if (isSpace(actionSpace)) problems.push(...actionSpaceProblems(actionSpace));
  return problems;
}

/** What is wrong with an observation: its kind, its length, or the first bad coordinate. */
export function observationProblem({ low, high }: Box, observation: unknown): Problem | undefined {
  if (typeof observation !== "object" || observation === null || !("length" in observation))
    return { what: "observation", message: `expected an array, got ${kindOf(observation)}` };
  const values = observation as ArrayLike<unknown>;
  if (values.length !== low.length)
    return { what: "observation", message: `expected [${low.length}] numbers, got ${values.length}` };
  for (let d = 0; d < low.length; d++) {
    const message = coordinateProblem(values[d], low[d], high[d]);
    if (message) return { what: `observation[${d}]`, message };
  }
  return undefined;
}

function isSpace(space: unknown): boolean {
  return typeof space === "object" && space !== null;
}

function actionSpaceProblems(space: Environment["actionSpace"]): string[] {
  if (space.kind === "discrete")
    return Number.isInteger(space.n) && space.n >= 1
      ? []
      : [`actionSpace.n: expected a whole number ≥ 1, got ${space.n}`];
  if (space.kind !== "box")
    return [`actionSpace.kind: expected "box" or "discrete", got ${JSON.stringify((space as Box).kind)}`];
  const problems = boxProblems("actionSpace", space);
  if (problems.length > 0) return problems;
  const unbounded = space.low.findIndex(
    (low, d) => !(Number.isFinite(space.high[d] - low) && low < space.high[d]),
  );
  if (unbounded < 0) return [];
  const bounds = `[${space.low[unbounded]}, ${space.high[unbounded]}]`;
  return [
    `actionSpace: expected finite bounds low < high, to which actions are scaled, got ${bounds} for [${unbounded}]`,
  ];
}

function boxProblems(name: string, { kind, low, high }: Box): string[] {
  if (kind !== "box") return [`${name}.kind: expected "box", got ${JSON.stringify(kind)}`];
  if (typeof low?.length !== "number" || typeof high?.length !== "number")
    return [`${name}: expected arrays low and high, got ${kindOf(low)} and ${kindOf(high)}`];
  if (low.length === 0 || low.length !== high.length)
    return [
      `${name}: expected as many bounds in low as in high, and one or more, got ${low.length} and ${high.length}`,
    ];
  return Array.from(low).flatMap((bound, d) =>
    bound <= high[d] ? [] : [`${name}: expected low ≤ high, got ${bound} and ${high[d]} for [${d}]`],
  );
}

/** Compared in float32, in which observations are kept: .6 rounded up is still within a bound of .6. */
function coordinateProblem(value: unknown, low: number, high: number): string | undefined {
  if (typeof value !== "number") return `expected a number, got ${kindOf(value)}`;
  if (Number.isNaN(value))
    return 'expected a finite number, got NaN (an agent with model: "latent" takes it for not seen)';
  if (!Number.isFinite(value)) return `expected a finite number, got ${value}`;
  const rounded = Math.fround(value);
  return rounded < Math.fround(low) || rounded > Math.fround(high)
    ? `expected a number in [${low}, ${high}], as observationSpace says, got ${value}`
    : undefined;
}
