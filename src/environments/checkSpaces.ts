/** What is wrong with spaces, and whether two are the same: of whoever takes an environment, or its spaces. */
import { itemShown, shown } from "../core/expect.ts";
import { type Problem, refuse } from "../core/readings.ts";
import type { Environment } from "./environment.ts";
import {
  type Box,
  type Dict,
  type Discrete,
  type MultiDiscrete,
  partsOf,
  type Space,
  sizeOf,
  type Tuple,
} from "./spaces.ts";

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
    ...(observationSpace == null ? [] : oneSpaceProblems("observationSpace", observationSpace)),
    ...(actionSpace == null ? [] : actionSpaceProblems(actionSpace)),
  ];
}

/** Gymnasium's name, where somebody kept it. */
function pythonHint(spaces: object, name: string): string {
  const python = name.replace("Space", "_space");
  return python in spaces ? `: \`${python}\` is written \`${name}\` here` : "";
}

/** What helps where a name or a class came instead of an environment. */
export function missingCall(value: unknown): string {
  if (typeof value === "string")
    return `: \`await createEnvironment(${shown(value)})\` makes one by its name`;
  return typeof value === "function" ? ": `new`, or a call, is missing" : "";
}

/** @throws TypeError or RangeError that names the first thing wrong with the spaces */
export function expectSpaces(spaces: Spaces): void {
  if (typeof spaces !== "object" || spaces === null)
    throw new TypeError(
      `spaces: expected an environment, or its two spaces, got ${shown(spaces)}${missingCall(spaces)}`,
    );
  refuse(spaceProblems(spaces)[0]);
}

/** The spaces alone, all numbers in plain arrays, as a file keeps them. */
export function plainSpaces({ observationSpace, actionSpace }: Spaces): Spaces {
  return { observationSpace: plainSpace(observationSpace), actionSpace: plainSpace(actionSpace) };
}

function plainSpace(space: Space): Space {
  if (space.kind === "box") {
    const { kind, low, high, shape } = space;
    return { kind, low: Array.from(low), high: Array.from(high), ...(shape && { shape: Array.from(shape) }) };
  }
  if (space.kind === "multiDiscrete") return { kind: space.kind, nvec: Array.from(space.nvec) };
  if (space.kind === "tuple") return { kind: space.kind, spaces: Array.from(space.spaces, plainSpace) };
  if (space.kind !== "dict") return { kind: space.kind, n: space.n };
  const parts = partsOf(space).map(([name, part]) => [name, plainSpace(part)]);
  return { kind: space.kind, spaces: Object.fromEntries(parts) };
}

/** @throws RangeError unless the environment's spaces are those that the agent was made for */
export function expectSameSpaces(environment: Spaces, agent: Spaces): void {
  for (const name of ["observationSpace", "actionSpace"] as const)
    if (!isSameSpace(environment[name], agent[name]))
      throw new RangeError(
        `${name}: expected the agent's, ${inWords(agent[name])}, got ${inWords(environment[name])}`,
      );
}

/** Whether all of it is the same, bounds as f32 holds them. */
function isSameSpace(space: Space, other: Space): boolean {
  const isSame = (values: ArrayLike<number>, others: ArrayLike<number>) =>
    values.length === others.length &&
    Array.from(values).every((value, d) => Math.fround(value) === Math.fround(others[d]));
  if (space.kind === "box")
    return (
      other.kind === "box" &&
      isSame(space.low, other.low) &&
      isSame(space.high, other.high) &&
      isSame(space.shape ?? [space.low.length], other.shape ?? [other.low.length])
    );
  if (space.kind === "multiDiscrete") return other.kind === "multiDiscrete" && isSame(space.nvec, other.nvec);
  if (space.kind === "discrete" || space.kind === "multiBinary")
    return space.kind === other.kind && space.n === other.n;
  if (other.kind !== space.kind) return false;
  const [parts, others] = [partsOf(space), partsOf(other)];
  return (
    parts.length === others.length &&
    parts.every(([name, part], i) => name === others[i][0] && isSameSpace(part, others[i][1]))
  );
}

/** Bounds that a message repeats. */
const MOST_SHOWN = 4;

function inWords(space: Space): string {
  if (space.kind === "discrete" || space.kind === "multiBinary") return `${space.kind}(${space.n})`;
  if (space.kind === "multiDiscrete") return `multiDiscrete([${space.nvec.join(", ")}])`;
  if (space.kind === "tuple") return `tuple([${space.spaces.map(inWords).join(", ")}])`;
  if (space.kind === "dict")
    return `dict({ ${partsOf(space)
      .map(([name, part]) => `${name}: ${inWords(part)}`)
      .join(", ")} })`;
  const { low, high, shape } = space;
  if (shape && shape.length > 1) return `a box of [${shape.join(", ")}] numbers`;
  if (low.length > MOST_SHOWN) return `a box of ${low.length} numbers`;
  return `box([${Array.from(low).join(", ")}], [${Array.from(high).join(", ")}])`;
}

function actionSpaceProblems(space: Space): Problem[] {
  const what = "actionSpace";
  if (space.kind === "multiBinary" || space.kind === "dict" || space.kind === "tuple") {
    const help = space.kind === "multiBinary" ? ": multiDiscrete with 2 of each is the same" : "";
    const message = `expected a box, a discrete or a multiDiscrete space, got ${space.kind}${help}`;
    return [{ what, message, Fault: TypeError }];
  }
  const problems = oneSpaceProblems(what, space);
  if (problems.length > 0 || space.kind !== "box") return problems;
  const { low, high } = space;
  const unbounded = Array.from(low).findIndex((bound, d) => !isWide(bound, high[d]));
  if (unbounded < 0) return [];
  const bounds = `[${low[unbounded]}, ${high[unbounded]}] at ${unbounded}`;
  const isTooFine = low[unbounded] < high[unbounded] && Number.isFinite(high[unbounded] - low[unbounded]);
  const expected = `expected finite bounds low < high, ${isTooFine ? "also in 32 bits, " : ""}to which actions are scaled`;
  const message = `${expected}, got ${bounds}: give the range that is useful, and clip or rescale in \`step\``;
  return [{ what, message, Fault: RangeError }];
}

/** Of a discrete space: networks have an input or an output for each. */
const MOST_CHOICES = 65_536;

/** Whether f32 tells points between finite bounds apart. */
function isWide(low: number, high: number): boolean {
  const [from, to] = [Math.fround(low), Math.fround(high)];
  return from < to && Number.isFinite(Math.fround(to - from));
}

/** Spaces within each other that are looked at: more is a space that holds itself. */
const MOST_DEPTH = 32;

/** What is wrong with a space of any kind. */
function oneSpaceProblems(what: string, space: Space, depth = 0): Problem[] {
  if (depth > MOST_DEPTH)
    return [
      {
        what,
        message: `expected at most ${MOST_DEPTH} spaces within each other, got more`,
        Fault: RangeError,
      },
    ];
  const kind: unknown = space?.kind;
  if (kind === "discrete" || kind === "multiBinary") return countProblems(`${what}.n`, (space as Discrete).n);
  if (kind === "multiDiscrete") {
    const { nvec } = space as MultiDiscrete;
    if (!(typeof nvec === "object" && nvec?.length > 0))
      return [
        {
          what: `${what}.nvec`,
          message: `expected one or more numbers, got ${shown(nvec)}`,
          Fault: TypeError,
        },
      ];
    return Array.from(nvec).flatMap((n, g) => countProblems(`${what}.nvec[${g}]`, n));
  }
  if (kind !== "dict" && kind !== "tuple") return boxProblems(what, space as Box);
  const composed = space as Dict | Tuple;
  if (typeof composed.spaces !== "object" || composed.spaces === null || partsOf(composed).length === 0)
    return [
      {
        what: `${what}.spaces`,
        message: `expected one or more, got ${shown(composed.spaces)}`,
        Fault: TypeError,
      },
    ];
  // the first is enough: each may hold as many again
  for (const [name, part] of partsOf(composed)) {
    const problems = oneSpaceProblems(`${what}.${name}`, part, depth + 1);
    if (problems.length > 0) return problems;
  }
  return [];
}

function countProblems(what: string, n: unknown): Problem[] {
  if (typeof n === "number" && Number.isInteger(n) && n >= 1 && n <= MOST_CHOICES) return [];
  return [
    { what, message: `expected a whole number in [1, ${MOST_CHOICES}], got ${shown(n)}`, Fault: RangeError },
  ];
}

function boxProblems(name: string, space: Box): Problem[] {
  if (space?.kind !== "box") {
    const isPlain = typeof space === "object" && space !== null && !("length" in space);
    const got = isPlain ? `an object of kind ${shown((space as Space).kind)}` : shown(space);
    return [
      {
        what: name,
        message: `expected a space, such as box(…) or discrete(…), got ${got}`,
        Fault: TypeError,
      },
    ];
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
  const odd = (["low", "high"] as const).find((side) => !Array.from(space[side]).every(isBound));
  if (odd !== undefined) {
    const d = Array.from(space[odd]).findIndex((bound) => !isBound(bound));
    const message = `expected a number, got ${shown(space[odd][d])}`;
    return [{ what: `${name}.${odd}[${d}]`, message, Fault: TypeError }];
  }
  const { shape = [low.length] } = space;
  if (!isShape(shape) || sizeOf(Array.from(shape)) !== low.length) {
    const got =
      shape !== null && typeof shape === "object" ? `[${Array.from(shape, itemShown)}]` : shown(shape);
    return one(`expected a shape of ${low.length} numbers, such as [${low.length}], got ${got}`);
  }
  const crossed = Array.from(low).findIndex((bound, d) => !(bound <= high[d]));
  return crossed < 0
    ? []
    : one(`expected low ≤ high, got ${shown(low[crossed])} and ${shown(high[crossed])} at ${crossed}`);
}

function isBound(bound: unknown): boolean {
  return typeof bound === "number" && !Number.isNaN(bound);
}

/** Whether they are sizes: an array of whole numbers. */
function isShape(shape: unknown): boolean {
  const isArray = typeof shape === "object" && shape !== null && "length" in shape;
  return (
    isArray && Array.from(shape as ArrayLike<unknown>).every((n) => Number.isInteger(n) && (n as number) >= 1)
  );
}
