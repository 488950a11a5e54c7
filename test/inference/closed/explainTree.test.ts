import { test } from "uvu";
import * as assert from "uvu/assert";
import { createPlanner } from "../../../src/inference/createPlanner.ts";
import { lightDarkLine } from "../../../src/models/problems/lightDarkLine.ts";

test("of every action it tells weight, terms and what is then believed", async () => {
  const planner = await createPlanner(lightDarkLine(), {
    ...{ particles: 64, horizon: 4, budget: 300, informationWeight: 2, temperature: 3, discount: 0.9 },
  });
  const states = Float32Array.from({ length: 64 }, (_, m) => 2 + 3 * Math.sin(m));
  const { first, value } = planner.plan({ states, logWeights: new Float32Array(64) });
  const actions = planner.explain();
  assert.equal(
    actions.map(({ action, weight }) => [action, Math.fround(weight)]),
    [0, 1, 2].map((a) => [a, first[a]]),
  );
  for (const { rewards, information, later, consistency, value } of actions) {
    const terms = [...rewards, ...information, later, consistency].reduce((sum, term) => sum + term, 0);
    assert.ok(Math.abs(terms - value) < 1e-6, `${terms}, ${value}`);
    assert.is(rewards.length, 4);
  }
  const [down, stop, up] = actions;
  const mean = states.reduce((sum, z) => sum + z, 0) / 64;
  assert.ok(Math.abs(down.belief.mean[0] - mean + 1) < 1e-4 && Math.abs(up.belief.mean[0] - mean - 1) < 1e-4);
  assert.is(stop.outcomes, 0);
  assert.equal(stop.rewards.slice(1), [0, 0, 0]);
  assert.ok(up.information[0] > down.information[0], "more is seen nearer to the light");
  assert.ok(value > stop.value);
});

test("sequences are not explained by trees", async () => {
  const { tiger } = await import("../../../src/models/problems/tiger.ts");
  const planner = await createPlanner(tiger(), { particles: 2 });
  assert.throws(() => planner.explain(), /expected search "closed" or "prior", got "sequences"/);
});

test.run();
