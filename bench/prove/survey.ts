import type { Contract } from "./contracts.ts";
import type { Findings } from "./findings.ts";
import { ordinalsWithin, ulpError } from "./floats.ts";
import { interpolate } from "./interpolate.ts";

/** An interpolated value is off by less than this, in ulp; what comes this near to the worst is computed once more. */
const MARGIN = 0.01;
/** Floats of one binade. */
const BINADE = 2 ** 23;

const isOutside = (ordinal: number, [low, high]: readonly [number, number]) =>
  ordinal < low || ordinal > high;

/** Adds to what is known, block by block, from ordinal `from` on; a float is measured once, though blocks overlap. */
export function createSurvey({ exact, domain, monotone }: Contract, from: number, known: Findings) {
  const measurable = ordinalsWithin(...domain);
  const numeric = ordinalsWithin(-Infinity, Infinity);
  const pieces = monotone.map(({ low, high, direction }) => ({ ends: ordinalsWithin(low, high), direction }));
  const spans = [measurable, ...pieces.map(({ ends }) => ends)];
  const references = new Float64Array(4096);
  let { measured, worst, worstAt, turns, turnsAt, numbers } = known;
  let next = from;

  /** f of the block's floats begin … stop − 1, in f64. */
  const refer = (x: Float32Array, begin: number, stop: number, isWithinBinade: boolean) => {
    const count = stop - begin;
    const isSmooth = count > 64 && isWithinBinade;
    if (isSmooth && interpolate(references, exact, x[begin], x[stop - 1], count)) return;
    for (let i = 0; i < count; i++) references[i] = exact(x[begin + i]);
  };

  return {
    /** Whether anything is promised of the floats of ordinals [start, end). */
    concerns: (start: number, end: number) =>
      isOutside(start, numeric) ||
      isOutside(end - 1, numeric) ||
      spans.some(([low, high]) => end > low && start <= high),

    /** The errors over the domain, and what becomes of NaN. */
    measure(x: Float32Array, out: Float32Array, start: number, end: number) {
      const begin = Math.max(next, measurable[0]) - start;
      const stop = Math.min(end, measurable[1] + 1) - start;
      if (begin < stop) {
        refer(
          x,
          begin,
          stop,
          Math.floor((start + begin) / BINADE) === Math.floor((start + stop - 1) / BINADE),
        );
        // an ulp of y is at least 2⁻²⁴ |y|; NaN is never known to be fine
        let fine = Math.max(0, worst - MARGIN) * 2 ** -24;
        for (let i = begin; i < stop; i++) {
          const reference = references[i - begin];
          if (Math.abs(out[i] - reference) <= fine * Math.abs(reference)) continue;
          const error = ulpError(out[i], exact(x[i]));
          if (error <= worst) continue;
          [worst, worstAt] = [error, x[i]];
          fine = Math.max(0, worst - MARGIN) * 2 ** -24;
        }
        measured += stop - begin;
      }
      for (let i = next - start; i < end - start; i++)
        if (isOutside(start + i, numeric) && !Number.isNaN(out[i])) numbers++;
      next = end;
    },

    /** Whether the function turns back between neighbours of one piece. */
    compare(x: Float32Array, out: Float32Array, start: number, end: number) {
      for (const { ends, direction } of pieces) {
        const stop = Math.min(end, ends[1] + 1) - start;
        for (let i = Math.max(start, ends[0]) - start + 1; i < stop; i++) {
          if ((out[i] - out[i - 1]) * direction >= 0 || out[i] === out[i - 1]) continue;
          if (turns === 0) turnsAt = x[i];
          turns++;
        }
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
