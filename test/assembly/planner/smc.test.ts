/** Sequential Monte Carlo over action particles: what is inherited, when, and how lanes are weighted. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { PlanValues } from "../../../src/core/generated/records.ts";
import { labelFirstAction, planSequentially } from "../../../src/core/planner.ts";
import { linearGaussianModel, type Matrices } from "../../../src/models/linearGaussian.ts";
import { cues } from "../../../src/models/problems/cues.ts";
import { simulationOf } from "../../../src/models/simulation.ts";
import { type BuiltBelief, buildBelief, laneActions } from "../../helpers/belief.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { sum } from "../../reference/arrays.ts";
import { linearGaussianTwin, scoreOfBelief } from "../../reference/belief.ts";
import { logNormal, softmax } from "../../reference/density.ts";
import { maxAbsError } from "../../reference/kernels.ts";

const core = debugCore(1 << 23);

const system: Matrices = {
  transition: [
    [1, 0.3],
    [-0.2, 0.9],
  ],
  control: [
    [0.2, 0],
    [0.5, -0.4],
  ],
  observation: [[1, 0]],
  transitionCovariance: [
    [0, 0],
    [0, 0],
  ],
  observationCovariance: [[0.25]],
  stateCost: [
    [1, 0.2],
    [0.2, 0.5],
  ],
  valueCost: [
    [0.5, 0],
    [0, 1],
  ],
};

/** Three plans of 20 lanes from their own beliefs of two particles. */
function planned(numbers: Partial<PlanValues>): BuiltBelief {
  const starts = [-1, 0.5, 2];
  const problem = {
    ...{ plans: 3, candidates: 20, horizon: 4 },
    states: starts.map((x) => [
      [x, 1],
      [x + 0.3, -1],
    ]),
    logWeights: starts.map(() => [0, -1]),
    numbers: { usesInformation: 0, priorWeight: 1, discount: 0.9, ...numbers },
  };
  const built = buildBelief(core, simulationOf(core, linearGaussianModel(system)), problem, true);
  planSequentially(core, built.plan);
  labelFirstAction(core, built.plan);
  return built;
}

/** The twin's scores of the first `steps` actions that the lanes ended with. */
function scoresOf(built: BuiltBelief, steps = 4): number[] {
  const { states, logWeights } = built.problem;
  const settings = {
    ...{ conditioning: "none" as const, contrasts: 0, informationWeight: 0, rewardNoise: 0 },
    ...{ isEvidence: false, temperature: 1, discount: 0.9, hasValue: true },
  };
  const draws = { noise: () => [0, 0], epsilon: () => [0], reward: () => 0 };
  return Array.from({ length: 60 }, (_, lane) => {
    const s = Math.floor(lane / 20);
    const belief = { states: states[s], logWeights: logWeights[s] };
    return scoreOfBelief(
      linearGaussianTwin(system),
      belief,
      laneActions(built, lane).slice(0, steps),
      draws,
      settings,
    );
  });
}

/** How many different first actions the lanes of a plan have. */
const roots = (built: BuiltBelief, s: number) =>
  new Set(Array.from({ length: 20 }, (_, n) => laneActions(built, 20 * s + n)[0][0])).size;

for (const temperature of [0.5, 1e4])
  test(`η=${temperature}: lanes keep their actions, particles and scores together`, () => {
    core.scope(() => {
      const built = planned({ temperature });
      const expected = scoresOf(built);
      // sums of ten terms of size up to twenty in f32
      assert.ok(maxAbsError(built.scores.subarray(0, 60), expected) < 5e-5);
      const [first, second, third] = [0, 1, 2].map((s) => roots(built, s));
      if (temperature === 0.5) assert.ok(first < 15 && third < 15, `${first} ${third}`);
      // without differences in weight nothing is resampled, and the weights are those of the entire sequence
      else assert.equal([first, second, third], [20, 20, 20]);
      for (let s = 0; s < 3; s++) {
        const lanes = Array.from({ length: 20 }, (_, n) => 20 * s + n);
        const weights = lanes.map((lane) => built.weights[lane]);
        assert.ok(Math.abs(sum(weights) - 1) < 1e-5);
        if (temperature === 1e4) {
          const logits = lanes.map((lane) => expected[lane] / temperature + built.priorRatios[lane]);
          assert.ok(maxAbsError(weights, softmax(logits)) < 1e-5);
        }
        const value = sum(lanes.map((lane, n) => weights[n] * built.scores[lane]));
        assert.ok(Math.abs(built.info[4 * s] - value) < 1e-4);
        assert.is(built.info[4 * s + 3], Math.max(...lanes.map((lane) => built.scores[lane])));
      }
    });
  });

/** log p_a(u) − log proposal(u) of one step: N(0, .8²) against .8 N(0, 1) + .2 N(0, 3²) */
function priorRatio(u: readonly number[]): number {
  const density = (std: number) => Math.exp(sum(u.map((value) => logNormal(value, 0, std ** 2))));
  return Math.log(density(0.8) / (0.8 * density(1) + 0.2 * density(3)));
}

test("weights count what was gained and proposed since the last resampling", () => {
  core.scope(() => {
    const temperature = 0.5;
    const built = planned({ temperature, broadShare: 0.2, priorStd: 0.8 });
    // a plan's baselines are its scores when it was last resampled, after 1, 2 or 3 steps
    const early = [1, 2, 3].map((steps) => scoresOf(built, steps));
    for (const s of [0, 1, 2]) {
      const lanes = Array.from({ length: 20 }, (_, n) => 20 * s + n);
      const baselines = lanes.map((lane) => built.baselines[lane]);
      const distances = early.map((scores) =>
        maxAbsError(
          baselines,
          lanes.map((lane) => scores[lane]),
        ),
      );
      assert.ok(Math.min(...distances) < 5e-5, `${distances}`);
      const steps = 1 + distances.indexOf(Math.min(...distances));
      const ratios = lanes.map((lane) => sum(laneActions(built, lane).slice(steps).map(priorRatio)));
      assert.ok(
        maxAbsError(
          lanes.map((lane) => built.priorRatios[lane]),
          ratios,
        ) < 1e-4,
      );
      const logits = lanes.map((lane, n) => (built.scores[lane] - baselines[n]) / temperature + ratios[n]);
      const weights = lanes.map((lane) => built.weights[lane]);
      assert.ok(maxAbsError(weights, softmax(logits)) < 2e-4);
    }
  });
});

test("resampled lanes inherit the beliefs of their truths: ratios still add up to that of all observations", () => {
  core.scope(() => {
    const [p, horizon] = [0.8, 3];
    const problem = {
      ...{ plans: 1, candidates: 64, horizon },
      states: [[[0], [1]]],
      logWeights: [[0, 0]],
      numbers: { temperature: 0.05, priorWeight: 1 },
    };
    const built = buildBelief(core, simulationOf(core, cues([p])), problem, true);
    planSequentially(core, built.plan);
    // n right observations of 3, seen from either truth
    const likelihood = (n: number) => p ** n * (1 - p) ** (horizon - n);
    const ratios = [0, 1, 2, 3].map((n) =>
      Math.log(likelihood(n) / (0.5 * (likelihood(n) + likelihood(horizon - n)))),
    );
    const possible = ratios.flatMap((x) => ratios.map((y) => (x + y) / 2));
    const scores = [...built.scores.subarray(0, 64)];
    for (const score of scores) {
      const nearest = Math.min(...possible.map((value) => Math.abs(value - score)));
      assert.ok(nearest < 3e-6, `${score}`);
    }
    // lanes of little information have died out
    assert.ok(Math.max(...scores) > 0.5 && Math.min(...scores) > 0);
  });
});

test("the same seed gives the same bits, and other numbers another plan", () => {
  core.scope(() => {
    const both = planned({ temperature: 0.5 });
    const again = planned({ temperature: 0.5 });
    assert.equal([...both.scores.subarray(0, 60)], [...again.scores.subarray(0, 60)]);
    assert.equal([...both.label], [...again.label]);
    const other = planned({ temperature: 0.5, step: 1 });
    assert.not.equal([...both.label], [...other.label]);
  });
});

test.run();
