import { interleave } from "../src/bench/interleave.ts";

/** Rounds over the variants, and the milliseconds of one variant in one round. */
const EFFORT = { rounds: 9, roundTime: 25 };

/**
 * Times the variants of one piece of work in turns and prints, per variant, the median of a call in µs and,
 * but for the first, how many times longer it takes: the median over the rounds of the ratio within a round.
 *
 * @param name     what is timed, with its sizes
 * @param variants the first is the one compared
 * @returns median of a call of each variant, in µs
 */
export function compare(name: string, variants: Readonly<Record<string, () => unknown>>): number[] {
  const timings = interleave(Object.values(variants), EFFORT);
  const columns = Object.keys(variants).map((variant, i) => {
    const { p50, ratio } = timings[i];
    return `${variant} ${p50.toPrecision(3)} µs${i > 0 ? ` ×${ratio.toPrecision(3)}` : ""}`;
  });
  console.log(`  ${name.padEnd(40)} ${columns.join("   ")}`);
  return timings.map(({ p50 }) => p50);
}
