import { test } from "uvu";
import * as assert from "uvu/assert";
import { linearGaussianModel } from "../../src/models/linearGaussian.ts";
import { isKnownModel, isLinearGaussian, isTabular, shownModel } from "../../src/models/model.ts";
import { tiger } from "../../src/models/problems/tiger.ts";

const walk = linearGaussianModel({
  transition: [[1]],
  observation: [[1]],
  transitionCovariance: [[1]],
  observationCovariance: [[1]],
  initial: { mean: [0], covariance: [[1]] },
});

test("knows the two kinds of models that are data", () => {
  for (const model of [tiger(), walk]) assert.ok(isKnownModel(model));
  assert.equal([tiger(), walk].map(isTabular), [true, false]);
  assert.equal([tiger(), walk].map(isLinearGaussian), [false, true]);
  for (const other of [undefined, null, {}, { stateSize: 1 }]) assert.not.ok(isKnownModel(other));
});

test("shows what came instead", () => {
  assert.equal([undefined, null, 3, {}, { stateSize: 1, step: 2 }].map(shownModel), [
    "undefined",
    "null",
    "3",
    "an object of nothing",
    "an object of stateSize, step",
  ]);
});

test.run();
