/** An agent in a worker thread: its answers are those of one's own thread, to the bit. */
import { Worker } from "node:worker_threads";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createAgent, createEnvironment, type Environment } from "../../../src/index.ts";
import { createWorkerAgent } from "../../../src/worker.ts";
import { isSame, small } from "../../helpers/smallAgent.ts";

const program = new URL("../../helpers/agentWorker.ts", import.meta.url);

/** A worker that runs the program, which is TypeScript. */
const worker = () =>
  new Worker(`import("tsx/esm/api").then(({ register }) => (register(), import("${program}")))`, {
    eval: true,
    execArgv: [],
  });

/** What acts and learns, at once or later. */
interface Living {
  act(observation: never, options: { explore: true }): unknown;
  learn(transition: never): unknown;
}

async function life(agent: Living, world: Environment, steps: number): Promise<void> {
  let { observation } = await world.reset({ seed: 3 });
  for (let i = 0; i < steps; i++) {
    const action = await agent.act(observation as never, { explore: true });
    const step = await world.step(action as never);
    await agent.learn({ ...step, observation, action, nextObservation: step.observation } as never);
    observation = step.observation;
  }
}

test("acts, learns and is saved as in one's own thread, to the bit", async () => {
  const world = await createEnvironment("pendulum");
  const here = await createAgent(world, small);
  const there = await createWorkerAgent(worker(), { spaces: world, options: small });
  assert.equal([there.steps, there.options, there.spaces], [0, here.options, here.spaces]);
  await life(here, world, 50);
  await life(there, world, 50);
  assert.is(there.steps, 50);
  assert.ok(isSame(await there.save(), here.save()));
  assert.equal(await there.act([1, 0, 0]), here.act([1, 0, 0]));
  assert.equal((await there.explain()).plan?.value, here.explain().plan?.value);
  await there.reset();
  await there.configure({ informationWeight: 0.1 });
  assert.is(there.options.informationWeight, 0.1);
  assert.equal(await there.diagnose(), []);
  there.close();
});

test("goes on from a file, and answers in the order it is asked", async () => {
  const world = await createEnvironment("cartpole");
  const here = await createAgent(world, small);
  await life(here, world, 8);
  const bytes = here.save();
  const there = await createWorkerAgent(worker(), { bytes, options: { temperature: 0.5 } });
  assert.equal([there.steps, there.options.temperature], [8, 0.5]);
  const actions = await Promise.all([1, 2, 3].map(() => there.act([0, 0, 0.1, 0])));
  assert.is(actions.length, 3);
  there.close();
});

test("an error has its kind and its words, and the agent goes on; a closed one is named", async () => {
  const world = await createEnvironment("pendulum");
  const wrong = await createWorkerAgent(worker(), { spaces: world, options: { horizon: 0 } }).catch(
    (error) => error,
  );
  assert.instance(wrong, RangeError);
  assert.match(wrong.message, /^horizon: expected /);
  const there = await createWorkerAgent(worker(), { spaces: world, options: small });
  const refused = await there.act([1]).catch((error) => error);
  const here = await createAgent(world, small);
  let own: unknown;
  try {
    here.act([1]);
  } catch (error) {
    own = error;
  }
  assert.is(String(refused), String(own));
  assert.instance(await there.act([1, 0, 0]), Float32Array);
  const asked = there.act([1, 0, 0]).catch((error) => error);
  there.close();
  assert.match((await asked).message, "one that was closed");
  assert.match((await there.save().catch((error) => error)).message, "one that was closed");
});

test("a program that does not run is told of", async () => {
  const missing = await createWorkerAgent(new URL("file:///no/such/program.js"), {}).catch((error) => error);
  assert.match(missing.message, /program\.js/);
});

test.run();
