/** Steps per second of training in 1, 4 and 8 copies of a world, by default options: the plans of all copies are solved in one call. */
import { vectorEnvironment } from "../../src/environments.ts";
import { createAgent, createEnvironment, train } from "../../src/index.ts";

const COPIES = [1, 4, 8];
const ROUNDS = 5;
/** Steps of all copies together in a round, and before the first: the warm-up, and the habit's delay. */
const [STEPS, WARM] = [80, 600];

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Takes so many steps of a training. */
async function created(task: string, n: number): Promise<(steps: number) => Promise<void>> {
  const worlds = await vectorEnvironment(() => createEnvironment(task), n);
  const run = train(await createAgent(worlds, { seed: 1 }), worlds, { steps: 1e9 });
  return async (steps) => {
    const end = run.steps + steps;
    while (run.steps < end) await run.step();
  };
}

/** Steps per second of the processor's time: others use the machine as well. */
async function rateOf(take: (steps: number) => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await take(STEPS);
  const { user, system } = process.cpuUsage(before);
  return (1e6 * STEPS) / (user + system);
}

for (const task of ["pendulum", "cartpole"]) {
  const variants = await Promise.all(COPIES.map((n) => created(task, n)));
  for (const take of variants) await take(WARM);
  const rates = COPIES.map(() => [] as number[]);
  for (let round = 0; round < ROUNDS; round++)
    for (const [v, take] of variants.entries()) rates[v].push(await rateOf(take));
  const columns = COPIES.map((n, v) => {
    const ratio = median(rates[v].map((rate, round) => rate / rates[0][round]));
    return `${n} ${n === 1 ? "copy" : "copies"} ${median(rates[v]).toFixed(0)} steps/s ×${ratio.toFixed(2)}`;
  });
  console.log(`  ${task.padEnd(12)} ${columns.join("   ")}`);
}
