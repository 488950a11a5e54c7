import { aligned, figure, quantile } from "../table.ts";

/** What a batch of episodes came to. */
export interface Batch {
  readonly problem: string;
  readonly seed: number;
  /** Bounds of the value that the solver proved. */
  readonly lower: number;
  readonly upper: number;
  readonly iterations: number;
  /** Of the solver: by the clock, and of a processor. */
  readonly offlineSeconds: number;
  readonly processorSeconds: number;
  /** Of a decision and the update of the belief: by the clock, and of a processor with all that the episodes take. */
  readonly millisecondsPerDecision: number;
  readonly processorMillisecondsPerDecision: number;
  /** Discounted. */
  readonly returns: readonly number[];
}

/** A Markdown table with a row for each problem; the time of a decision by the clock is the median of the batches. */
export function tableOf(batches: readonly Batch[]): string {
  const problems = [...new Set(batches.map(({ problem }) => problem))];
  const cells = problems.map((problem) => {
    const own = batches.filter((batch) => batch.problem === problem);
    const returns = own.flatMap((batch) => batch.returns);
    const mean = averageOf(returns);
    const spread = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (returns.length - 1);
    const [{ lower, upper }] = own;
    const average = (of: (batch: Batch) => number) => figure(averageOf(own.map(of)));
    return [
      problem,
      `${figure(mean)} ± ${figure(Math.sqrt(spread / returns.length))}`,
      String(returns.length),
      `${figure(lower)} … ${figure(upper)}`,
      average((batch) => batch.processorSeconds),
      figure(
        quantile(
          own.map((batch) => batch.millisecondsPerDecision),
          0.5,
        ),
      ),
      average((batch) => batch.processorMillisecondsPerDecision),
    ];
  });
  const head = [
    "problem",
    "return",
    "episodes",
    "proved",
    "offline, s of a processor",
    "ms a decision",
    "of a processor",
  ];
  return aligned(head, cells, 1);
}

function averageOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
