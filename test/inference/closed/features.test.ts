import { test } from "uvu";
import * as assert from "uvu/assert";
import { summarise, summarySize } from "../../../src/inference/closed/features.ts";
import { tiger } from "../../../src/models/problems/tiger.ts";
import { functionsOfTables, walk } from "../../helpers/functions.ts";

const cloud = { states: Float32Array.of(0, 1, 1, 0), weights: Float32Array.of(0.25, 0.25, 0.25, 0.25) };

test("a belief is summed up by means and deviations, of the state or of the model's features", () => {
  assert.equal([summarySize(walk), summarySize(functionsOfTables(tiger()))], [2, 4]);
  assert.equal([...summarise(new Float32Array(2), walk, cloud)], [0.5, 0.5]);
  const side = { ...cloud, weights: Float32Array.of(0.5, 0, 0, 0.5) };
  assert.equal([...summarise(new Float32Array(4), functionsOfTables(tiger()), side)], [1, 0, 0, 0]);
});

test("the order of particles does not count", () => {
  const [a, b] = [Float32Array.of(3, 1, 2, 5), Float32Array.of(5, 2, 1, 3)];
  const [v, w] = [Float32Array.of(0.5, 0.125, 0.125, 0.25), Float32Array.of(0.25, 0.125, 0.125, 0.5)];
  const of = (states: Float32Array, weights: Float32Array) =>
    summarise(new Float32Array(2), walk, { states, weights }).map((x) => Math.round(1e5 * x));
  assert.equal(of(a, v), of(b, w));
});

test.run();
