/** Filters over models in functions. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createFilter } from "../../../src/inference/belief/createFilter.ts";
import { linearGaussianModel } from "../../../src/models/linearGaussian.ts";
import { lightDarkLine } from "../../../src/models/problems/lightDarkLine.ts";
import { tiger } from "../../../src/models/problems/tiger.ts";
import { functionsOfTables, walk } from "../../helpers/functions.ts";

const gaussian = linearGaussianModel({
  ...{ transition: [[1]], control: [[1]], observation: [[1]] },
  ...{ transitionCovariance: [[0.25]], observationCovariance: [[1]] },
  initial: { mean: [0], covariance: [[1]] },
});

test("evidence and moments are those of the same system in matrices", async () => {
  const options = { particles: 32_768, seed: 1 };
  const [functions, matrices] = [await createFilter(walk, options), await createFilter(gaussian, options)];
  for (const [action, x] of [
    [0, 0.4],
    [0.5, 1.2],
    [-1, 0.1],
  ]) {
    const evidence = { action: [action], observation: [x] };
    const [a, b] = [functions.update(evidence), matrices.update(evidence)];
    // two estimates with about 1/√N each: 4 √2 / 181
    assert.ok(Math.abs(a.logEvidenceIncrement - b.logEvidenceIncrement) < 0.04);
    assert.ok(Math.abs(functions.moments().mean[0] - matrices.moments().mean[0]) < 0.04);
  }
});

test("symbols are weighed as by Bayes' rule", async () => {
  const filter = await createFilter(functionsOfTables(tiger()), { particles: 4096, seed: 1 });
  filter.update();
  filter.update({ action: 0, observation: 1 });
  filter.update({ action: 0, observation: 1 });
  // .85² / (.85² + .15²); the start is drawn: 4σ = .03
  assert.ok(Math.abs(filter.moments().mean[0] - 0.9698) < 0.01);
});

test("a step after which the world goes on rules out that it ended", async () => {
  const model = lightDarkLine();
  const filter = await createFilter(model, { particles: 64, seed: 1 });
  filter.update();
  const { isLost } = filter.update({ action: 1, observation: [0] });
  assert.ok(isLost, "stopping ends it surely");
  assert.not.ok(filter.update({ action: 2, observation: [0] }).isLost);
});

test("a state that is seen is known", async () => {
  const { observe: _, logDensity: __, ...seen } = walk;
  const filter = await createFilter(seen, { particles: 64, seed: 1 });
  filter.update({ observation: [0.3] });
  filter.update({ action: [1], observation: [1.7] });
  assert.ok(Math.abs(filter.moments().mean[0] - 1.7) < 1e-6 && filter.moments().std[0] < 1e-3);
});

test("refuses what functions cannot weigh, and steps without an action", async () => {
  const filter = await createFilter(walk, { particles: 64 });
  filter.update();
  assert.throws(
    () => filter.update({ action: [0, 1], observation: [1] }),
    /action: expected \[1\] numbers, got \[2\]/,
  );
  assert.throws(() => filter.update({ observation: [1] }), /action: expected \[1\] numbers, got none/);
});

test.run();
