import { test } from "uvu";
import * as assert from "uvu/assert";
import { learnFromLog } from "../../../src/adapters/logs/learn.ts";
import { readJsonLines } from "../../../src/adapters/logs/rows.ts";
import { createAgent } from "../../../src/agent/agent.ts";
import { createEnvironment } from "../../../src/environments/registry.ts";
import { evaluate } from "../../../src/loop/evaluate.ts";
import { messageOf } from "../../helpers/folder.ts";

/** A log of random actions on the pendulum. */
async function logOf(episodes: number): Promise<string> {
  const world = await createEnvironment("pendulum");
  const lines: object[] = [];
  let draw = 1;
  for (let episode = 0; episode < episodes; episode++) {
    let { observation } = world.reset({ seed: episode });
    for (let t = 0; t < 200; t++) {
      draw = (draw * 48271) % 2147483647;
      const action = [4 * (draw / 2147483647) - 2];
      const step = world.step(action as never);
      lines.push({ episode, observation: [...(observation as Float32Array)], action, reward: step.reward });
      observation = step.observation;
    }
    lines.push({ episode, observation: [...(observation as Float32Array)] });
  }
  return lines.map((line) => JSON.stringify(line)).join("\n");
}

test("learns to swing a pendulum up from a log of random actions alone, and says what it has", async () => {
  const world = await createEnvironment("pendulum");
  const agent = await createAgent(world, { seed: 1 });
  const untrained = (await evaluate(agent, world, { episodes: 4 })).meanReturn;
  const owed: number[] = [];
  const report = await learnFromLog(agent, readJsonLines(await logOf(4)), {
    most: 2500,
    onProgress: (left) => owed.push(left),
  });
  assert.is(report.transitions, 800);
  assert.is(report.episodes, 4);
  assert.is(report.terminated, 0);
  assert.is(report.dropped, 0);
  assert.is(agent.steps, 800);
  assert.ok(owed.length > 10 && owed[0] > (owed.at(-1) ?? 0));
  assert.equal(report.unseen.sentences, []);
  const { meanReturn } = await evaluate(agent, world, { episodes: 4 });
  assert.ok(untrained < -900 && meanReturn > -600, `${untrained} → ${meanReturn}`);
});

test("works off as many units as it may, and leaves the others owed", async () => {
  const agent = await createAgent(await createEnvironment("pendulum"), { seed: 1 });
  const { owed } = await learnFromLog(agent, readJsonLines(await logOf(1)), { most: 7 });
  assert.ok(owed > 100, `${owed}`);
  assert.is(agent.update({ most: 0 }).owed, owed);
});

test("refuses a log without a transition, and one of other spaces", async () => {
  const agent = await createAgent(await createEnvironment("pendulum"), { seed: 1 });
  const refused = async (rows: object[], message: RegExp) => {
    assert.match(await messageOf(() => learnFromLog(agent, rows as never)), message);
  };
  await refused([], /^rows: expected a transition at least, got none$/);
  const row = { observation: [1, 2], action: [0], reward: 1 };
  await refused([row, row], /expected \[3\] numbers, got \[2\]/);
});

test.run();
