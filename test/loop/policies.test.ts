import { test } from "uvu";
import * as assert from "uvu/assert";
import { multiDiscrete } from "../../src/environments/spaces.ts";
import { box, createEnvironment, discrete, evaluate, exportHabit, loadHabit } from "../../src/index.ts";
import { walkerOf } from "../../src/loop/policies.ts";
import { live, smallAgent } from "../helpers/smallAgent.ts";

/** Actions at random in a space. */
async function drawn(actionSpace: Parameters<typeof walkerOf>[1]["actionSpace"], seed: number, mask?: never) {
  const { agent, environment } = await smallAgent("pendulum");
  const { act } = await walkerOf(agent, { ...environment, actionSpace }, { policy: "random", seed });
  return Array.from({ length: 300 }, () => act([], undefined, mask));
}

test("random actions cover a box, and every choice alike, by the seed", async () => {
  const space = box([-2, 0], [2, 10]);
  const actions = (await drawn(space, 1)) as Float32Array[];
  for (const [d, [low, high]] of [
    [-2, 2],
    [0, 10],
  ].entries()) {
    const values = actions.map((action) => action[d]);
    assert.ok(Math.min(...values) >= low && Math.max(...values) <= high);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    // 4 σ / √N of a uniform distribution
    assert.ok(Math.abs(mean - (low + high) / 2) < (4 * (high - low)) / Math.sqrt(12 * 300), `${mean}`);
  }
  assert.equal(actions, await drawn(space, 1));
  assert.not.equal(actions, await drawn(space, 2));
  assert.equal(new Set((await drawn(discrete(3), 1)) as number[]), new Set([0, 1, 2]));
});

test("random actions keep to the mask", async () => {
  assert.equal(new Set((await drawn(discrete(3), 1, [1, 0, 1] as never)) as number[]), new Set([0, 2]));
  const mask = [
    [0, 1, 0],
    [1, 1],
  ] as never;
  for (const action of (await drawn(multiDiscrete([3, 2]), 1, mask)) as Int32Array[]) assert.is(action[0], 1);
});

test("an evaluation at random is one of the world's, whatever the agent has learned", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  const options = { episodes: 20, policy: "random" } as const;
  const before = await evaluate(agent, environment, options);
  live(agent, environment, 60);
  const after = await evaluate(agent, environment, options);
  assert.equal(before.returns, after.returns);
  assert.is(before.policy, "random");
  assert.ok(before.meanReturn > 10 && before.meanReturn < 40, `${before.meanReturn}`);
});

test("an exported habit is evaluated as the agent's habit, and cannot plan", async () => {
  const { agent, environment } = await smallAgent("pendulum", { actionRepeat: 2 });
  live(agent, environment, 60);
  const habit = await loadHabit(exportHabit(agent));
  const world = await createEnvironment("pendulum");
  const alone = await evaluate(habit, world, { episodes: 2 });
  const { returns, lengths } = await evaluate(agent, environment, { episodes: 2, policy: "habit" });
  assert.equal([alone.policy, alone.returns, alone.lengths], ["habit", returns, lengths]);
  for (const [actor, policy, message] of [
    [habit, "plan", 'policy: expected "habit" or "random" of a habit, got "plan"'],
    [agent, "best", 'policy: expected "plan" or "habit" or "random", got "best"'],
  ] as const) {
    const error = await evaluate(actor, world, { policy: policy as never }).catch((thrown) => thrown);
    assert.is(error.message, message);
  }
});

test.run();
