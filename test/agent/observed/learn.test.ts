import { test } from "uvu";
import * as assert from "uvu/assert";
import { live, smallAgent } from "../../helpers/smallAgent.ts";

for (const task of ["pendulum", "cartpole", "mountain-car-continuous"])
  for (const seed of [1, 2, 3])
    test(`the bound's terms are consistent at every step of ${task}, seed ${seed}`, async () => {
      const { agent, environment } = await smallAgent(task, { seed, temperature: 0.5 });
      const bounds = live(agent, environment, 250, seed).map(({ bound }) => bound);
      for (const { reward, informationGain, stateConsistency, actionConsistency, total } of bounds) {
        const sum = reward + informationGain + stateConsistency + actionConsistency;
        assert.ok(Math.abs(total - sum) <= 1e-9 * Math.abs(sum), `${total} = ${sum}`);
        // each is rounded to f32: an equality may be missed by their spacing
        const rounding = 1e-6 * (1 + Math.abs(stateConsistency));
        assert.ok(informationGain + stateConsistency <= rounding, `${informationGain} + ${stateConsistency}`);
        assert.ok(stateConsistency <= 0 && actionConsistency <= 1e-6, `${actionConsistency}`);
      }
      assert.ok(bounds.slice(30).every(({ actionConsistency }) => actionConsistency !== 0));
    });

test("the reward's term is the reward over the temperature", async () => {
  const { agent, environment } = await smallAgent("cartpole", { temperature: 0.25 });
  assert.ok(live(agent, environment, 30).every(({ bound }) => bound.reward === 4));
});

test("members that agree gain nothing: of one member, the sum of gain and consistency is zero", async () => {
  const { agent, environment } = await smallAgent("pendulum", { members: 1 });
  for (const { bound } of live(agent, environment, 60)) {
    const sum = bound.informationGain + bound.stateConsistency;
    assert.ok(Math.abs(sum) <= 1e-6 * (1 + Math.abs(bound.stateConsistency)), String(sum));
  }
});

test.run();
