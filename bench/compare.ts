import { Bench } from "tinybench";

/** Milliseconds a task lasts at least: shorter ones are repeated, or the clock would be what is measured. */
const SHORTEST = 0.02;
/** Rounds over the variants, and the milliseconds of one variant in one round. */
const ROUNDS = 9;
const ROUND_TIME = 25;
/** Calls, or milliseconds, that warm a variant up. */
const WARM_CALLS = 200;
const WARM_TIME = 500;

/** Results end here, so that no engine drops the work. */
export const sink: { value: unknown } = { value: undefined };

/**
 * Times the variants of one piece of work in turns and prints, per variant, the median of a call in µs and,
 * but for the first, how many times longer it takes: the median over the rounds of the ratio within a round.
 *
 * @param name     what is timed, with its sizes
 * @param variants the first is the one compared
 * @returns median of a call of each variant, in µs
 */
export function compare(name: string, variants: Readonly<Record<string, () => unknown>>): number[] {
  const names = Object.keys(variants);
  const repeats = names.map((variant) => repeatsOf(variants[variant]));
  const times: number[][] = names.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    const bench = new Bench({
      throws: true,
      time: ROUND_TIME,
      iterations: 1,
      warmupTime: 5,
      warmupIterations: 1,
    });
    names.forEach((variant, i) => {
      bench.add(variant, repeated(variants[variant], repeats[i]));
    });
    bench.runSync().forEach(({ result }, i) => {
      if (!("latency" in result))
        throw new Error(`${name}, ${names[i]}: expected a result, got ${result.state}`);
      times[i].push((1000 * result.latency.p50) / repeats[i]);
    });
  }
  const columns = names.map((variant, i) => {
    const ratio = median(times[i].map((time, round) => time / times[0][round]));
    return `${variant} ${median(times[i]).toPrecision(3)} µs${i > 0 ? ` ×${ratio.toPrecision(3)}` : ""}`;
  });
  console.log(`  ${name.padEnd(40)} ${columns.join("   ")}`);
  return times.map(median);
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
  return Math.max(1, Math.ceil((calls * SHORTEST) / (performance.now() - start)));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
