import { test } from "uvu";
import * as assert from "uvu/assert";
import { timeLimit } from "../../src/environments/wrappers/timeLimit.ts";
import { transformReward } from "../../src/environments/wrappers/transformReward.ts";
import { train } from "../../src/index.ts";
import { addLearned, addWarnings, noSums, reportOf } from "../../src/loop/report.ts";
import { smallAgent } from "../helpers/smallAgent.ts";
import { latentAgent } from "../helpers/smallLatentAgent.ts";

const boundOf = (reward: number) => ({
  reward,
  informationGain: 1,
  stateConsistency: 0,
  actionConsistency: -2,
  total: reward - 1,
});
const place = {
  episode: 3,
  isRunning: false,
  observation: [0],
  reward: 1,
  length: 40,
  decisions: 10,
  return: -7,
};
const end = { steps: 90, terminated: true, truncated: false };

test("a report averages the bound over what was learned from; its model error is the last that there was", () => {
  const sums = noSums();
  addLearned(sums, { bound: boundOf(2), modelError: 0.5 });
  addLearned(sums, { bound: boundOf(4), modelError: 0.25 });
  addLearned(sums, { bound: boundOf(0), modelError: Number.NaN });
  assert.equal(reportOf(place, sums, end), {
    episode: 3,
    steps: 90,
    length: 40,
    return: -7,
    terminated: true,
    truncated: false,
    bound: boundOf(2),
    modelError: 0.25,
  });
});

test("without learning there is no mean", () => {
  const { bound, modelError } = reportOf(place, noSums(), end);
  assert.ok([...Object.values(bound), modelError].every(Number.isNaN));
});

test("a report has each warning once, and says where updates were undone", () => {
  const sums = noSums();
  addWarnings(sums, { warnings: [], undone: 0 });
  assert.not("warnings" in reportOf(place, sums, end));
  addWarnings(sums, { warnings: ["observation[0]: odd"], undone: 2 });
  addWarnings(sums, { warnings: ["reward: odd"], undone: 1 });
  const { warnings = [] } = reportOf(place, sums, end);
  assert.equal([warnings.length, warnings[0], warnings[2]], [3, "observation[0]: odd", "reward: odd"]);
  assert.match(warnings[1], /^update: a gradient was not finite/);
});

test("what was odd about a world is told in the report of its episode, once", async () => {
  for (const make of [smallAgent, latentAgent]) {
    const { agent, environment } = await make("pendulum");
    let n = 0;
    const altered = (reward: number) => (++n === 60 || n === 70 ? -1e6 : reward);
    const world = timeLimit(transformReward(environment, altered), 25);
    const told: (readonly [number, string])[] = [];
    for await (const { episode, warnings = [] } of train(agent, world, { steps: 100 }))
      told.push(...warnings.map((sentence) => [episode, sentence] as const));
    const rewards = told.filter(([, sentence]) => sentence.startsWith("reward: one lay"));
    assert.equal(
      rewards.map(([episode]) => episode),
      [3],
    );
  }
});

test.run();
