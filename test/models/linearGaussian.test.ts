/** The checks of matrices; what they simulate: rollout.test.ts, what they filter: inference/belief. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { linearGaussianModel, type Matrices } from "../../src/models/linearGaussian.ts";

const matrices: Matrices = {
  transition: [
    [0.9, 0.3],
    [-0.2, 0.8],
  ],
  control: [[0.5], [-1]],
  observation: [
    [1, 0],
    [0.5, 1],
    [1, -1],
  ],
  transitionCovariance: [
    [0.3, 0.1],
    [0.1, 0.2],
  ],
  observationCovariance: [
    [0.5, 0.2, 0],
    [0.2, 0.8, -0.1],
    [0, -0.1, 0.6],
  ],
  initial: {
    mean: [1, -0.5],
    covariance: [
      [0.8, -0.2],
      [-0.2, 0.5],
    ],
  },
};

test("says how many dimensions states, actions and observations have, and keeps the matrices", () => {
  const model = linearGaussianModel(matrices);
  const { kind, stateSize, actionSize, observationSize } = model;
  assert.equal([kind, stateSize, actionSize, observationSize], ["linearGaussian", 2, 1, 3]);
  assert.is(model.matrices, matrices);
  const { control: _, initial: __, ...others } = matrices;
  assert.is(linearGaussianModel(others).actionSize, 0);
});

const psd = "expected a symmetric, positive semi-definite matrix, got";
const definite = "expected a symmetric, positive definite matrix, got";
const { initial, observationCovariance: R } = matrices;
for (const [changes, message] of [
  [{ transition: [[1, 2]] }, "transition: expected [1, 1], got 1 rows of 2"],
  [{ transition: [] }, "transition: expected [1, 1], got 0 rows of 0"],
  [
    {
      transition: [
        [1, Number.NaN],
        [0, 1],
      ],
    },
    "transition: expected finite numbers, got [[1,null],[0,1]]",
  ],
  [
    {
      transition: [
        [1, 1e39],
        [0, 1],
      ],
    },
    "transition: expected finite numbers, got [[1,1e+39],[0,1]]",
  ],
  [{ observation: [[1, 2], [3]] }, "observation: expected [2, 2], got 2 rows of 2 or 1"],
  [{ observation: [] }, "observation: expected [1, 2], got 0 rows of 0"],
  [{ control: [] }, "control: expected [2, 1], got 0 rows of 0"],
  [{ control: [[], []] }, "control: expected [2, 1], got 2 rows of 0"],
  [{ control: [[1], [Infinity]] }, "control: expected finite numbers, got [[1],[null]]"],
  [{ observationCovariance: [1, 2, 3] }, "observationCovariance: expected [3, 3], got 3 rows of 0"],
  [{ observationCovariance: [null, null, null] }, "observationCovariance: expected [3, 3], got 3 rows of 0"],
  [
    {
      transitionCovariance: [
        [1, 2],
        [2, 1],
      ],
    },
    `transitionCovariance: ${psd} [[1,2],[2,1]]`,
  ],
  [
    {
      observationCovariance: [
        [1, 1, 0],
        [1, 1, 0],
        [0, 0, 1],
      ],
    },
    `observationCovariance: ${definite} [[1,1,0],[1,1,0],[0,0,1]]`,
  ],
  [
    {
      observationCovariance: [
        [1e-100, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
    `observationCovariance: ${definite} [[1e-100,0,0],[0,1,0],[0,0,1]]`,
  ],
  [
    {
      observationCovariance: [
        [-1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
    `observationCovariance: ${definite} [[-1,0,0],[0,1,0],[0,0,1]]`,
  ],
  [{ initial: { ...initial, mean: [0] } }, "initial.mean: expected 2 values, got 1"],
  [{ initial: { ...initial, mean: [0, Infinity] } }, "initial.mean: expected finite numbers, got Infinity"],
  [
    {
      initial: {
        ...initial,
        covariance: [
          [1, 0.5],
          [0, 1],
        ],
      },
    },
    `initial.covariance: ${psd} [[1,0.5],[0,1]]`,
  ],
  [{ stateCost: [[1]] }, "stateCost: expected [2, 2], got 1 rows of 1"],
  [
    {
      actionCost: [
        [1, 0],
        [0, 1],
      ],
    },
    "actionCost: expected [1, 1], got 2 rows of 2",
  ],
  [{ valueCost: [] }, "valueCost: expected [2, 2], got 0 rows of 0"],
] as [Partial<Matrices>, string][])
  test(`refuses matrices with ${message}`, () => {
    assert.throws(
      () => linearGaussianModel({ ...matrices, ...changes }),
      (error: Error) => error instanceof RangeError && error.message === message,
    );
  });

for (const [changes, message] of [
  [
    { processNoise: R },
    "matrices: expected transition, observation, transitionCovariance, observationCovariance, control, initial, " +
      "stateCost, actionCost, valueCost, isSquashed alone, got processNoise",
  ],
  ...["transition", "observation", "transitionCovariance", "observationCovariance"].map((name) => [
    { [name]: undefined },
    `${name}: expected an array, got undefined`,
  ]),
  [{ control: 1 }, "control: expected an array, got 1"],
  [{ initial: { mean: [0, 0] } }, "initial.covariance: expected an array, got undefined"],
  [{ initial: { ...initial, std: [1] } }, "initial: expected known names, got std"],
  [{ stateCost: 1 }, "stateCost: expected an array, got 1"],
  [{ isSquashed: 1 }, "isSquashed: expected true or false, got 1"],
] as [object, string][])
  test(`refuses matrices with ${message}`, () => {
    assert.throws(
      () => linearGaussianModel({ ...matrices, ...changes }),
      (error: Error) => error instanceof TypeError && error.message === message,
    );
  });

test("the compiler refuses a misspelt matrix", () => {
  // @ts-expect-error stateCosts
  assert.throws(() => linearGaussianModel({ ...matrices, stateCosts: [] }), TypeError);
});

test.run();
