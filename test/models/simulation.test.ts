/** Known models in the core's memory. What the kernels make of them: rollout.test.ts. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { linearGaussianModel, type Matrices } from "../../src/models/linearGaussian.ts";
import { tiger } from "../../src/models/problems/tiger.ts";
import { simulationOf } from "../../src/models/simulation.ts";
import { tabularModel } from "../../src/models/tabular.ts";

const core = await createCore({ bytes: 1 << 16 });
/** Where a record says whether states carry noise. */
const USES_NOISE = 5;

test("tables are a model of indices; a value is optional", () => {
  core.scope(() => {
    const { record, ...sizes } = simulationOf(core, tiger());
    assert.equal(sizes, {
      stateSize: 1,
      states: 2,
      isDiscrete: true,
      actionSize: 3,
      hasValue: false,
      observationWidth: 1,
      headRows: 4,
    });
    assert.is(record.words[USES_NOISE], 1);
    assert.ok(simulationOf(core, tabularModel({ ...tiger().tables, value: [1, 2] })).hasValue);
  });
});

const matrices: Matrices = {
  transition: [[1]],
  control: [[1, 2]],
  observation: [[1], [0.5]],
  transitionCovariance: [[0]],
  observationCovariance: [
    [1, 0],
    [0, 1],
  ],
};

test("matrices are a model of continuous actions; without process noise nothing is drawn", () => {
  core.scope(() => {
    const { record, ...sizes } = simulationOf(core, linearGaussianModel(matrices));
    assert.equal(sizes, {
      stateSize: 1,
      states: 0,
      isDiscrete: false,
      actionSize: 2,
      hasValue: false,
      observationWidth: 2,
      headRows: 4,
    });
    assert.is(record.words[USES_NOISE], 0);
    const noisy = linearGaussianModel({ ...matrices, transitionCovariance: [[0.1]] });
    assert.is(simulationOf(core, noisy).record.words[USES_NOISE], 1);
    assert.ok(simulationOf(core, linearGaussianModel({ ...matrices, valueCost: [[1]] })).hasValue);
  });
});

test("refuses a world without actions", () => {
  const { control: _, ...others } = matrices;
  assert.throws(
    () => simulationOf(core, linearGaussianModel(others)),
    (error: Error) =>
      error instanceof RangeError && error.message === "control: expected actions to plan, got none",
  );
});

test.run();
