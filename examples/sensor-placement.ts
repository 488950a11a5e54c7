/** Where to put a sensor: the information, in nats, that its reading would carry about where something leaks into a river. */
import { informationGain } from "generative-agent";
import type { GaussianPrediction } from "generative-agent/types";

const LENGTH = 10; // km
const MIXING = 3; // km downstream after which a leak's concentration has fallen to 1/e
const NOISE = 0.1; // of a reading

// The belief: 200 places along the river; a factory at km 3 is suspected more than one at km 7, and anything is possible.
const places = Array.from({ length: 200 }, (_, n) => ((n + 0.5) * LENGTH) / 200);
const bump = (z: number, center: number) => Math.exp(-0.5 * ((z - center) / 0.5) ** 2);
const logWeights = places.map((z) => Math.log(0.6 * bump(z, 3) + 0.3 * bump(z, 7) + 0.01));

/** What a sensor at km s reads if the leak is at z: nothing upstream of it, less and less downstream. */
const reading = (s: number) => places.map((z) => (s < z ? 0 : Math.exp((z - s) / MIXING)));

/** Sensors at several places are several dimensions of one observation. */
const sensors = (...at: number[]): GaussianPrediction => ({
  mean: at.map(reading),
  std: at.map(() => NOISE),
});

const fixed = (nats: number) => nats.toFixed(3);
const bar = (nats: number) => "█".repeat(Math.round(12 * nats));

/** Prints a line. @returns the information, and what it would be if readings were Gaussian */
async function show(name: string, ...at: number[]): Promise<readonly [estimate: number, gaussian: number]> {
  const options = { logWeights, draws: 8, seed: 1 };
  const { estimate, lower, upper, standardError } = await informationGain(sensors(...at), options);
  const matched = await informationGain(sensors(...at), { ...options, estimator: "gaussian" });
  const cells = [`${fixed(estimate)} ± ${fixed(standardError)}`, `[${fixed(lower)}, ${fixed(upper)}]`];
  console.log(`${name.padEnd(9)}  ${cells.join("   ")}   ${fixed(matched.estimate)}  ${bar(estimate)}`);
  return [estimate, matched.estimate];
}

console.log("sensor at  information     [pce, nmc]       if Gaussian");
const kilometres = Array.from({ length: LENGTH }, (_, i) => i + 1);
const bestOf = (places: number[], nats: number[]) => places[nats.indexOf(Math.max(...nats))];
const alone: (readonly [number, number])[] = [];
for (const s of kilometres) alone.push(await show(`km ${s}`, s));
const best = bestOf(
  kilometres,
  alone.map(([estimate]) => estimate),
);
const ifGaussian = bestOf(
  kilometres,
  alone.map(([, gaussian]) => gaussian),
);

console.log(`\nwith a second one, beside that at km ${best}`);
const others = kilometres.filter((s) => s !== best);
const together: number[] = [];
for (const s of others) together.push((await show(`km ${best}, ${s}`, best, s))[0]);
const partner = bestOf(others, together);
console.log(`\nkm ${best} first (matched moments would say km ${ifGaussian}), then km ${partner}`);
