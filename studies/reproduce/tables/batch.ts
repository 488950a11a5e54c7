import { figure, quantile } from "../table.ts";

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

/** A row for each problem: as `HEAD` of the entire table says; the time of a decision by the clock is the median of the batches. */
export function rowsOf(batches: readonly Batch[], published: (problem: string) => string): string[][] {
  const problems = [...new Set(batches.map(({ problem }) => problem))];
  return problems.map((problem) => {
    const own = batches.filter((batch) => batch.problem === problem);
    const returns = own.flatMap((batch) => batch.returns);
    const mean = averageOf(returns);
    const spread = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (returns.length - 1);
    const [{ lower, upper }] = own;
    const clock = quantile(
      own.map((batch) => batch.millisecondsPerDecision),
      0.5,
    );
    const offline = averageOf(own.map((batch) => batch.processorSeconds));
    return [
      ...[problem, "solved offline", `${figure(mean)} ± ${figure(Math.sqrt(spread / returns.length))}`],
      ...[String(returns.length), figure(clock), figure(offline), `${figure(lower)} … ${figure(upper)}`],
      published(problem),
    ];
  });
}

function averageOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
