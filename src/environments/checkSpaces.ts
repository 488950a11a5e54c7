/** What is wrong with spaces, and whether two are the same: of whoever takes an environment, or its spaces. */
import { shown } from "../core/expect.ts";
import { type Problem, refuse } from "../core/readings.ts";
import type { Box, Environment, Space } from "./environment.ts";

type Spaces = Pick<Environment, "observationSpace" | "actionSpace">;

/** What is wrong with the two spaces. */
export function spaceProblems(spaces: Spaces): Problem[] {
  const { observationSpace, actionSpace } = spaces;
  const missing = (["observationSpace", "actionSpace"] as const).flatMap((what) => {
    if (spaces[what] != null) return [];
    return [{ what, message: `expected a space, got none${pythonHint(spaces, what)}`, Fault: TypeError }];
  });
  return [
    ...missing,
    ...(observationSpace == null ? [] : boxProblems("observationSpace", observationSpace)),
    ...(actionSpace == null ? [] : actionSpaceProblems(actionSpace)),
  ];
}

/** Gymnasium's name, where somebody kept it. */
function pythonHint(spaces: object, name: string): string {
  const python = name.replace("Space", "_space");
  return python in spaces ? `: \`${python}\` is written \`${name}\` here` : "";
}

/** @throws TypeError or RangeError that names the first thing wrong with the spaces */
export function expectSpaces(spaces: Spaces): void {
  if (typeof spaces !== "object" || spaces === null)
    throw new TypeError(`spaces: expected an environment, or its two spaces, got ${shown(spaces)}`);
  refuse(spaceProblems(spaces)[0]);
}

/** The spaces alone, their bounds in plain arrays, as a file keeps them. */
export function plainSpaces({ observationSpace, actionSpace }: Spaces): Spaces {
  return { observationSpace: plainBox(observationSpace), actionSpace: plainSpace(actionSpace) };
}

function plainSpace(space: Space): Space {
  return space.kind === "box" ? plainBox(space) : { kind: space.kind, n: space.n };
}

function plainBox({ kind, low, high }: Box): Box {
  return { kind, low: Array.from(low), high: Array.from(high) };
}

/** @throws RangeError unless the environment's spaces are those that the agent was made for */
export function expectSameSpaces(environment: Spaces, agent: Spaces): void {
  for (const name of ["observationSpace", "actionSpace"] as const)
    if (!isSameSpace(environment[name], agent[name]))
      throw new RangeError(
        `${name}: expected the agent's, ${inWords(agent[name])}, got ${inWords(environment[name])}`,
      );
}

/** Whether all bounds are the same as f32 holds them. */
function isSameSpace(space: Space, other: Space): boolean {
  if (space.kind === "discrete") return other.kind === "discrete" && space.n === other.n;
  if (other.kind === "discrete") return false;
  const isSame = (bounds: ArrayLike<number>, others: ArrayLike<number>) =>
    bounds.length === others.length &&
    Array.from(bounds).every((bound, d) => Math.fround(bound) === Math.fround(others[d]));
  return isSame(space.low, other.low) && isSame(space.high, other.high);
}

/** Bounds that a message repeats. */
const MOST_SHOWN = 4;

function inWords(space: Space): string {
  if (space.kind === "discrete") return `discrete(${space.n})`;
  const { low, high } = space;
  if (low.length > MOST_SHOWN) return `a box of ${low.length} numbers`;
  return `box([${Array.from(low).join(", ")}], [${Array.from(high).join(", ")}])`;
}

function actionSpaceProblems(space: Space): Problem[] {
  if (space.kind === "discrete") {
    if (Number.isInteger(space.n) && space.n >= 1 && space.n <= MOST_CHOICES) return [];
    const message = `expected a whole number in [1, ${MOST_CHOICES}], got ${shown(space.n)}`;
    return [{ what: "actionSpace.n", message, Fault: RangeError }];
  }
  const problems = boxProblems("actionSpace", space, 'a box or a "discrete" space');
  if (problems.length > 0) return problems;
  const { low, high } = space;
  const unbounded = Array.from(low).findIndex((bound, d) => !isWide(bound, high[d]));
  if (unbounded < 0) return [];
  const bounds = `[${low[unbounded]}, ${high[unbounded]}] at ${unbounded}`;
  const message =
    `expected finite bounds low < high, to which actions are scaled, got ${bounds}: ` +
    "give the range that is useful, and clip or rescale in `step`";
  return [{ what: "actionSpace", message, Fault: RangeError }];
}

/** Of a discrete space: the habit has an output for each. */
const MOST_CHOICES = 65_536;

/** Whether f32 tells points between finite bounds apart. */
function isWide(low: number, high: number): boolean {
  const [from, to] = [Math.fround(low), Math.fround(high)];
  return from < to && Number.isFinite(Math.fround(to - from));
}

function boxProblems(name: string, space: Box, expected = "a box"): Problem[] {
  if (space.kind !== "box") {
    const got = typeof space === "object" && space !== null ? `kind ${shown(space.kind)}` : shown(space);
    return [{ what: name, message: `expected ${expected}, got ${got}`, Fault: TypeError }];
  }
  const { low, high } = space;
  if (typeof low?.length !== "number" || typeof high?.length !== "number")
    return [
      {
        what: name,
        message: `expected arrays low and high, got ${shown(low)} and ${shown(high)}`,
        Fault: TypeError,
      },
    ];
  const one = (message: string) => [{ what: name, message, Fault: RangeError }];
  if (low.length === 0 || low.length !== high.length)
    return one(
      `expected as many bounds in low as in high, and one or more, got ${low.length} and ${high.length}`,
    );
  const crossed = Array.from(low).findIndex((bound, d) => !(bound <= high[d]));
  return crossed < 0
    ? []
    : one(`expected low ≤ high, got ${shown(low[crossed])} and ${shown(high[crossed])} at ${crossed}`);
}
