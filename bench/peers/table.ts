/** A line of the comparison. */
export interface Row {
  readonly work: string;
  readonly peer: string;
  /** Median of a call, in µs. */
  readonly p50: number;
  /** The kernels' median in the same rounds, in µs. */
  readonly ours: number;
  /** How many times longer the peer takes: the median over the rounds of the ratio within a round. */
  readonly ratio: number;
}

/** The row of a peer from its times and ours, round by round. */
export function rowOf(work: string, peer: string, times: readonly number[], ours: readonly number[]): Row {
  return {
    ...{ work, peer, p50: median(times), ours: median(ours) },
    ratio: median(times.map((time, round) => time / ours[round])),
  };
}

/** The middle value; the upper one of two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The table for a README: a line a peer, a column a work; ours in time, the peers as multiples of it. */
export function markdown(rows: readonly Row[], works: readonly string[]): string {
  const peers = [...new Set(rows.map(({ peer }) => peer))];
  const ours = works.map((work) => timeOf(rows.find((row) => row.work === work)?.ours));
  const lines = peers.map((peer) => [
    peer,
    ...works.map((work) => {
      const ratio = rows.find((row) => row.work === work && row.peer === peer)?.ratio;
      return ratio === undefined ? "–" : `×${Number(ratio.toPrecision(ratio < 1 ? 2 : 3))}`;
    }),
  ]);
  const all = [["", ...works], ["---", ...works.map(() => "---:")], ["generative-agent", ...ours], ...lines];
  return all.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Largest |actual − expected| as a share of the largest |expected|; NaN when a number is none, or one is missing. */
export function difference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.NaN;
  let [worst, largest] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
    largest = Math.max(largest, Math.abs(expected[i]));
  }
  return worst === 0 ? 0 : worst / largest;
}

function timeOf(microseconds: number | undefined): string {
  if (microseconds === undefined) return "–";
  const isLong = microseconds >= 1000;
  return `${Number((isLong ? microseconds / 1000 : microseconds).toPrecision(3))} ${isLong ? "ms" : "µs"}`;
}
