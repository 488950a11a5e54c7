/** Three figures of all that was measured, by the ids of their places in the page. */
import { type Measurement, timeOf } from "../../src/bench/measure.ts";

export type Summary = Readonly<Record<"peak" | "typical" | "quickest", string>>;

export function summaryOf(measurements: readonly Measurement[]): Summary {
  const peaks = measurements.flatMap(({ gigaflops, peakShare }) =>
    gigaflops === undefined || peakShare === undefined ? [] : [gigaflops / peakShare],
  );
  const ratios = measurements.flatMap(({ plainRatio }) => plainRatio ?? []);
  const habit = measurements.find(({ work }) => work.startsWith("habit"));
  return {
    peak: peaks.length > 0 ? `${median(peaks).toPrecision(3)} GFLOP/s` : "–",
    typical: ratios.length > 0 ? `× ${median(ratios).toPrecision(2)}` : "–",
    quickest: habit ? timeOf(habit.p50) : "–",
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
