import { test } from "uvu";
import * as assert from "uvu/assert";
import { LIGHT_DARK_STEPS, lightDarkSteps } from "../../../src/models/problems/lightDarkSteps.ts";
import { seenAfter, spreadOf, stepsFrom, tools } from "../../helpers/functions.ts";

const model = lightDarkSteps();

test("begins at whole numbers, evenly in −30 … 30", () => {
  const states = new Float32Array(8192);
  model.initial(states, 8192, tools());
  const counts = new Map<number, number>();
  for (const s of states) counts.set(s, (counts.get(s) ?? 0) + 1);
  assert.is(counts.size, 61);
  assert.equal([Math.min(...counts.keys()), Math.max(...counts.keys())], [-30, 30]);
  // 134 each, 4σ = 46
  assert.ok([...counts.values()].every((count) => Math.abs(count - 8192 / 61) < 50));
});

test("moves by the steps within −60 … 60 for 1 each, and stops for ±100", () => {
  LIGHT_DARK_STEPS.forEach((by, action) => {
    for (const at of [-55, 0, 3, 58]) {
      const { next, rewards, endings } = stepsFrom(model, { state: [at], action: [action], count: 4 });
      assert.is(next[0], Math.min(60, Math.max(-60, at + by)));
      assert.is(rewards[0], by !== 0 ? -1 : at === 0 ? 100 : -100);
      assert.is(endings[0], Number(by === 0));
    }
  });
});

test("is seen with a deviation of |s' − 10| + 1e-4", () => {
  for (const at of [-5, 10]) {
    const { mean, std } = spreadOf(seenAfter(model, stepsFrom(model, { state: [at - 1], action: [3] }))[0]);
    const expected = Math.abs(at - 10) + 1e-4;
    assert.ok(Math.abs(mean - at) < (4 * expected) / 64 + 1e-5);
    assert.ok(Math.abs(std - expected) < 0.05 * expected + 1e-5, `${std}`);
  }
});

test.run();
