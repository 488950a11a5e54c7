/** The action prior's log-ratio of the candidates, and its place in their weights. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { propose, setPlan, weigh } from "../../../src/core/planner.ts";
import { linearGaussianModel } from "../../../src/models/linearGaussian.ts";
import { type Simulation, simulationOf } from "../../../src/models/simulation.ts";
import { tabularModel } from "../../../src/models/tabular.ts";
import { type BuiltBelief, buildBelief, certain, laneActions } from "../../helpers/belief.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { actionsOf, buildPlan, worldOf } from "../../helpers/plan.ts";
import { average, randomRow, sum } from "../../reference/arrays.ts";
import { logNormal, softmax } from "../../reference/density.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import { effectiveSampleSize } from "../../reference/planner.ts";

const core = debugCore(1 << 23);

const zeros = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => new Array(columns).fill(0));
const still = (A: number): Simulation =>
  simulationOf(
    core,
    linearGaussianModel({
      transition: [[1]],
      control: zeros(1, A),
      observation: [[1]],
      transitionCovariance: [[0]],
      observationCovariance: [[1]],
      stateCost: [[0]],
    }),
  );
const choice = (A: number): Simulation =>
  simulationOf(
    core,
    tabularModel({
      transition: [zeros(A, 1).map(() => [1])],
      reward: [new Array<number>(A).fill(0)],
      observation: zeros(A, 1).map(() => [[1]]),
      initial: [1],
    }),
  );

/** One ρ for all candidates. */
function persistent({ persistence }: Record<string, number>) {
  return persistence === undefined ? {} : { persistence: core.f32([0, 1, 2, 3].map(() => persistence)) };
}

/** Proposed candidates of plans with random means and stds, or probabilities. */
function proposed(
  known: Simulation,
  numbers: Record<string, number>,
  prior?: number[],
  plans = 3,
): BuiltBelief {
  const [horizon, candidates, A] = [4, 20, known.actionSize];
  const one = certain([0], 1);
  const problem = {
    ...{ plans, horizon, candidates },
    states: new Array(plans).fill(one.states[0]),
    logWeights: new Array(plans).fill([0]),
    numbers: { priorWeight: 1, ...numbers, ...persistent(numbers), ...(prior && { prior: core.f32(prior) }) },
  };
  const built = buildBelief(core, known, problem);
  const random = mulberry32(8);
  if (known.isDiscrete)
    for (let i = 0; i < plans * horizon; i++) built.mean.set(softmax(randomRow(random, A, -1, 1)), i * A);
  else {
    built.mean.set(randomRow(random, plans * horizon * A, -1, 1));
    built.std.set(randomRow(random, plans * horizon * A, 0.3, 1.2));
  }
  propose(core, built.plan);
  return built;
}

const [A, H] = [2, 4];

/** Σ_τ log p_a(u_τ) − log proposal(u_τ | u_{τ−1}), in f64 */
function pathRatio(built: BuiltBelief, lane: number, options: Record<string, number>): number {
  const { persistence: correlation = 0, broadShare = 0, broadStd = 3, priorStd = 1 } = options;
  const u = laneActions(built, lane);
  const at = (values: Float32Array, time: number, a: number) =>
    values[(Math.floor(lane / built.problem.candidates) * H + time) * A + a];
  const noise = (time: number, a: number) => (u[time][a] - at(built.mean, time, a)) / at(built.std, time, a);
  return sum(
    u.map((action, time) => {
      const prior = sum(action.map((value) => logNormal(value, 0, priorStd ** 2)));
      const narrow = action.map((value, a) => {
        const std = at(built.std, time, a);
        if (time === 0) return logNormal(value, at(built.mean, time, a), std ** 2);
        const centre = at(built.mean, time, a) + std * correlation * noise(time - 1, a);
        return logNormal(value, centre, std ** 2 * (1 - correlation ** 2));
      });
      const broad = sum(action.map((value) => logNormal(value, 0, broadStd ** 2)));
      return prior - Math.log((1 - broadShare) * Math.exp(sum(narrow)) + broadShare * Math.exp(broad));
    }),
  );
}

for (const options of [
  {},
  { priorStd: 0.4 },
  { persistence: 0.7 },
  { broadShare: 0.3, broadStd: 2, priorStd: 1.5 },
] as Record<string, number>[])
  test(`continuous sequences: ${JSON.stringify(options)}`, () => {
    core.scope(() => {
      const built = proposed(still(A), options);
      for (let lane = 0; lane < 60; lane++) {
        const expected = pathRatio(built, lane, options);
        // eight log-densities of up to forty in size: 8 · 40 · 2⁻²³, and as much for persistent noise
        assert.ok(Math.abs(built.priorRatios[lane] - expected) < 8e-5, `${lane}: ${expected}`);
      }
    });
  });

for (const [prior, broadShare] of [
  [undefined, 0],
  [[0.5, 0.3, 0.2], 0],
  [[0.1, 0.1, 0.8], 0.25],
] as const)
  test(`discrete sequences: prior ${prior ?? "uniform"}, broad share ${broadShare}`, () => {
    core.scope(() => {
      const built = proposed(choice(3), { broadShare }, prior && [...prior]);
      for (let lane = 0; lane < 60; lane++) {
        const s = Math.floor(lane / 20);
        const expected = sum(
          laneActions(built, lane).map((action, time) => {
            const k = action.indexOf(1);
            const p = (1 - broadShare) * built.mean[(s * H + time) * 3 + k] + broadShare / 3;
            return Math.log((prior?.[k] ?? 1 / 3) / p);
          }),
        );
        assert.ok(Math.abs(built.priorRatios[lane] - expected) < 1e-5);
      }
    });
  });

test("the ratio of several groups is the sum of theirs", () => {
  core.scope(() => {
    const [groups, few] = [[2, 3, 1], 20];
    const random = mulberry32(3);
    const p = Array.from({ length: 2 * H }, () =>
      groups.flatMap((n) => softmax(randomRow(random, n, -1, 1))),
    );
    const world = {
      ...{ plans: 2, candidates: few, horizon: H, isDiscrete: true, groups },
      mean: [p.slice(0, H).flat(), p.slice(H).flat()],
    };
    const built = buildPlan(core, worldOf(1, 6, world));
    const priorRatios = core.f32(64);
    setPlan(core, built.plan, { priorWeight: 1, priorRatios });
    propose(core, built.plan);
    for (let lane = 0; lane < 2 * few; lane++) {
      const s = Math.floor(lane / few);
      const expected = sum(
        actionsOf(built, s, lane % few).map((action, time) =>
          sum(
            [0, 2, 5].map((first, g) => {
              const k = action.indexOf(1, first);
              return Math.log(1 / groups[g] / p[s * H + time][k]);
            }),
          ),
        ),
      );
      assert.ok(Math.abs(priorRatios[lane] - expected) < 2e-5);
    }
  });
});

test("the broad share of the actions has the broad distribution, in all dimensions of a step together", () => {
  core.scope(() => {
    const known = still(2);
    const problem = { ...certain([0], 1), horizon: 2, candidates: 4000 };
    const numbers = { broadShare: 0.2, broadStd: 100, drawsCentre: 1 };
    const built = buildBelief(core, known, { ...problem, numbers });
    propose(core, built.plan);
    const first = Array.from({ length: 4000 }, (_, lane) => laneActions(built, lane)[0]);
    // |u| > 5.8 never comes from N(0, 1); from N(0, 100²) with .954, in both dimensions with .911
    const isBroad = ([u, v]: number[]) => Number(Math.abs(u) > 5.8 && Math.abs(v) > 5.8);
    const share = average(first.map(isBroad));
    const expected = 0.2 * 0.9538 ** 2;
    assert.ok(Math.abs(share - expected) < 4 * Math.sqrt((expected * (1 - expected)) / 4000));
  });
});

test("weights are softmax(score / η + κ ratio); without κ the ratios are neither written nor read", () => {
  core.scope(() => {
    const built = proposed(still(A), { priorWeight: 0.6, temperature: 0.5 });
    const random = mulberry32(4);
    built.scores.set(randomRow(random, 60));
    weigh(core, built.plan);
    for (let s = 0; s < 3; s++) {
      const lanes = Array.from({ length: 20 }, (_, n) => s * 20 + n);
      const logits = lanes.map((lane) => built.scores[lane] / 0.5 + 0.6 * built.priorRatios[lane]);
      const weights = lanes.map((lane) => built.weights[lane]);
      assert.ok(maxAbsError(weights, softmax(logits)) < 1e-5);
      const value = sum(lanes.map((lane) => built.weights[lane] * built.scores[lane]));
      assert.ok(Math.abs(built.info[4 * s] - value) < 1e-5);
      assert.is(built.info[4 * s + 3], Math.max(...lanes.map((lane) => built.scores[lane])));
    }
    const plain = proposed(still(A), { priorWeight: 0 });
    assert.ok(plain.priorRatios.every(Number.isNaN));
    plain.scores.set(built.scores);
    setPlan(core, plain.plan, { temperature: 0.5 });
    weigh(core, plain.plan);
    const scores = Array.from(plain.scores.subarray(20, 40), (score) => score / 0.5);
    assert.ok(maxAbsError(plain.weights.subarray(20, 40), softmax(scores)) < 1e-6);
  });
});

test("the scores are tempered beside the prior: to a share of the candidates that count without them", () => {
  core.scope(() => {
    const essShare = 0.5;
    const built = proposed(still(A), { priorWeight: 0.1, temperature: 0.01, essShare });
    const random = mulberry32(4);
    built.scores.set(randomRow(random, 60, -1000, 1000));
    weigh(core, built.plan);
    for (let s = 0; s < 3; s++) {
      const lanes = Array.from({ length: 20 }, (_, n) => s * 20 + n);
      const [, k, ess] = built.info.subarray(4 * s, 4 * s + 3);
      const weightsAt = (share: number) =>
        softmax(lanes.map((lane) => (share * built.scores[lane]) / 0.01 + 0.1 * built.priorRatios[lane]));
      const most = effectiveSampleSize(weightsAt(0));
      assert.ok(most > 4 && most < 19.5 && k < 1, `${most}`);
      // k to 2⁻¹² of itself, from below
      assert.ok(ess >= essShare * most * (1 - 1e-5) && ess < essShare * most * 1.003, `${ess} of ${most}`);
      const weights = lanes.map((lane) => built.weights[lane]);
      // exponents of up to 1e6 times the prior's precision, tempered to about ten: 10 · 2⁻¹²
      assert.ok(maxAbsError(weights, weightsAt(k)) < 3e-3);
    }
  });
});

test("the prior's draws are weighted alike, whatever is drawn, when they are proposed by the prior", () => {
  core.scope(() => {
    const built = buildBelief(core, still(2), {
      ...certain([0], 1),
      horizon: 3,
      candidates: 40,
      numbers: { priorWeight: 1, priorStd: 1 },
    });
    propose(core, built.plan);
    assert.equal([...built.priorRatios.subarray(0, 40)], new Array(40).fill(0));
  });
});

test.run();
