import type { Contract } from "./contracts.ts";
import type { Findings } from "./findings.ts";
import { ordinalsWithin, ulpError } from "./floats.ts";
import { interpolate } from "./interpolate.ts";

/** Floats that a kernel is given at once. */
export const BLOCK = 1024;

/** An interpolated value is off by less than this, in ulp; what comes this near to the worst is computed once more. */
const MARGIN = 0.01;
/** Errors up to this are looked at no closer: rounding the exact value makes them. */
const LEAST = 0.5;
/** Floats of one binade. */
const BINADE = 2 ** 23;

type Ends = readonly [first: number, last: number];

/** Adds to what is known, block by block, from ordinal `from` on; a float is measured once, though blocks overlap. */
export function createSurvey({ exact, domain, monotone }: Contract, from: number, known: Findings) {
  const measurable = ordinalsWithin(...domain);
  const numeric = ordinalsWithin(-Infinity, Infinity);
  const pieces = monotone.map(({ low, high, direction }) => ({ ends: ordinalsWithin(low, high), direction }));
  const spans = [measurable, ...pieces.map(({ ends }) => ends)];
  const references = new Float64Array(BLOCK);
  let { measured, worst, worstAt, turns, turnsAt, numbers } = known;
  let next = from;
  const see = (error: number, at: number) => {
    if (error > worst) [worst, worstAt] = [error, at];
  };
  const isMonotone = (first: number, last: number) =>
    pieces.some(({ ends }) => first >= ends[0] && last <= ends[1]);
  const isNumeric = (start: number, end: number) => start >= numeric[0] && end - 1 <= numeric[1];

  return {
    /** Whether anything is promised of the floats of ordinals [start, end). */
    concerns: (start: number, end: number) =>
      !isNumeric(start, end) || spans.some(([low, high]) => end > low && start <= high),

    /** The errors over the domain, and what becomes of NaN. */
    measure(x: Float32Array, out: Float32Array, start: number, end: number) {
      const begin = Math.max(next, measurable[0]) - start;
      const stop = Math.min(end, measurable[1] + 1) - start;
      if (begin < stop && isConstant(out, begin, stop) && isMonotone(start + begin, start + stop - 1)) {
        // f lies between its values at the ends, and so does the error
        for (const at of [begin, stop - 1]) see(ulpError(out[at], exact(x[at])), x[at]);
        measured += stop - begin;
      } else if (begin < stop) {
        refer(references, exact, x.subarray(begin, stop), isOneBinade(start + begin, start + stop - 1));
        const at = worstOf(exact, x, out, references, [begin, stop], worst);
        if (at >= 0) see(ulpError(out[at], exact(x[at])), x[at]);
        measured += stop - begin;
      }
      if (!isNumeric(start, end)) numbers += numbersOf(x, out, [next - start, end - start]);
      next = end;
    },

    /** Whether the function turns back between neighbours of one piece. */
    compare(x: Float32Array, out: Float32Array, start: number, end: number) {
      if (isConstant(out, 0, end - start)) return;
      for (const { ends, direction } of pieces) {
        const first = Math.max(start, ends[0]) - start + 1;
        const { count, at } = turnsOf(out, [first, Math.min(end, ends[1] + 1) - start], direction);
        if (turns === 0 && count > 0) turnsAt = x[at];
        turns += count;
      }
    },

    findings: (walked: number): Findings => ({
      walked: known.walked + walked,
      measured,
      worst,
      worstAt,
      turns,
      turnsAt,
      numbers,
    }),
  };
}

function isConstant(out: Float32Array, begin: number, stop: number): boolean {
  for (let i = begin + 1; i < stop; i++) if (out[i] !== out[begin]) return false;
  return true;
}

const isOneBinade = (first: number, last: number) => Math.floor(first / BINADE) === Math.floor(last / BINADE);

/** references[i] = f(x[i]), in f64 */
function refer(
  references: Float64Array,
  exact: (x: number) => number,
  x: Float32Array,
  isSmooth: boolean,
): void {
  const count = x.length;
  if (isSmooth && count > 64 && interpolate(references, exact, x[0], x[count - 1], count)) return;
  for (let i = 0; i < count; i++) references[i] = exact(x[i]);
}

/** Where the error is larger than `worst` and largest; −1 where it is nowhere. */
function worstOf(
  exact: (x: number) => number,
  x: Float32Array,
  out: Float32Array,
  references: Float64Array,
  [begin, stop]: Ends,
  worst: number,
): number {
  let at = -1;
  // an ulp of y is at least 2⁻²⁴ |y|; NaN is never known to be fine
  let fine = Math.max(LEAST, worst - MARGIN) * 2 ** -24;
  for (let i = begin; i < stop; i++) {
    const reference = references[i - begin];
    if (Math.abs(out[i] - reference) <= fine * Math.abs(reference)) continue;
    const error = ulpError(out[i], exact(x[i]));
    if (error <= worst) continue;
    worst = error;
    fine = Math.max(LEAST, worst - MARGIN) * 2 ** -24;
    at = i;
  }
  return at;
}

/** NaNs among x whose value is a number. */
function numbersOf(x: Float32Array, out: Float32Array, [begin, stop]: Ends): number {
  let count = 0;
  for (let i = begin; i < stop; i++) if (Number.isNaN(x[i]) && !Number.isNaN(out[i])) count++;
  return count;
}

/** How often a value is beyond the one before it, against the direction, and where first. */
function turnsOf(out: Float32Array, [begin, stop]: Ends, direction: 1 | -1) {
  let [count, at] = [0, -1];
  for (let i = begin; i < stop; i++) {
    // infinite neighbours differ by NaN
    if ((out[i] - out[i - 1]) * direction >= 0 || out[i] === out[i - 1]) continue;
    if (count === 0) at = i;
    count++;
  }
  return { count, at };
}
