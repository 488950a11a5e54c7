/** The habit as the prior of the first action, in the weights. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  askHabit,
  propose,
  refine,
  rollout,
  setPlan,
  weigh,
  weighFirstActions,
} from "../../../src/core/planner.ts";
import { linearGaussianModel } from "../../../src/models/linearGaussian.ts";
import { simulationOf } from "../../../src/models/simulation.ts";
import { buildBelief, certain, laneActions } from "../../helpers/belief.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { actionsOf, type Built, buildPlan, constant, linear, worldOf } from "../../helpers/plan.ts";
import { average, randomRow, randomRows, sum } from "../../reference/arrays.ts";
import { logNormal, softmax } from "../../reference/density.ts";
import { firstActionRatio } from "../../reference/firstActions.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import { mlp } from "../../reference/nn.ts";
import { normalise, type World } from "../../reference/planner.ts";

const core = debugCore(1 << 24);

/** A plan whose candidates have their ratios. */
interface Weighed extends Built {
  readonly priorRatios: Float32Array;
}

/** Proposed, simulated and compared with the prior, of which the habit has the share `mass`. */
function weighed(world: World, mass: number, isInUse = true): Weighed {
  const built = buildPlan(core, world);
  const { plans, candidates, isDiscrete, bins } = world;
  const A = world.mean[0].length / world.horizon;
  const unset = (size: number) => core.f32(size).fill(Number.NaN);
  const priorRatios = unset(Math.ceil((plans * candidates) / 32) * 32);
  setPlan(core, built.plan, {
    ...{ priorRatios, priorWeight: 1, priorStd: 1, weighsHabit: 1, habitMass: mass },
    targets: unset(priorRatios.length),
    firstPriors: unset(plans * (isDiscrete ? 1 : A) * 3 * bins),
  });
  if (isInUse) askHabit(core, built.plan);
  propose(core, built.plan);
  rollout(core, built.plan);
  weighFirstActions(core, built.plan);
  return { ...built, priorRatios };
}

const D = 2;

/** Plans with random centres and a random habit. */
function randomWorld(A: number, isDiscrete: boolean, changes: Partial<World> = {}): World {
  const random = mulberry32(A);
  const [plans, horizon, bins] = [3, 2, isDiscrete ? A : 7];
  const outputs = isDiscrete ? A : A * bins;
  return worldOf(D, A, {
    ...{ plans, horizon, bins, isDiscrete, candidates: 20, habitCandidates: 5 },
    habit: linear(randomRows(random, outputs, D, -1, 1), randomRow(random, outputs, -1, 1)),
    starts: randomRows(random, plans, D, -1, 1),
    mean: Array.from({ length: plans }, () =>
      isDiscrete
        ? Array.from({ length: horizon }, () => softmax(randomRow(random, A, -1, 1)).map(Math.fround)).flat()
        : randomRow(random, horizon * A, -0.8, 0.8),
    ),
    std: Array.from({ length: plans }, () => randomRow(random, horizon * A, 0.5, 1.2)),
    ...changes,
  });
}

/** Probabilities of the habit where plan s begins, [groups][bins]. */
function habitAt(world: World, s: number): number[][] {
  const logits = mlp(world.habit, normalise(world, world.starts[s]));
  const groups = logits.length / world.bins;
  return Array.from({ length: groups }, (_, g) =>
    softmax(logits.slice(g * world.bins, (g + 1) * world.bins)),
  );
}

for (const [A, isDiscrete] of [
  [1, false],
  [3, false],
  [4, true],
] as const)
  for (const mass of [0.75, 1])
    test(`ratios are those of the twin: ${A} ${isDiscrete ? "actions" : "dimensions"}, habit ${mass} of the prior`, () => {
      core.scope(() => {
        const world = randomWorld(A, isDiscrete);
        const { priorRatios, ...built } = weighed(world, mass);
        for (let s = 0; s < world.plans; s++)
          for (let n = 0; n < world.candidates; n++) {
            const [action] = actionsOf({ ...built, priorRatios } as Built, s, n);
            const first = { habit: habitAt(world, s), mean: world.mean[s].slice(0, A), isDiscrete, mass };
            const expected = firstActionRatio({ ...first, std: world.std[s], share: 5 / 20 }, action);
            // cumulative probabilities err by 7.5e-8, of which a bin of the plan has at least 1e-3
            const error = Math.abs(priorRatios[s * world.candidates + n] - expected);
            assert.ok(error < 3e-4, `${s} ${n}: ${expected}`);
          }
      });
    });

test("the ratios average to 1 under what proposed the candidates: they are those of two distributions", () => {
  core.scope(() => {
    const world = randomWorld(2, false, { candidates: 4000, habitCandidates: 1000 });
    const { priorRatios } = weighed(world, 0.75);
    for (let s = 0; s < world.plans; s++) {
      const ratios = Array.from(priorRatios.subarray(s * 4000, (s + 1) * 4000), Math.exp);
      const variance = average(ratios.map((ratio) => (ratio - 1) ** 2));
      // four standard errors, and the first candidate, which is not drawn
      assert.ok(Math.abs(average(ratios) - 1) < 4 * Math.sqrt(variance / 4000) + 1e-3);
    }
  });
});

for (const mask of [undefined, [0, 1, 1, 1, 0, 1]])
  test(`so they do for groups of choices, ${mask ? "where some are not allowed" : "all of them allowed"}`, () => {
    core.scope(() => {
      const [random, groups] = [mulberry32(9), [3, 2, 1]];
      const step = () => groups.flatMap((n) => softmax(randomRow(random, n, -1, 1)).map(Math.fround));
      const mean = [0, 1, 2].map(() => [...step(), ...step()]);
      const changes = {
        groups,
        mean,
        candidates: 4000,
        habitCandidates: 1000,
        ...(mask && { mask: [mask, mask, mask] }),
      };
      const { priorRatios } = weighed(randomWorld(6, true, changes), 0.75);
      for (let s = 0; s < 3; s++) {
        const ratios = Array.from(priorRatios.subarray(s * 4000, (s + 1) * 4000), Math.exp);
        const variance = average(ratios.map((ratio) => (ratio - 1) ** 2));
        assert.ok(variance > 1e-3);
        assert.ok(Math.abs(average(ratios) - 1) < 4 * Math.sqrt(variance / 4000) + 1e-3);
      }
    });
  });

test("what is proposed by the prior is weighed alike", () => {
  core.scope(() => {
    const still = { mean: [[0, 0]], std: [[1, 1]], plans: 1, starts: [[0, 0]] };
    const { priorRatios } = weighed(randomWorld(1, false, still), 5 / 20);
    assert.ok(maxAbsError(priorRatios.subarray(0, 20), new Array(20).fill(0)) < 1e-6);
  });
});

test("until the habit is in use, the prior is N(0, 1) by densities", () => {
  core.scope(() => {
    const world = randomWorld(2, false, { habitCandidates: 0 });
    const built = weighed(world, 0, false);
    for (let lane = 0; lane < world.plans * world.candidates; lane++) {
      const s = Math.floor(lane / world.candidates);
      const [u] = actionsOf(built, s, lane % world.candidates);
      const ratios = u.map(
        (value, a) => logNormal(value, 0, 1) - logNormal(value, world.mean[s][a], world.std[s][a] ** 2),
      );
      // two terms of up to ten: 2 · 10 · 2⁻²²
      assert.ok(Math.abs(built.priorRatios[lane] - sum(ratios)) < 5e-6);
    }
  });
});

/** Scalar linear-quadratic control, as the other planners' tests have it: N(0, 1) exp(−q (a x + b u)² / 2η). */
const [a, b, q, x, eta] = [0.9, 1.5, 2, 0.8, 2];
const sharpness = q / eta;
const exact = {
  mean: (-b * sharpness * a * x) / (1 + b * b * sharpness),
  variance: 1 / (1 + b * b * sharpness),
};

/** Moments of the first action under the weights, after rounds. */
function lqMoments(rounds: number, priorWeight: number, candidates = 8192) {
  const known = simulationOf(
    core,
    linearGaussianModel({
      transition: [[a]],
      control: [[b]],
      observation: [[1]],
      transitionCovariance: [[0]],
      observationCovariance: [[1]],
      stateCost: [[q]],
    }),
  );
  return core.scope(() => {
    const numbers = { temperature: eta, priorWeight, weighsHabit: 1, usesInformation: 0, essShare: 0 };
    const built = buildBelief(core, known, { ...certain([x], 1), candidates, horizon: 1, numbers });
    for (let round = 0; round < rounds; round++) {
      setPlan(core, built.plan, { step: round });
      propose(core, built.plan);
      rollout(core, built.plan);
      weighFirstActions(core, built.plan);
      weigh(core, built.plan);
      refine(core, built.plan);
    }
    assert.equal(laneActions(built, 0).length, 1);
    return { mean: built.mean[0], variance: built.std[0] ** 2 };
  });
}

for (const rounds of [1, 2, 3, 5])
  test(`with κ = 1 the scalar linear-quadratic posterior is exact after ${rounds} rounds`, () => {
    const { mean, variance } = lqMoments(rounds, 1);
    // in the first round two fifths of 8192 candidates count: four standard errors of deviation .55
    assert.ok(Math.abs(mean - exact.mean) < (4 * 0.55) / Math.sqrt(3300), `${mean}, ${exact.mean}`);
    assert.ok(Math.abs(variance / exact.variance - 1) < 0.15, `${variance}, ${exact.variance}`);
  });

test("with κ = 0 the second round weighs the scores twice", () => {
  const twice = 2 * sharpness;
  const { mean } = lqMoments(2, 0);
  assert.ok(Math.abs(mean - (-b * twice * a * x) / (1 + b * b * twice)) < 0.02);
  assert.ok(Math.abs(mean - exact.mean) > 0.03);
});

test("a habit that never does what the plan proposes leaves the broad part, and no weight is NaN", () => {
  core.scope(() => {
    const logits = [0, 0, 0, 0, 60];
    const world = worldOf(1, 1, {
      ...{ bins: 5, candidates: 8, habitCandidates: 2 },
      ...{ habit: constant(1, logits), mean: [[-2]], std: [[0.2]] },
    });
    const built = weighed(world, 0.75);
    assert.ok(built.priorRatios.subarray(0, 8).every(Number.isFinite), String(built.priorRatios));
    weigh(core, built.plan);
    assert.ok(Math.abs(sum([...built.weights.subarray(0, 8)]) - 1) < 1e-6);
  });
});

test.run();
