import { test } from "uvu";
import * as assert from "uvu/assert";
import { labelFirstAction, propose, refine, setPlan } from "../../../src/core/planner.ts";
import { linearGaussianModel } from "../../../src/models/linearGaussian.ts";
import { simulationOf } from "../../../src/models/simulation.ts";
import { buildBelief, certain, laneActions } from "../../helpers/belief.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { type Built, buildPlan, candidatesOf, ofPlan, setActions, worldOf } from "../../helpers/plan.ts";
import { gaussian, type Rows, randomRow, sum } from "../../reference/arrays.ts";
import { modeWeights } from "../../reference/firstActions.ts";
import { mulberry32 } from "../../reference/kernels.ts";
import { weightedMoments } from "../../reference/planner.ts";

const core = debugCore();

interface Problem {
  /** [plans][C][A] first u; later ones are drawn. */
  readonly u: readonly Rows[];
  readonly weights: Rows;
  readonly horizon?: number;
  readonly followsMode?: boolean;
}

/** The plan of given first actions and weights, refined. */
function refined({ u, weights, horizon = 1, followsMode = true }: Problem): Built {
  const [candidates, A] = [u[0].length, u[0][0].length];
  const built = buildPlan(core, worldOf(1, A, { plans: u.length, candidates, horizon }));
  propose(core, built.plan);
  const modes = core.f32((A + 3) * candidates + 3 * A).fill(Number.NaN);
  setPlan(core, built.plan, { followsMode: Number(followsMode), modes });
  u.forEach((plan, s) => {
    plan.forEach((action, n) => {
      setActions(built, s, n, [action]);
    });
    built.weights.set(weights[s], s * candidates);
  });
  refine(core, built.plan);
  return built;
}

const normalised = (weights: number[]) => weights.map((w) => w / sum(weights));
const even = (count: number) => new Array<number>(count).fill(1 / count);

/** [C][A] u around ±centre, apart along the diagonal; the share of the upper cluster is `share`. */
function clusters(random: () => number, [C, A]: number[], { apart = 0.8, within = 0.1, share = 0.5 }): Rows {
  return Array.from({ length: C }, (_, n) => {
    const side = (n + 0.5) / C < share ? 1 : -1;
    return Array.from({ length: A }, (_, a) =>
      Math.fround(side * apart * (a % 2 ? -1 : 1) + within * gaussian(random)),
    );
  });
}

for (const [plans, C, A, horizon] of [
  [1, 8, 1, 1],
  [3, 12, 2, 4],
  [2, 100, 5, 2],
  [1, 1024, 3, 2],
])
  test(`follows what the twin follows: ${plans} plans of ${C} candidates, ${A} dimensions, ${horizon} steps`, () => {
    const random = mulberry32(C);
    const u = Array.from({ length: plans }, (_, s) =>
      clusters(random, [C, A], [{ share: 0.7 }, { share: 0.3 }, { apart: 0.02, within: 0.4 }][s]),
    );
    const weights = u.map(() => normalised(randomRow(random, C, 0, 1)));
    core.scope(() => {
      const built = refined({ u, weights, horizon });
      u.forEach((plan, s) => {
        const chosen = modeWeights(plan, ofPlan(built, built.weights, s));
        assert.is(chosen.includes(0), s < 2, "two modes in the first two plans");
        const all = candidatesOf(built, s).map((steps) => steps.flat());
        for (let i = 0; i < horizon * A; i++) {
          const expected = weightedMoments(
            all.map((steps) => steps[i]),
            chosen,
          );
          const place = s * horizon * A + i;
          // sums of C terms of up to 3 by f32
          assert.ok(Math.abs(built.mean[place] - expected.mean) < 1e-5);
          assert.ok(Math.abs(built.std[place] - expected.std) < 1e-5);
        }
      });
    });
  });

test("a tie in weight is no reason to act in the middle; the label has both modes", () => {
  core.scope(() => {
    const u = [[[-1], [-1.1], [1], [1.2]]];
    const built = refined({ u, weights: [even(4)] });
    assert.ok(Math.abs(Math.abs(built.mean[0]) - 1.05) < 0.06, `${built.mean[0]}`);
    labelFirstAction(core, built.plan);
    const [low, high] = [sum([...built.label.subarray(0, 2)]), sum([...built.label.subarray(3)])];
    assert.ok(Math.abs(low - 0.5) < 1e-6 && Math.abs(high - 0.5) < 1e-6);
  });
});

test("mirrored actions give the mirrored plan, in any order of the candidates", () => {
  core.scope(() => {
    const random = mulberry32(3);
    const [u] = [clusters(random, [20, 2], { share: 0.6 })];
    const weights = normalised(randomRow(random, 20, 0, 1));
    const moments = ({ mean, std }: Built) => [...mean, ...std];
    const [plain, mirrored, reversed] = [
      { u: [u], weights: [weights] },
      { u: [u.map((action) => action.map((value) => -value))], weights: [weights] },
      { u: [[...u].reverse()], weights: [[...weights].reverse()] },
    ].map((problem) => moments(refined(problem)));
    plain.forEach((value, i) => {
      assert.ok(Math.abs(mirrored[i] - (i < 2 ? -value : value)) < 1e-6);
      assert.ok(Math.abs(reversed[i] - value) < 1e-6);
    });
  });
});

test("one mode leaves every bit as it is: a Gaussian, a saturated one, a narrow plan, one candidate, equal candidates", () => {
  const random = mulberry32(5);
  const normals = Array.from({ length: 64 }, () => [Math.fround(gaussian(random))]);
  // two heaps after tanh
  const wide = Array.from({ length: 64 }, () => [Math.fround(3 * gaussian(random))]);
  // ±.14 lie closer together than a mode of .15
  const narrow = [-0.14, 0.14, -0.14, 0.14].map((u) => [u]);
  const alone = [[-2], [2], [1], [0]];
  for (const [u, weights] of [
    [normals, even(64)],
    [wide, even(64)],
    [narrow, even(4)],
    [alone, [0, 0, 1, 0]],
    [alone.map(() => [0.7]), even(4)],
  ] as const)
    core.scope(() => {
      const problem = { u: [u.map((action) => [...action])], weights: [[...weights]] };
      const [with_, without] = [true, false].map((followsMode) => refined({ ...problem, followsMode }));
      assert.equal([...with_.mean, ...with_.std], [...without.mean, ...without.std]);
    });
});

test("candidates without weight are no mode, wherever they are", () => {
  core.scope(() => {
    const { mean, std } = refined({ u: [[[2], [-0.5], [-0.6], [2.1]]], weights: [[0, 0.5, 0.5, 0]] });
    assert.ok(Math.abs(mean[0] + 0.55) < 1e-6 && Math.abs(std[0] - 0.05) < 1e-6);
  });
});

test("of a model that takes u itself, modes are measured in the prior's deviations", () => {
  const known = simulationOf(
    core,
    linearGaussianModel({
      transition: [[1]],
      control: [[1]],
      observation: [[1]],
      transitionCovariance: [[0]],
      observationCovariance: [[1]],
      stateCost: [[1]],
    }),
  );
  const meanOf = (priorStd: number) =>
    core.scope(() => {
      const modes = core.f32((1 + 3) * 4 + 3);
      const numbers = { priorStd, followsMode: 1, modes };
      const built = buildBelief(core, known, { ...certain([0], 1), candidates: 4, horizon: 1, numbers });
      [5, 5.2, -5, 5.1].forEach((u, n) => {
        built.actions[n] = u;
      });
      built.weights.set(even(4));
      refine(core, built.plan);
      assert.equal(laneActions(built, 2), [[-5]]);
      return built.mean[0];
    });
  assert.ok(Math.abs(meanOf(1) - 5.1) < 1e-6);
  // deviations of 4.4 are below .15 of 100
  assert.ok(Math.abs(meanOf(100) - 2.575) < 1e-6);
});

test.run();
