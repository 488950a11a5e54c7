import type { Case } from "./case.ts";
import { type Effort, interleave } from "./interleave.ts";
import type { Peak } from "./peak.ts";

/** What was measured of a case. */
export interface Measurement {
  readonly work: string;
  /** Median of a call, in µs. */
  readonly p50: number;
  /** GFLOP/s of its products; of works that have some. */
  readonly gigaflops?: number;
  /** Their share of the peak, both measured in turns. */
  readonly peakShare?: number;
  /** How many times longer plain TypeScript takes, both measured in turns. */
  readonly plainRatio?: number;
}

/** Enough for a figure that can be compared; a user waits for half a minute or so. */
export const EFFORT: Effort = { rounds: 5, roundTime: 20 };

/**
 * Times a case, in turns with the peak where it multiplies matrices, and with plain TypeScript where it is at hand.
 *
 *   peakShare = (operations / t) / (peak's operations / peak's t)
 */
export function measureCase(
  { name: work, operations, run, plain }: Case,
  peak: Peak,
  effort = EFFORT,
): Measurement {
  const others = [operations && peak.run, plain].filter((other) => typeof other === "function");
  const [{ p50 }, ...timings] = interleave([run, ...others], effort);
  const share = operations && { peakShare: (timings[0].ratio * operations) / peak.operations };
  return {
    ...{ work, p50 },
    ...(operations && { gigaflops: operations / p50 / 1000, ...share }),
    ...(plain && { plainRatio: timings[timings.length - 1].ratio }),
  };
}

/** A line of the table: `work  p50 µs  GFLOP/s  share of the peak  ratio to plain TypeScript`. */
export function lineOf({ work, p50, gigaflops, peakShare, plainRatio }: Measurement): string {
  const rate = gigaflops === undefined ? "" : `${gigaflops.toPrecision(3)} GFLOP/s`;
  const share = peakShare === undefined ? "" : `${(100 * peakShare).toFixed(0)} % of the peak`;
  const plain = plainRatio === undefined ? "" : `plain TypeScript ×${plainRatio.toPrecision(3)}`;
  const cells = [timeOf(p50).padStart(10), rate.padStart(13), share.padEnd(plain ? 16 : 0), plain];
  return `${work.padEnd(72)} ${cells.join("  ")}`.trimEnd();
}

/** A time of three figures: 0.72 µs, 34.8 µs, 104 ms. */
export function timeOf(microseconds: number): string {
  if (microseconds >= 1e4) return `${Number((microseconds / 1000).toPrecision(3))} ms`;
  return `${Number(microseconds.toPrecision(3))} µs`;
}
