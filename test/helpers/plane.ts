import { linearGaussianModel } from "../../src/models/linearGaussian.ts";

/** A cart whose place is seen with an error: to be brought to 0 by a squashed push. */
export const plane = () =>
  linearGaussianModel({
    transition: [
      [1, 0.1],
      [0, 1],
    ],
    control: [
      [0, 0],
      [0.5, 0.2],
    ],
    observation: [[1, 0]],
    transitionCovariance: [
      [0.01, 0],
      [0, 0.01],
    ],
    observationCovariance: [[0.09]],
    stateCost: [
      [1, 0],
      [0, 0.1],
    ],
    isSquashed: true,
  });
