/** A lone reward, far from all others, is not mistaken for a fault: it is the goal of its world, and is sought again. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Action, box, createAgent } from "../../../src/index.ts";

/** Steps of an episode at most. */
const LONGEST = 50;

/** A mass on a line. It costs a little to push, and is worth 1 to be 2.5 from the start, once an episode. */
function line() {
  let [x, v, t] = [0, 0, 0];
  return {
    observationSpace: box([-10, -10], [10, 10]),
    actionSpace: box([-1], [1]),
    reset() {
      [x, v, t] = [0, 0, 0];
      return { observation: [x, v] };
    },
    step(action: Action) {
      const [push] = action as Float32Array;
      v = 0.8 * v + 0.2 * push;
      x += v;
      const isGoal = Math.abs(x) > 2.5;
      const reward = Number(isGoal) - 0.0003 * push * push;
      return { observation: [x, v], reward, terminated: false, truncated: isGoal || ++t >= LONGEST };
    },
  };
}

test("a lone reward of a thousand times the spread of the others is found and sought", async () => {
  for (const seed of [1, 2, 3]) {
    const world = line();
    const agent = await createAgent(world, { hidden: [16, 16], updates: 4, seed });
    let { observation } = world.reset();
    const goals: number[] = [];
    const costs: number[] = [];
    for (let step = 1; step <= 400; step++) {
      const action = agent.act(observation, { explore: true });
      const next = world.step(action);
      agent.learn({ ...next, observation, action, nextObservation: next.observation });
      observation = next.observation;
      if (next.reward > 0.5) goals.push(step);
      else costs.push(next.reward);
      if (!next.truncated) continue;
      ({ observation } = world.reset());
      agent.reset();
    }
    const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
    const spread = Math.sqrt(costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / costs.length);
    assert.ok(spread < 1e-3, `${spread}`);
    // by chance about four; one that goes straight there takes fewer than twenty steps each time
    const late = goals.filter((step) => step > 200);
    assert.ok(late.length >= 10, `seed ${seed}: goals at ${goals}`);
  }
});

test.run();
