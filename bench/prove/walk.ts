import type { Core } from "../../src/core/core.ts";
import type { Contract } from "./contracts.ts";
import { bitsOf, ordinalsWithin, ulpError } from "./floats.ts";

/** What a walk over some floats found. */
export interface Findings {
  /** Floats walked, and those of the domain among them. */
  readonly walked: number;
  readonly measured: number;
  /** The largest error in ulp over the domain, and where. */
  readonly worst: number;
  readonly worstAt: number;
  /** Neighbours between which the function turns back, and the first of them. */
  readonly turns: number;
  readonly turnsAt: number;
  /** NaNs whose value is a number. */
  readonly numbers: number;
}

export const nothing: Findings = {
  walked: 0,
  measured: 0,
  worst: 0,
  worstAt: Number.NaN,
  turns: 0,
  turnsAt: Number.NaN,
  numbers: 0,
};

/** Two walks as one. */
export function merged(a: Findings, b: Findings): Findings {
  const worse = a.worst >= b.worst ? a : b;
  return {
    walked: a.walked + b.walked,
    measured: a.measured + b.measured,
    worst: worse.worst,
    worstAt: worse.worstAt,
    turns: a.turns + b.turns,
    turnsAt: a.turns > 0 ? a.turnsAt : b.turnsAt,
    numbers: a.numbers + b.numbers,
  };
}

/** Floats that a kernel is given at once. */
const BLOCK = 4096;

/** Walks the floats of ordinals [from, to), each compared with the one before it. */
export function walk(core: Core, contract: Contract, from: number, to: number): Findings {
  return core.scope(() => {
    const x = core.f32(BLOCK);
    const out = core.f32(BLOCK);
    const words = new Uint32Array(x.buffer, x.byteOffset, BLOCK);
    const survey = createSurvey(contract, from);
    // blocks overlap by one, so that every pair of neighbours is seen
    for (let start = Math.max(from - 1, 0); start < to; start += BLOCK - 1) {
      const count = Math.min(BLOCK, to - start);
      for (let i = 0; i < BLOCK; i++) words[i] = bitsOf(start + Math.min(i, count - 1));
      contract.kernel(core, out, x);
      survey.measure(x, out, start, count);
      survey.compare(x, out, start, count);
      if (start + count >= to) break;
    }
    return survey.findings(to - from);
  });
}

/** Gathers findings block by block; a float is measured once, though blocks overlap. */
function createSurvey({ exact, domain, monotone }: Contract, from: number) {
  const [first, last] = ordinalsWithin(...domain);
  const [lowest, highest] = ordinalsWithin(-Infinity, Infinity);
  const pieces = monotone.map(({ low, high, direction }) => ({
    ends: ordinalsWithin(low, high),
    direction,
  }));
  let [measured, worst, worstAt, turns, turnsAt, numbers] = [0, 0, Number.NaN, 0, Number.NaN, 0];
  let next = from;
  return {
    /** The errors over the domain, and what becomes of NaN. */
    measure(x: Float32Array, out: Float32Array, start: number, count: number) {
      const end = start + count;
      const [begin, stop] = [Math.max(next, first), Math.min(end, last + 1)];
      for (let i = begin - start; i < stop - start; i++) {
        const y = exact(x[i]);
        const error = Math.abs(out[i] - y);
        // an ulp is at least 2⁻²⁴ of y: what is no worse by this bound is no worse; NaN is never known to be fine
        if (error <= worst * 2 ** -24 * Math.abs(y)) continue;
        const inUlp = ulpError(out[i], y);
        if (inUlp > worst) [worst, worstAt] = [inUlp, x[i]];
      }
      measured += Math.max(0, stop - begin);
      for (let i = next - start; i < count; i++) {
        if (start + i >= lowest && start + i <= highest) continue;
        if (!Number.isNaN(out[i])) numbers++;
      }
      next = end;
    },
    /** Whether the function turns back between neighbours of one piece. */
    compare(x: Float32Array, out: Float32Array, start: number, count: number) {
      for (const { ends, direction } of pieces) {
        const stop = Math.min(start + count, ends[1] + 1) - start;
        for (let i = Math.max(start, ends[0]) - start + 1; i < stop; i++) {
          if ((out[i] - out[i - 1]) * direction >= 0 || out[i] === out[i - 1]) continue;
          if (turns === 0) turnsAt = x[i];
          turns++;
        }
      }
    },
    findings: (walked: number): Findings => ({ walked, measured, worst, worstAt, turns, turnsAt, numbers }),
  };
}
