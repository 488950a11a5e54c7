import { Bench } from "tinybench";

/** Milliseconds a task lasts at least: shorter ones are repeated, or the clock would be what is measured. */
const SHORTEST = 0.02;
/** Calls, or milliseconds, that warm a variant up. */
const WARM_CALLS = 200;
const WARM_TIME = 500;

/** Results end here, so that no engine drops the work. */
export const sink: { value: unknown } = { value: undefined };

/** How long each variant is timed. */
export interface Effort {
  /** Rounds over the variants. */
  readonly rounds: number;
  /** Milliseconds of one variant in one round. */
  readonly roundTime: number;
}

/** A variant's times. */
export interface Timing {
  /** Median of a call, in µs. */
  readonly p50: number;
  /** How many times longer it takes than the first variant: the median over the rounds of the ratio within a round. */
  readonly ratio: number;
}

/** Times pieces of work in turns, so that whatever else the machine does meets all of them. */
export function interleave(works: readonly (() => unknown)[], { rounds, roundTime }: Effort): Timing[] {
  const repeats = works.map(repeatsOf);
  const times: number[][] = works.map(() => []);
  for (let round = 0; round < rounds; round++) {
    const options = { throws: true, time: roundTime, iterations: 1, warmupTime: 5, warmupIterations: 1 };
    const bench = new Bench(options);
    works.forEach((work, i) => {
      bench.add(String(i), repeated(work, repeats[i]));
    });
    bench.runSync().forEach(({ result }, i) => {
      if (!("latency" in result)) throw new Error(`bench: expected a result, got ${result.state}`);
      times[i].push((1000 * result.latency.p50) / repeats[i]);
    });
  }
  return times.map((all) => ({
    p50: median(all),
    ratio: median(all.map((time, round) => time / times[0][round])),
  }));
}

function repeated(work: () => unknown, count: number): () => void {
  return () => {
    for (let i = 0; i < count; i++) sink.value = work();
  };
}

/** Calls that fill SHORTEST, from the last of some warming ones. */
function repeatsOf(work: () => unknown): number {
  const end = performance.now() + WARM_TIME;
  for (let i = 0; i < WARM_CALLS && performance.now() < end; i++) repeated(work, 1)();
  const start = performance.now();
  let calls = 0;
  for (; calls < 20 && performance.now() - start < WARM_TIME; calls++) repeated(work, 1)();
  const elapsed = performance.now() - start;
  // a page's clock may stand still for a millisecond
  return elapsed === 0 ? 1000 : Math.max(1, Math.ceil((calls * SHORTEST) / elapsed));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
