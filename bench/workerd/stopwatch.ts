/** Times calls from outside of a host whose clock stands still while it works. */
import type { Measurement } from "../../src/bench/measure.ts";

export type Side = "wasm" | "plain" | "peak";

/** Runs one side of a case so many times; the answer comes when that is done. */
export type Ask = (side: Side, calls: number) => Promise<void>;

export interface Effort {
  readonly rounds: number;
  /** Milliseconds that the calls of one request fill. */
  readonly requestTime: number;
  /** Milliseconds, as the host's asker tells them. Default `performance.now`. */
  readonly clock?: () => number;
}

/**
 * Median time of a call of each side, in µs: requests of n calls and of none take turns.
 *
 *   t = (T(n calls) − T(no call)) / n
 */
export async function timeSides(ask: Ask, sides: readonly Side[], effort: Effort): Promise<number[]> {
  const calls: number[] = [];
  const { rounds, requestTime, clock = () => performance.now() } = effort;
  const millisecondsOf: Time = async (side, count) => {
    const start = clock();
    await ask(side, count);
    return clock() - start;
  };
  for (const side of sides) calls.push(await callsThatFill(millisecondsOf, side, requestTime));
  const times: number[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [i, side] of sides.entries()) {
      const empty = await millisecondsOf(side, 0);
      times[i].push((1000 * ((await millisecondsOf(side, calls[i])) - empty)) / calls[i]);
    }
  return times.map(median);
}

/** What was measured of a case, from the times of its sides. */
export function measurementOf(
  work: string,
  [p50, peak, plain]: readonly [wasm: number, peak: number, plain: number],
  operations: { readonly own: number | undefined; readonly peak: number },
): Measurement {
  const { own } = operations;
  const share = own && { gigaflops: own / p50 / 1000, peakShare: (own / p50) * (peak / operations.peak) };
  return { work, p50, ...share, plainRatio: plain / p50 };
}

type Time = (side: Side, calls: number) => Promise<number>;

async function callsThatFill(millisecondsOf: Time, side: Side, milliseconds: number): Promise<number> {
  for (let calls = 1; ; calls *= 4) {
    const taken = await millisecondsOf(side, calls);
    if (taken >= milliseconds || calls >= 2 ** 24)
      return Math.max(1, Math.round((calls * milliseconds) / taken));
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
