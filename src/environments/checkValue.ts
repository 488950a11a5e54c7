/** What is wrong with a value of a space: of whoever takes in an observation or an action. */
import { isRow, shown } from "../core/expect.ts";
import { type Problem, type Seeing, vectorProblem } from "../core/readings.ts";
import { partsOf, type Space, sizeOf } from "./spaces.ts";

/** The first fault of a value, by the path of the part; the numbers of a box may lie outside its bounds. */
export function valueProblem(
  space: Space,
  what: string,
  value: unknown,
  seeing?: Seeing,
): Problem | undefined {
  if (space.kind === "box") return boxProblem(space.shape ?? [space.low.length], what, value, seeing);
  if (space.kind === "discrete") return choiceProblem(space.n, what, value, seeing);
  if (space.kind === "multiBinary" || space.kind === "multiDiscrete") {
    const size = space.kind === "multiBinary" ? space.n : space.nvec.length;
    return (
      lengthProblem(what, value, size) ??
      firstProblem(size, (g) => {
        const choices = space.kind === "multiBinary" ? 2 : space.nvec[g];
        return choiceProblem(choices, `${what}[${g}]`, (value as readonly unknown[])[g], seeing);
      })
    );
  }
  const parts = partsOf(space);
  const isDict = space.kind === "dict";
  const wrong = isDict ? objectProblem(what, value) : lengthProblem(what, value, parts.length);
  if (wrong !== undefined) return wrong;
  return firstProblem(parts.length, (i) => {
    const [name, part] = parts[i];
    const path = isDict ? `${what}.${name}` : `${what}[${name}]`;
    return valueProblem(part, path, (value as Readonly<Record<string, unknown>>)[name], seeing);
  });
}

/** A flat array, or arrays of rows as the shape says. */
function boxProblem(
  shape: readonly number[],
  what: string,
  value: unknown,
  seeing?: Seeing,
): Problem | undefined {
  const [rows, ...rest] = shape;
  if (rest.length === 0 || !isNested(value)) {
    return vectorProblem(what, value, sizeOf(shape), seeing);
  }
  return (
    lengthProblem(what, value, rows) ??
    firstProblem(rows, (i) => boxProblem(rest, `${what}[${i}]`, (value as readonly unknown[])[i], seeing))
  );
}

/** Whether it is an array whose first entry is an array. */
export function isNested(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeof (value as ArrayLike<unknown>)[0] === "object";
}

function choiceProblem(n: number, what: string, value: unknown, seeing?: Seeing): Problem | undefined {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value < n) return undefined;
  if (seeing?.mayMiss && Number.isNaN(value)) return undefined;
  const message = `expected a whole number in [0, ${n - 1}], got ${shown(value)}`;
  return { what, message, Fault: typeof value === "number" ? RangeError : TypeError };
}

/** Whether it is an array of this length. */
export function lengthProblem(what: string, value: unknown, length: number): Problem | undefined {
  const got = (value as { readonly length?: unknown } | null | undefined)?.length;
  if (typeof value === "object" && Number.isInteger(got))
    return got === length
      ? undefined
      : { what, message: `expected [${length}] values, got [${got}]`, Fault: RangeError };
  return { what, message: `expected [${length}] values, got ${shown(value)}`, Fault: TypeError };
}

function objectProblem(what: string, value: unknown): Problem | undefined {
  if (typeof value === "object" && value !== null && !isRow(value)) return undefined;
  return { what, message: `expected an object, got ${shown(value)}`, Fault: TypeError };
}

/** The first of several. */
export function firstProblem(
  count: number,
  problemOf: (i: number) => Problem | undefined,
): Problem | undefined {
  for (let i = 0; i < count; i++) {
    const problem = problemOf(i);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
