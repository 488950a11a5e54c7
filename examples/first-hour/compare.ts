/**
 * Trains an agent in a world of this folder, and compares it with the controller that was written for that world:
 * `npx tsx compare.ts heating 2000 1` takes 2,000 steps, with seed 1. Without words it takes all four worlds.
 */
import {
  checkEnvironment,
  createAgent,
  type Environment,
  evaluate,
  type Observation,
  train,
} from "generative-agent";
import * as crane from "./crane.ts";
import * as drone from "./drone.ts";
import * as game from "./game.ts";
import * as heating from "./heating.ts";

/** What both are measured on: ten episodes, of seeds that training does not use. */
const EPISODES = 10;
const FIRST_SEED = 1000;
const STEPS_BETWEEN = 200;

interface Task {
  readonly createWorld: () => Environment;
  readonly createController: () => (observation: never) => number | number[];
  readonly options?: { readonly model: "latent" };
}

const TASKS: Readonly<Record<string, Task>> = {
  heating,
  drone,
  game,
  // one observation of the crane does not show its speeds
  crane: { ...crane, options: { model: "latent" } },
};

const [name, steps = "2000", seed = "1"] = process.argv.slice(2);
const names = name === undefined ? Object.keys(TASKS) : [name];
for (const each of names) await compare(each, TASKS[each], Number(steps), Number(seed));

async function compare(name: string, task: Task, most: number, seed: number) {
  const { createWorld, createController, options } = task;
  const [world, test] = [createWorld(), createWorld()];
  const problems = await checkEnvironment(test);
  console.log(`${name}: ${problems.length === 0 ? "a sound environment" : problems.join("; ")}`);

  const bar = await returnOf(test, createController);
  const agent = await createAgent(world, { seed, ...options });
  const chance = await evaluate(agent, test, { policy: "random", episodes: EPISODES, seed: FIRST_SEED });
  console.log(`at random ${chance.meanReturn.toFixed(1)}, controller ${bar.toFixed(1)}`);

  let [won, since, seconds, found] = ["", performance.now(), 0, ""];
  const onStep = async () => {
    if (agent.steps % STEPS_BETWEEN !== 0 && agent.steps !== most) return;
    seconds += (performance.now() - since) / 1000;
    const { meanReturn } = await evaluate(agent, test, { episodes: EPISODES, seed: FIRST_SEED });
    console.log(`${agent.steps} steps, ${seconds.toFixed(0)} s: agent ${meanReturn.toFixed(1)}${found}`);
    if (meanReturn > bar && won === "") won = `${agent.steps} steps, ${seconds.toFixed(0)} s`;
    since = performance.now();
  };
  // the reports of episodes say what keeps the agent from learning, if anything does
  for await (const { findings = [] } of train(agent, world, { steps: most, onStep }))
    found = findings.map(({ code }) => ` (${code})`).join("");
  const verdict =
    won === "" ? `does not beat the controller in ${most} steps` : `beats the controller after ${won}`;
  console.log(`${name}: seed ${seed} ${verdict}`);
}

/** Mean return of a controller over the episodes on which the agent is measured. */
async function returnOf(world: Environment, create: Task["createController"]): Promise<number> {
  let sum = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + EPISODES; seed++) {
    const controller = create();
    let seen: Observation = (await world.reset({ seed })).observation;
    for (let isOver = false; !isOver; ) {
      const { observation, reward, terminated, truncated } = await world.step(controller(seen as never));
      sum += reward;
      seen = observation;
      isOver = terminated || truncated;
    }
  }
  return sum / EPISODES;
}
