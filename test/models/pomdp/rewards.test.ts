import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type RewardRule, rewardOf } from "../../../src/models/pomdp/rewards.ts";
import { collectReward } from "../../../src/models/sparse/reward.ts";
import { drawn, drawnModel } from "../../helpers/sparse.ts";

/** The value of the last rule that speaks of a step. */
function lastOf(rules: readonly RewardRule[], O: number) {
  return (state: number, action: number, next: number, observation: number): number => {
    const fits = (rule: number, index: number) => rule < 0 || rule === index;
    const found = [...rules]
      .reverse()
      .find(
        (rule) =>
          fits(rule.state, state) &&
          fits(rule.action, action) &&
          fits(rule.next, next) &&
          fits(rule.observation, observation),
      );
    const value = found?.value ?? 0;
    return typeof value === "number" ? value : value[(value.length === O ? 0 : next * O) + observation];
  };
}

test("every step has the value of the last rule that speaks of it", () => {
  const index = fc.integer({ min: -1, max: 5 });
  const rule = fc.tuple(
    index,
    index,
    index,
    index,
    fc.integer({ min: -3, max: 3 }),
    fc.integer({ min: 0, max: 8 }),
  );
  const kinds = new Set<string>();
  fc.assert(
    fc.property(drawn, fc.array(rule, { maxLength: 8 }), (shape, drawnRules) => {
      const model = drawnModel(shape);
      const { states: S, actions: A, observations: O } = model;
      const rules = drawnRules.map(([state, action, next, observation, value, form]): RewardRule => {
        const wrapped = (i: number, size: number) => (i < 0 ? -1 : i % size);
        const where = { state: wrapped(state, S), action: wrapped(action, A), next: -1, observation: -1 };
        if (form === 0) return { ...where, value: Float64Array.from({ length: S * O }, (_, i) => value + i) };
        if (form === 1)
          return {
            ...where,
            next: wrapped(next, S),
            value: Float64Array.from({ length: O }, (_, i) => value - i),
          };
        if (form < 5) return { ...where, value };
        return {
          ...where,
          next: wrapped(next, S),
          observation: form < 7 ? -1 : wrapped(observation, O),
          value,
        };
      });
      const reward = rewardOf(model, rules);
      kinds.add(reward.dependsOn);
      assert.equal(reward, collectReward(model, lastOf(rules, O)));
    }),
    { numRuns: 500, seed: 3 },
  );
  assert.is(kinds.size, 3);
});

test.run();
