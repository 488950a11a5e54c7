import { test } from "uvu";
import * as assert from "uvu/assert";
import { distinctStates, drawnFrom, isUneven, momentsOf } from "../../../src/inference/closed/stratified.ts";

test("a few points stand for all weights", () => {
  const weights = Float32Array.of(0.1, 0, 0.4, 0.5);
  const counts = [0, 0, 0, 0];
  for (let k = 0; k < 1023; k++) counts[drawnFrom(weights, k)]++;
  // a van der Corput sequence leaves less than log2 N of N points on the wrong side of an edge
  weights.forEach((w, n) => {
    assert.ok(Math.abs(counts[n] - 1023 * w) < 11, String(counts));
  });
  assert.equal(
    [0, 1, 2].map((k) => drawnFrom(Float32Array.of(0.25, 0.25, 0.25, 0.25), k)),
    [2, 1, 3],
  );
});

test("weights are uneven where fewer than half of the particles count", () => {
  assert.not.ok(isUneven(Float32Array.of(0.25, 0.25, 0.25, 0.25)));
  assert.ok(isUneven(Float32Array.of(1, 0, 0, 0)));
});

test("moments are those of the weighted particles, row by row", () => {
  const { mean, std } = momentsOf(
    { states: Float32Array.of(0, 1, 10, 30), weights: Float32Array.of(0.75, 0.25) },
    2,
  );
  assert.equal([...mean], [0.25, 15]);
  assert.ok(Math.abs(std[0] - Math.sqrt(0.1875)) < 1e-12 && Math.abs(std[1] - 20 * Math.sqrt(0.1875)) < 1e-9);
});

test("states that particles share are found once, with their weights", () => {
  const states = Float32Array.of(1, 2, 1, 3, 0, 0, 0, 0);
  assert.equal(distinctStates(states, Float32Array.of(0.25, 0.5, 0.25, 0)), [
    { n: 0, mass: 0.5 },
    { n: 1, mass: 0.5 },
  ]);
});

test.run();
