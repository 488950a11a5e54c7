import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type InformationGainOptions,
  informationGainIn,
} from "../../../src/inference/information/informationGain.ts";
import type { Prediction } from "../../../src/inference/information/predictions.ts";
import { debugCore } from "../../helpers/debugCore.ts";

const core = debugCore(1 << 16);
const gaussian = { mean: [[0, 1, 2]], std: [1] };
const categorical = { logProbabilities: [[0, 0, 0]] };
const density = { logDensity: [-1, -2, -3] };
const NOTHING = Number.NEGATIVE_INFINITY;

function expectMessage(prediction: Prediction, options: InformationGainOptions, message: string): void {
  const place = core.kernels.mark();
  assert.throws(
    () => informationGainIn(core, prediction, options),
    (error: Error) => {
      assert.is(error.message, message);
      return error instanceof RangeError;
    },
  );
  assert.is(core.kernels.mark(), place);
}

test("names the row that has not one value per particle", () => {
  const expected = "expected [3] = 3 values, got 2";
  expectMessage(
    {
      mean: [
        [0, 1, 2],
        [0, 1],
      ],
      std: [1, 1],
    },
    {},
    `prediction.mean[1]: ${expected}`,
  );
  expectMessage({ mean: [[0, 1, 2]], std: [[1, 1]] }, {}, `prediction.std[0]: ${expected}`);
  expectMessage(
    {
      logProbabilities: [
        [0, 0, 0],
        [0, 0],
      ],
    },
    {},
    `prediction.logProbabilities[1]: ${expected}`,
  );
  expectMessage(gaussian, { logWeights: [0, 0] }, `logWeights: ${expected}`);
  const path = { conditioning: "path", fresh: [{ mean: [[0, 1]], std: [1] }] } as const;
  expectMessage(gaussian, path, `fresh[0].mean[0]: ${expected}`);
});

test("names the standard deviation that is missing or too small", () => {
  expectMessage(
    { mean: [[0], [1]], std: [1] },
    {},
    "prediction.std: expected 2 entries, one per row of mean, got 1",
  );
  expectMessage({ mean: [[0]], std: [0] }, {}, "prediction.std[0]: expected a number ≥ 1e-6, got 0");
});

test("refuses a prediction without rows or particles", () => {
  const message = "prediction: expected at least one row with at least one particle, got none";
  expectMessage({ mean: [], std: [] }, {}, message);
  expectMessage({ logProbabilities: [[]] }, {}, message);
});

test("refuses weights that are all zero, and results that are not numbers", () => {
  const prefix = "logWeights: expected a finite sum of weights, got its logarithm";
  expectMessage(gaussian, { logWeights: [NOTHING, NOTHING, NOTHING] }, `${prefix} -Infinity`);
  expectMessage(gaussian, { logWeights: [0, Number.NaN, 0] }, `${prefix} NaN`);
  expectMessage(
    { mean: [[0, Number.NaN, 2]], std: [1] },
    {},
    "prediction: expected finite means and log-probabilities, and positive std, got a result that is not a number",
  );
});

test("says which estimators go with a prediction and a conditioning", () => {
  const path = { conditioning: "path", fresh: [gaussian] } as const;
  for (const [prediction, options, message] of [
    [gaussian, { ...path, estimator: "pairwise" }, "pce, nmc for this prediction under path, got pairwise"],
    [
      gaussian,
      { estimator: "iwae" },
      "pce, nmc, pairwise, gaussian for this prediction under belief, got iwae",
    ],
    [
      categorical,
      { estimator: "gaussian" },
      "pce, nmc, pairwise for this prediction under belief, got gaussian",
    ],
    [
      density,
      { ...path, estimator: "gaussian" },
      "pce, nmc, iwae for this prediction under path, got gaussian",
    ],
  ] as const)
    expectMessage(prediction, options, `estimator: expected ${message}`);
  expectMessage(
    density,
    {},
    "conditioning: expected path for logDensity, whose x has one value a particle, got belief",
  );
  const other = { conditioning: "history" } as unknown as InformationGainOptions;
  expectMessage(gaussian, other, "conditioning: expected belief or path, got history");
});

test("path asks for fresh draws that look like the prediction, belief for none", () => {
  expectMessage(gaussian, { conditioning: "path" }, "fresh.length: expected a whole number ≥ 1, got 0");
  expectMessage(gaussian, { fresh: [gaussian] }, "fresh: expected none under belief, got 1");
  expectMessage(
    gaussian,
    { conditioning: "path", fresh: [gaussian, categorical] },
    "fresh[1]: expected 1 rows of mean, got 1 of logProbabilities",
  );
});

test("refuses draws, seeds and streams out of range, and a core that is too small", () => {
  expectMessage(gaussian, { draws: 0 }, "draws: expected a whole number ≥ 1, got 0");
  expectMessage(gaussian, { seed: -1 }, "seed: expected a whole number ≥ 0, got -1");
  expectMessage(
    gaussian,
    { stream: 2 ** 32 },
    "stream: expected a whole number in [0, 4294967295], got 4294967296",
  );
  const place = core.kernels.mark();
  assert.throws(() => informationGainIn(core, gaussian, { draws: 1e6 }), /full arena/);
  assert.is(core.kernels.mark(), place);
});
test.run();
