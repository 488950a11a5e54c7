import { test } from "uvu";
import * as assert from "uvu/assert";
import { type EpisodeReport, type Options, train } from "../src/index.ts";
import { isSame, smallAgent } from "./helpers/smallAgent.ts";

/** A training from nothing: what it reports, and the agent that it leaves. */
async function training(task: string, options: Options) {
  const { agent, environment } = await smallAgent(task, options);
  const reports: EpisodeReport[] = [];
  for await (const report of train(agent, environment, { steps: 150 })) reports.push(report);
  return { reports, bytes: agent.save() };
}

for (const [task, options] of [
  ["pendulum", {}],
  ["pendulum", { informationWeight: 1, simulatesNoise: false }],
  ["pendulum", { exploration: "greedy", imagination: 4, activation: "tanh" }],
  ["cartpole", {}],
  ["cartpole", { informationWeight: 1 }],
  ["mountain-car-continuous", { habitShare: 0.5, activation: "relu" }],
] as const) {
  const name = `${task} with ${JSON.stringify(options)}`;
  test(`${name}: the same seed gives the same bits`, async () => {
    const [first, second] = [await training(task, options), await training(task, options)];
    assert.equal(second.reports, first.reports);
    assert.ok(isSame(second.bytes, first.bytes));
  });

  test(`${name}: trainings side by side do not disturb each other`, async () => {
    const alone = await training(task, options);
    const [first, other] = await Promise.all([training(task, options), training("acrobot", { seed: 9 })]);
    assert.ok(isSame(first.bytes, alone.bytes));
    assert.not.ok(isSame(first.bytes, other.bytes));
  });

  test(`${name}: another seed gives another training`, async () => {
    const [first, second] = await Promise.all([1, 2].map((seed) => training(task, { ...options, seed })));
    assert.not.ok(isSame(first.bytes, second.bytes));
    assert.not.equal(first.reports, second.reports);
  });
}

test("seeds that differ above 32 bits differ", async () => {
  const [first, second] = await Promise.all(
    [1, 1 + 2 ** 32].map(async (seed) => (await smallAgent("cartpole", { seed })).agent.save()),
  );
  assert.not.ok(isSame(first.slice(-40_000), second.slice(-40_000)));
});

test.run();
