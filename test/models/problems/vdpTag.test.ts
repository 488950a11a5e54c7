import { test } from "uvu";
import * as assert from "uvu/assert";
import { beamOf } from "../../../src/models/problems/beams.ts";
import { clearShare, flow, vdpTag } from "../../../src/models/problems/vdpTag.ts";
import { nextRow, seenAfter, spreadOf, stepsFrom, tools } from "../../helpers/functions.ts";

const model = vdpTag();

test("begins at 0, the target evenly in [−4, 4]²", () => {
  const states = new Float32Array(4 * 4096);
  model.initial(states, 4096, tools());
  assert.ok(states.subarray(0, 2 * 4096).every((x) => x === 0));
  const { mean, std } = spreadOf(states.subarray(2 * 4096));
  assert.ok(Math.abs(mean) < 0.11 && Math.abs(std - 8 / Math.sqrt(12)) < 0.06, `${mean}, ${std}`);
});

test("the target follows the Van der Pol field", () => {
  // many small Euler steps of x' = 2 (x − x³/3 − y), y' = x/2 for half a unit of time
  for (const [x0, y0] of [
    [1, 0.5],
    [-2, 1],
    [0.1, -3],
  ]) {
    let [x, y] = [x0, y0];
    const steps = 200_000;
    for (let i = 0; i < steps; i++)
      [x, y] = [x + (0.5 / steps) * 2 * (x - x ** 3 / 3 - y), y + ((0.5 / steps) * x) / 2];
    const [a, b] = flow(x0, y0);
    // five Runge-Kutta steps of .1 are off by some 2 · 10⁻³ where the field is steep
    assert.ok(Math.abs(a - x) < 5e-3 && Math.abs(b - y) < 5e-3, `${[a, b]}, ${[x, y]}`);
  }
});

test("a step is .5 long, the target's noise .05, and costs 1, or 6 with a look", () => {
  const batch = stepsFrom(model, { state: [1, 1, -1, 2], action: [0, Math.PI / 4] });
  const [x, y] = flow(-1, 2);
  assert.ok(Math.abs(batch.next[0] - 1 - 0.5 * Math.SQRT1_2) < 1e-6);
  for (const [d, centre] of [
    [2, x],
    [3, y],
  ]) {
    const { mean, std } = spreadOf(nextRow(batch, d));
    assert.ok(Math.abs(mean - centre) < 0.004 && Math.abs(std - 0.05) < 0.003);
  }
  assert.ok(batch.rewards.every((r) => r === -1));
  assert.ok(
    stepsFrom(model, { state: [1, 1, -1, 2], action: [1, 0], count: 4 }).rewards.every((r) => r === -6),
  );
});

test("coming within .1 pays 100 and ends the episode", () => {
  const [x, y] = flow(0.5, 2);
  const { rewards, endings, next, count } = stepsFrom(model, { state: [x - 0.5, y, 0.5, 2], action: [0, 0] });
  for (let n = 0; n < count; n++) {
    const isNear = Math.hypot(next[n] - next[2 * count + n], next[count + n] - next[3 * count + n]) < 0.1;
    assert.is(rewards[n], isNear ? 100 : -1);
    assert.is(endings[n], Number(isNear));
  }
  const hits = endings.reduce((sum, e) => sum + e, 0) / count;
  // P(|N(0, .05² I)| < .1) = 1 − e⁻²
  assert.ok(Math.abs(hits - (1 - Math.exp(-2))) < 0.022, `${hits}`);
});

for (const [from, by, share] of [
  [[1, 0.2], [0, -0.5], 0.4],
  [[0.1, 0.2], [0, -0.5], 1],
  [[3.1, 0.2], [0, -0.5], 1],
  [[-0.2, 1], [0.5, 0], 0.4],
  [[1, 0.2], [0.5, 0], 1],
  [[0, 0], [0.5, 0.1], 1],
])
  test(`from ${from} a move by ${by} goes ${share} of its way`, () => {
    const [x, y, dx, dy] = [...(from as number[]), ...(by as number[])];
    assert.ok(Math.abs(clearShare(x, y, dx, dy) - (share as number)) < 2e-4);
  });

test("a look shows the distance", () => {
  for (const [look, expected] of [
    [1, 0.1],
    [0, 5],
  ]) {
    const batch = stepsFrom(model, { state: [0.05, 0.05, 3, 0.5], action: [look, 0.5] });
    const seen = seenAfter(model, batch);
    const [x, y] = [0, 1].map((d) => nextRow(batch, d + 2).map((at, n) => at - nextRow(batch, d)[n]));
    const errors = seen[0]
      .map((r, n) => r - Math.hypot(x[n], y[n]))
      .filter((_, n) => beamOf(x[n], y[n]) === 0);
    assert.ok(errors.length > 4000);
    const beam = spreadOf(errors);
    assert.ok(
      Math.abs(beam.mean) < (4 * expected) / 64 && Math.abs(beam.std - expected) < 0.05 * expected,
      `${beam.std}`,
    );
    const { mean, std } = spreadOf(seen[5]);
    assert.ok(Math.abs(mean - 1) < 0.32 && Math.abs(std - 5) < 0.23);
  }
});

test.run();
