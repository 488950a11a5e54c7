/**
 * `npm run suite -- [--seeds N] [--steps 500,1000] [--only WORLD …] [--episodes N] [--options JSON]`: the agent with its defaults,
 * or with options, in the worlds of the suite and five classic ones. A line of JSON for every world and seed: returns of planner
 * and habit at fixed steps on the starts seeded 1000, 1001, …, the step of the first positive reward (0: none), milliseconds a step.
 * Last, medians over the seeds.
 */
import { parseArgs } from "node:util";
import { createAgent, createEnvironment, type Environment, evaluate, type Options } from "../../src/index.ts";
import { worlds } from "./index.ts";
import { environmentOf } from "./world.ts";

const CLASSIC = ["pendulum", "cartpole", "mountain-car-continuous", "mountain-car", "acrobot"];

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "10" },
    steps: { type: "string", default: "500,1000" },
    episodes: { type: "string", default: "3" },
    options: { type: "string", default: "{}" },
    only: { type: "string", multiple: true },
  },
});

/** What one training came to. */
interface Line {
  readonly world: string;
  readonly seed: number;
  readonly planner: Readonly<Record<number, number>>;
  readonly habit: Readonly<Record<number, number>>;
  readonly firstReward: number;
  readonly millisecondsAStep: number;
}

const checkpoints = values.steps.split(",").map(Number);
const names = values.only ?? [...CLASSIC, ...worlds.map(({ name }) => name)];
const options: Options = JSON.parse(values.options);
const lines: Line[] = [];
for (let seed = 1; seed <= Number(values.seeds); seed++)
  for (const name of names) {
    const line = await trial(name, seed);
    lines.push(line);
    console.log(JSON.stringify(line));
  }
for (const name of names)
  for (const steps of checkpoints) {
    const own = lines.filter(({ world }) => world === name);
    const [low, median, high] = [0.25, 0.5, 0.75].map((q) =>
      quantile(
        own.map(({ planner }) => planner[steps]),
        q,
      ).toPrecision(4),
    );
    console.log(`${name} after ${steps} steps: planner ${median} [${low}, ${high}] over ${own.length} seeds`);
  }

async function environment(name: string): Promise<Environment> {
  const world = worlds.find((one) => one.name === name);
  return world ? environmentOf(world) : createEnvironment(name);
}

/** Learns from zero experience; every episode but the first goes on with the world's own chance. */
async function trial(name: string, seed: number): Promise<Line> {
  const [world, test] = [await environment(name), await environment(name)];
  const agent = await createAgent(world, { ...options, seed });
  const planner: Record<number, number> = {};
  const habit: Record<number, number> = {};
  let { observation } = await world.reset({ seed });
  let [firstReward, milliseconds] = [0, 0];
  for (let step = 1; step <= Math.max(...checkpoints); step++) {
    const start = performance.now();
    const action = agent.act(observation, { explore: true });
    const next = await world.step(action);
    agent.learn({ ...next, observation, action, nextObservation: next.observation });
    milliseconds += performance.now() - start;
    if (firstReward === 0 && next.reward > 0) firstReward = step;
    ({ observation } = next);
    if (next.terminated || next.truncated) {
      ({ observation } = await world.reset());
      agent.reset();
    }
    if (!checkpoints.includes(step)) continue;
    const episodes = Number(values.episodes);
    planner[step] = (await evaluate(agent, test, { episodes })).meanReturn;
    habit[step] = (await evaluate(agent, test, { episodes, policy: "habit" })).meanReturn;
  }
  const millisecondsAStep = milliseconds / Math.max(...checkpoints);
  return { world: name, seed, planner, habit, firstReward, millisecondsAStep };
}

function quantile(numbers: readonly number[], q: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const place = q * (sorted.length - 1);
  const below = Math.floor(place);
  return sorted[below] + (place - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
}
