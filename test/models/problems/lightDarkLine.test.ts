import { test } from "uvu";
import * as assert from "uvu/assert";
import { lightDarkLine } from "../../../src/models/problems/lightDarkLine.ts";
import { seenAfter, spreadOf, stepsFrom, tools } from "../../helpers/functions.ts";

const model = lightDarkLine();

test("begins at N(2, 3²)", () => {
  const states = new Float32Array(4096);
  model.initial(states, 4096, tools());
  const { mean, std } = spreadOf(states);
  // 4σ/√N and 4σ/√(2N)
  assert.ok(Math.abs(mean - 2) < 0.19 && Math.abs(std - 3) < 0.14, `${mean}, ${std}`);
});

for (const [action, next, reward, ending] of [
  [0, -0.5, 0, 0],
  [1, 0.5, 100, 1],
  [2, 1.5, 0, 0],
])
  test(`at .5 action ${action} leads to ${next} and pays ${reward}`, () => {
    const batch = stepsFrom(model, { state: [0.5], action: [action], count: 4 });
    assert.equal([batch.next[0], batch.rewards[0], batch.endings[0]], [next, reward, ending]);
  });

test("stopping at 1 or beyond costs the reward", () => {
  for (const at of [1, -1, 7]) {
    assert.is(stepsFrom(model, { state: [at], action: [1], count: 4 }).rewards[0], -100);
  }
});

for (const [kind, light, blur, least] of [
  [{}, 10, 1, 1e-4],
  [{ light: 5, blur: Math.SQRT1_2, least: 0.01, reward: 10 }, 5, Math.SQRT1_2, 0.01],
] as const)
  test(`with the light at ${light} is seen with a deviation of ${blur} |y − light| + ${least}`, () => {
    for (const at of [-4, 2, light]) {
      const batch = stepsFrom(lightDarkLine(kind), { state: [at - 1], action: [2] });
      const { mean, std } = spreadOf(seenAfter(lightDarkLine(kind), batch)[0]);
      const expected = blur * Math.abs(at - light) + least;
      assert.ok(Math.abs(mean - at) < (4 * expected) / 64 + 1e-5, `${mean}`);
      assert.ok(
        Math.abs(std - expected) < (4 * expected) / Math.sqrt(2 * 4096) + 1e-5,
        `${std}, ${expected}`,
      );
    }
  });

test.run();
