import { Bench } from "tinybench";

/** Milliseconds, and steps of the clock, that a task lasts at least: shorter ones are repeated, or the clock would be measured. */
const [SHORTEST, GRAINS] = [0.02, 20];
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
  const shortest = Math.max(SHORTEST, GRAINS * clockGrain());
  const repeats = works.map((work) => repeatsOf(work, shortest));
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

/** Milliseconds that the clock moves on by, where it stands still in between: up to one in a page. */
export function clockGrain(): number {
  let grain = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 8; i++) {
    const start = performance.now();
    let now = start;
    while (now === start) now = performance.now();
    grain = Math.min(grain, now - start);
  }
  return grain;
}

/** Calls that fill so many milliseconds, once the work is warm; the least of three, for others use the machine as well. */
function repeatsOf(work: () => unknown, shortest: number): number {
  const end = performance.now() + WARM_TIME;
  for (let i = 0; i < WARM_CALLS && performance.now() < end; i++) repeated(work, 1)();
  for (let calls = 1; ; calls *= 2) {
    const elapsed = Math.min(...[0, 0, 0].map(() => timeOnce(repeated(work, calls))));
    if (elapsed >= shortest) return Math.max(1, Math.ceil((calls * shortest) / elapsed));
  }
}

function timeOnce(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
