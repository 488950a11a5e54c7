import { test } from "uvu";
import * as assert from "uvu/assert";
import { heightOf, mountainHike } from "../../../src/models/problems/mountainHike.ts";
import { nextRow, seenAfter, spreadOf, stepsFrom, tools } from "../../helpers/functions.ts";

const model = mountainHike({ deviation: 0.3 });
const host = { exp: Math.exp };

test("begins at N((−.85, −.85), .1² I)", () => {
  const states = new Float32Array(8192);
  model.initial(states, 4096, tools());
  const { mean, std } = spreadOf(states);
  assert.ok(Math.abs(mean + 0.85) < 0.005 && Math.abs(std - 0.1) < 0.004);
});

test("a step is at most .05 long, with noise of .025", () => {
  const batch = stepsFrom(model, { state: [0, 0], action: [0.05, 0.05] });
  for (const d of [0, 1]) {
    const { mean, std } = spreadOf(nextRow(batch, d));
    assert.ok(Math.abs(mean - 0.05 * Math.SQRT1_2) < 0.0016 && Math.abs(std - 0.025) < 0.0012);
  }
});

test("pays the height less a tenth of the action's length, and −6 outside", () => {
  const batch = stepsFrom(model, { state: [0.3, 0.1], action: [0.03, -0.04] });
  const [x, y] = [nextRow(batch, 0)[5], nextRow(batch, 1)[5]];
  assert.ok(Math.abs(batch.rewards[5] - (heightOf(x, y, host) - 0.005)) < 1e-6);
  assert.ok(
    Math.abs(stepsFrom(model, { state: [1.5, 0], action: [0.03, 0.04], count: 4 }).rewards[0] + 6.005) < 1e-6,
  );
});

test("ridges are high: at the first one's top 1 / (2π · .75 · .1) / 3", () => {
  const m = 1 / (2 * Math.PI * 0.75 * 0.1) / 3;
  assert.ok(Math.abs(heightOf(0.5, 0.5, host) - (4 * (1 - (1 - m) ** 4) - 4.25)) < 1e-12);
  const low = 0.55 / (2 * Math.PI * 0.75 * 0.1) / 3;
  assert.ok(Math.abs(heightOf(-0.375, -0.5, host) - (4 * (1 - (1 - low) ** 4) - 4.5 - 0.875 / 4)) < 1e-12);
  assert.ok(heightOf(-0.9, 0.9, host) < -4);
});

test("is seen tenfold, with the error's deviation", () => {
  const batch = stepsFrom(model, { state: [0.3, 0.1], action: [0, 0] });
  const errors = seenAfter(model, batch)[1].map((x, n) => x - 10 * nextRow(batch, 1)[n]);
  const { mean, std } = spreadOf(errors);
  assert.ok(Math.abs(mean) < 0.19 && Math.abs(std - 3) < 0.14);
});

test.run();
