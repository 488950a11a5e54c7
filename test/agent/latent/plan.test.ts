/** The two searches of an agent with a belief, on the same trained agent. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Agent, loadAgent, type Options } from "../../../src/index.ts";
import type { SynchronousEnvironment } from "../../../src/types.ts";
import { edited } from "../../helpers/files.ts";
import { live } from "../../helpers/smallAgent.ts";
import { latentAgent } from "../../helpers/smallLatentAgent.ts";

/** A trained agent, and the way to a copy of it that plans otherwise. */
async function trained() {
  const { agent, environment } = await latentAgent("pendulum", { warmup: 100, warmupUpdates: 300, chunk: 8 });
  live(agent, environment, 200);
  const bytes = agent.save();
  const copy = (options: Options) =>
    loadAgent(edited(bytes, { texts: { settings: JSON.stringify({ ...agent.options, ...options }) } }));
  return { copy, environment };
}

/** The centre of the plan after the second observation of several episodes. */
function torquesOf(agent: Agent, environment: SynchronousEnvironment): number[] {
  return Array.from({ length: 6 }, (_, seed) => {
    agent.reset();
    agent.act(environment.reset({ seed }).observation);
    const { observation, reward } = environment.step(Float32Array.of(0));
    return (agent.act(observation, { reward }) as Float32Array)[0];
  });
}

test("sequential Monte Carlo finds the plans of iterated weighing", async () => {
  const { copy, environment } = await trained();
  // complete sequences weighed once, by so many that their noise is small beside the range of torques [−2, 2]
  const options = { candidates: 4096, iterations: 1, firstIterations: 0, temperature: 0.4 };
  const [iterated, sequential] = await Promise.all(
    [{ essShare: 1e-6 }, { search: "smc" as const }].map(async (change) =>
      torquesOf(await copy({ ...options, ...change }), environment),
    ),
  );
  const apart = iterated.map((torque, i) => Math.abs(torque - sequential[i]));
  assert.ok(Math.max(...apart) < 0.5, `${iterated}; ${sequential}`);
  assert.not.equal(sequential, iterated);
  // nearer to each other than what they plan for from start to start
  assert.ok(Math.max(...iterated) - Math.min(...iterated) > 1.5);
});

test("a small budget keeps plans near what was proposed, a large one moves them", async () => {
  const { copy, environment } = await trained();
  const options = { candidates: 512, iterations: 1, firstIterations: 0, habitShare: 0 };
  const sizeOf = async (change: Options) =>
    torquesOf(await copy({ ...options, ...change }), environment).reduce(
      (sum, torque) => sum + Math.abs(torque),
      0,
    );
  for (const search of [{ search: "sequences", essShare: 0 }, { search: "smc" }] as const) {
    const [small, large] = [
      await sizeOf({ ...search, klBudget: 0.01 }),
      await sizeOf({ ...search, klBudget: 1 }),
    ];
    assert.ok(small < 0.5 * large, `${small}, ${large}`);
  }
});

test.run();
