/** Posteriors of both planner families against exact ones: linear-quadratic, enumerated, and soft dynamic programming. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../../src/core/core.ts";
import {
  labelFirstAction,
  type PlanValues,
  planSequentially,
  propose,
  refine,
  rolloutBelief,
  setPlan,
  weigh,
} from "../../../src/core/planner.ts";
import type { KnownModel } from "../../../src/models/knownModel.ts";
import { linearGaussianPomdp } from "../../../src/models/linearGaussianPomdp.ts";
import { fork } from "../../../src/models/pomdps.ts";
import { type PomdpTables, tabularPomdp } from "../../../src/models/tabularPomdp.ts";
import { type BuiltBelief, buildBelief, certain, laneActions, oneHot } from "../../belief.ts";
import { average, integral, randomRow, sum } from "../../reference/arrays.ts";
import { type BeliefModel, linearGaussianTwin, scoreOfBelief, tabularTwin } from "../../reference/belief.ts";
import { logNormal, softmax } from "../../reference/density.ts";
import { mulberry32 } from "../../reference.ts";

const core = await createCore({ bytes: 1 << 25 });

type Family = "iterated" | "smc";

interface Task {
  readonly known: KnownModel;
  readonly state: readonly number[];
  readonly particles: number;
  readonly candidates: number;
  readonly horizon: number;
  readonly numbers: Partial<PlanValues>;
  /** Standard deviation of the proposals of u. */
  readonly std?: number;
}

/** Runs a family `rounds` times; hands on what each round leaves. */
function solve(
  family: Family,
  task: Task,
  rounds: number,
  read: (built: BuiltBelief, round: number) => void,
) {
  core.scope(() => {
    const { known, state, particles, candidates, horizon, numbers, std = 1 } = task;
    const isSequential = family === "smc";
    const all = { usesInformation: 0, priorWeight: 1, priorStd: std, ...numbers };
    const problem = { ...certain(state, particles), candidates, horizon, numbers: all };
    const built = buildBelief(core, known, problem, isSequential);
    built.std.fill(std);
    for (let round = 0; round < rounds; round++) {
      setPlan(core, built.plan, { step: round });
      if (isSequential) {
        planSequentially(core, built.plan);
      } else {
        propose(core, built.plan);
        rolloutBelief(core, built.plan);
        weigh(core, built.plan);
      }
      labelFirstAction(core, built.plan);
      read(built, round);
      // the iterated family goes on from what it found
      if (!isSequential) refine(core, built.plan);
    }
  });
}

/** Σ w f and √ Σ w² (f − mean)², the standard error of self-normalised importance sampling. */
function estimate({ weights, problem }: BuiltBelief, f: (lane: number) => number) {
  const w = [...weights.subarray(0, problem.candidates)];
  const values = w.map((_, lane) => f(lane));
  const mean = sum(values.map((value, n) => w[n] * value));
  return { mean, error: Math.sqrt(sum(values.map((value, n) => (w[n] * (value - mean)) ** 2))) };
}

/** Mean and standard error of independent estimates. */
function together(values: readonly number[]) {
  const mean = average(values);
  const variance = sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

/** What a family makes of a function of the first action: the last of three iterations, or sixteen runs. */
function posteriorMean(family: Family, task: Task, f: (action: number[]) => number) {
  if (family === "iterated") {
    let result = { mean: Number.NaN, error: Number.NaN };
    solve(family, task, 3, (built) => {
      result = estimate(built, (lane) => f(laneActions(built, lane)[0]));
    });
    return result;
  }
  const runs: number[] = [];
  solve(family, { ...task, candidates: task.candidates / 16 }, 16, (built) => {
    runs.push(estimate(built, (lane) => f(laneActions(built, lane)[0])).mean);
  });
  return together(runs);
}

/** The estimate within 4σ of `expected` and a bias; the error small enough to tell something. */
function expectNear(
  actual: { mean: number; error: number },
  expected: number,
  bias: number,
  resolution: number,
) {
  const tolerance = 4 * actual.error + bias;
  assert.ok(tolerance < resolution, `tolerance ${tolerance}`);
  assert.ok(Math.abs(actual.mean - expected) < tolerance, `${actual.mean}, ${expected} ± ${tolerance}`);
}

const scalar = (a: number, b: number, q: number, W: number) =>
  linearGaussianPomdp(core, {
    transition: [[a]],
    control: [[b]],
    processNoise: [[Math.sqrt(W)]],
    observation: [[1]],
    observationStd: [1],
    stateCost: [[q]],
  });

for (const family of ["iterated", "smc"] as const)
  for (const [risk, W, particles] of [
    ["variational", 0, 1],
    ["variational", 0.6, 32],
    ["evidence", 0.6, 1],
    ["evidence", 0.6, 8],
  ] as const)
    test(`scalar linear-quadratic, ${family}, ${risk}, W=${W}, ${particles} particles: q*(u) = N(μ, 1/Λ)`, () => {
      const [a, b, q, sigma, x, eta] = [0.9, 1.5, 2, 0.5, 0.8, 0.5];
      const known = scalar(a, b, q, W);
      const numbers = { temperature: eta, usesEvidence: Number(risk === "evidence") };
      const task = { known, state: [x], particles, candidates: 8192, horizon: 1, numbers, std: sigma };
      // the mean of M noises has variance W / M: variational, q/η becomes q / (η + q W / M); evidence, q / (η + q W)
      const noise = risk === "evidence" ? W : W / particles;
      const sharpness = q / (eta + q * noise);
      const precision = 1 / sigma ** 2 + b * b * sharpness;
      const mean = (-b * sharpness * a * x) / precision;
      // N candidates of self-normalised weights: bias of the order of one over those that count
      const bias = 2 / 8192;
      const bias16 = family === "smc" ? 16 * bias : bias;
      expectNear(
        posteriorMean(family, task, ([u]) => u),
        mean,
        bias16,
        0.06,
      );
      const variance = posteriorMean(family, task, ([u]) => (u - mean) ** 2);
      expectNear(variance, 1 / precision, bias16, 0.3 / precision);
      // the two modes of risk are further apart than the tolerance: variational stays at the answer without noise
      const calm = 1 / sigma ** 2 + (b * b * q) / eta;
      const calmMean = (-b * (q / eta) * a * x) / calm;
      if (risk === "evidence") assert.ok(Math.abs(calmMean - mean) > 0.06);
      else assert.ok(Math.abs(calmMean - mean) < 0.025);
    });

/** First gain of the finite-horizon LQR with cost ½ x'ᵀ Q x' + ½ r u², two states, end cost P; as [K_1, K_2]. */
function gainOf(
  A: number[][],
  B: number[],
  Q: number[][],
  end: number[][],
  r: number,
  steps: number,
): number[] {
  let P = end;
  let K = [0, 0];
  for (let i = 0; i < steps; i++) {
    const S = Q.map((row, i) => row.map((value, j) => value + P[i][j]));
    const SB = S.map((row) => row[0] * B[0] + row[1] * B[1]);
    const scale = r + B[0] * SB[0] + B[1] * SB[1];
    K = [0, 1].map((j) => (SB[0] * A[0][j] + SB[1] * A[1][j]) / scale);
    const closed = A.map((row, i) => row.map((value, j) => value - B[i] * K[j]));
    const moved = [0, 1].map((i) => [0, 1].map((j) => S[i][0] * closed[0][j] + S[i][1] * closed[1][j]));
    // A' S (A − B K)
    P = [0, 1].map((i) => [0, 1].map((j) => A[0][i] * moved[0][j] + A[1][i] * moved[1][j]));
  }
  return K;
}

for (const family of ["iterated", "smc"] as const)
  for (const horizon of [2, 4])
    test(`multi-step linear-quadratic, ${family}, H=${horizon}: the first action is −K x of the LQR with η/σ²`, () => {
      const [A, B] = [
        [
          [1, 0.4],
          [-0.3, 0.9],
        ],
        [0.2, 0.8],
      ];
      const [Q, end] = [
        [
          [1, 0],
          [0, 0.2],
        ],
        [
          [2, 0.3],
          [0.3, 1],
        ],
      ];
      const [eta, sigma, x] = [0.5, 0.7, [1, 0.5]];
      const known = linearGaussianPomdp(core, {
        transition: A,
        control: B.map((value) => [value]),
        processNoise: [
          [0, 0],
          [0, 0],
        ],
        observation: [[1, 0]],
        observationStd: [1],
        stateCost: Q,
        valueCost: end,
      });
      const numbers = { temperature: eta };
      const task = { known, state: x, particles: 1, candidates: 16384, horizon, numbers, std: sigma };
      const K = gainOf(A, B, Q, end, eta / sigma ** 2, horizon);
      const expected = -(K[0] * x[0] + K[1] * x[1]);
      assert.ok(Math.abs(expected) > 0.2);
      expectNear(
        posteriorMean(family, task, ([u]) => u),
        expected,
        family === "smc" ? 16 / 1024 : 1e-3,
        0.08,
      );
    });

/** Tables of three actions with random rewards, whose rows of the transition are `row`. */
function tablesOf(seed: number, S: number, row: (random: () => number) => number[]): PomdpTables {
  const random = mulberry32(seed);
  const rows = <T>(make: () => T) => Array.from({ length: S }, () => [0, 1, 2].map(make));
  return {
    transition: rows(() => row(random)),
    reward: rows(() => randomRow(random, S, -1, 1)),
    observation: [0, 1, 2].map(() => Array.from({ length: S }, () => [1])),
    initial: oneHot(0, S),
    value: randomRow(random, S, -1, 1),
  };
}

const noDraws = { noise: () => [0], epsilon: () => [0], reward: () => 0 };
const settings = {
  conditioning: "none" as const,
  contrasts: 0,
  informationWeight: 0,
  rewardNoise: 0,
  hasValue: true,
};

for (const family of ["iterated", "smc"] as const)
  for (const usesEvidence of [0, 1])
    test(`deterministic tables, ${family}, ${usesEvidence ? "evidence" : "variational"}: the enumerated posterior`, () => {
      core.scope(() => {
        const [S, horizon, temperature, discount] = [4, 4, 0.4, 0.9];
        const tables = tablesOf(5, S, (random) => oneHot(Math.floor(random() * S), S));
        const twin: BeliefModel = tabularTwin(tables);
        const sequences = Array.from({ length: 3 ** horizon }, (_, i) =>
          Array.from({ length: horizon }, (_, time) => oneHot(Math.floor(i / 3 ** time) % 3, 3)),
        );
        const belief = { states: [[0]], logWeights: [0] };
        const all = { ...settings, isEvidence: usesEvidence === 1, temperature, discount };
        const scores = sequences.map((actions) => scoreOfBelief(twin, belief, actions, noDraws, all));
        const prior = [0.5, 0.3, 0.2];
        const q = softmax(
          sequences.map((actions, i) => {
            const logPrior = sum(actions.map((action) => Math.log(prior[action.indexOf(1)])));
            return logPrior + scores[i] / temperature;
          }),
        );
        const known = tabularPomdp(core, tables);
        const numbers = { temperature, discount, usesEvidence, prior: core.f32(prior), broadShare: 0.1 };
        const task = { known, state: [0], particles: 2, candidates: 8192, horizon, numbers };
        for (let k = 0; k < 3; k++) {
          const expected = sum(q.filter((_, i) => sequences[i][0][k] === 1));
          const actual = posteriorMean(family, task, (action) => action[k]);
          expectNear(actual, expected, (family === "smc" ? 16 : 1) / 8192, 0.08);
        }
      });
    });

for (const family of ["iterated", "smc"] as const)
  test(`one step with the exact soft value is soft dynamic programming on a stochastic table: ${family}`, () => {
    core.scope(() => {
      const [S, temperature, discount] = [5, 0.3, 0.9];
      const tables = tablesOf(9, S, (random) => softmax(randomRow(random, S, -1.5, 1.5)));
      // Q = Σ p(s') (r + γ V),  V = η log 1/A Σ_a exp(Q / η)
      let V = new Array<number>(S).fill(0);
      let Q: number[][] = [];
      const outcomes = (s: number, a: number) =>
        V.map((value, next) => (tables.reward[s][a] as number[])[next] + discount * value);
      for (let i = 0; i < 500; i++) {
        Q = V.map((_, s) =>
          [0, 1, 2].map((a) => sum(outcomes(s, a).map((g, k) => tables.transition[s][a][k] * g))),
        );
        V = Q.map(
          (row) => temperature * Math.log(average(row.map((value) => Math.exp(value / temperature)))),
        );
      }
      const known = tabularPomdp(core, { ...tables, value: V });
      const variances = Q[0].map((mean, a) =>
        sum(outcomes(0, a).map((g, k) => tables.transition[0][a][k] * (g - mean) ** 2)),
      );
      const M = 256;
      const task = { known, state: [0], particles: M, candidates: 1024, horizon: 1 };
      const q = softmax(Q[0].map((value) => value / temperature));
      // a mean of M outcomes in the exponent: E exp(noise / η) = exp(variance / 2 M η²), off by as much in the odds
      const bias = Math.max(...variances) / (2 * M * temperature ** 2) + 1 / 64;
      const evidence = [0, 1, 2].map((a) =>
        sum(outcomes(0, a).map((g, k) => tables.transition[0][a][k] * Math.exp(g / temperature))),
      );
      for (let k = 0; k < 3; k++) {
        const numbers = { temperature, discount };
        const actual = posteriorMean(family, { ...task, numbers }, (action) => action[k]);
        expectNear(actual, q[k], bias, 0.11);
        const optimistic = {
          ...task,
          particles: 4,
          candidates: 8192,
          numbers: { ...numbers, usesEvidence: 1 },
        };
        const lucky = posteriorMean(family, optimistic, (action) => action[k]);
        expectNear(lucky, evidence[k] / sum(evidence), family === "smc" ? 16 / 8192 : 1 / 8192, 0.08);
      }
    });
  });

/** N(1, 1) on a grid of a quarter: E exp r = exp 1.5 as for the continuous one, to 1e-9. */
const places = Array.from({ length: 57 }, (_, i) => -6 + i / 4);
const chances = softmax(places.map((r) => logNormal(r, 1, 1)));

for (const family of ["iterated", "smc"] as const)
  test(`a fork of reward 1 against N(1, 1), ${family}: variational is indifferent, evidence hopes for luck`, () => {
    assert.ok(Math.abs(Math.log(sum(chances.map((p, i) => p * Math.exp(places[i])))) - 1.5) < 1e-9);
    const known = tabularPomdp(core, fork({ places: chances, rewards: places, steady: 1 }));
    const task = { known, state: [0], particles: 128, candidates: 2048, horizon: 1 };
    const isRandom = (action: number[]) => action[1];
    // E exp of a mean of 128 rewards: e^(1/256) in the odds, at most ¼ of that in the probability
    const calm = posteriorMean(family, { ...task, numbers: {} }, isRandom);
    expectNear(calm, 0.5, 1 / 1024 + 1 / 128, 0.08);
    const lucky = { ...task, particles: 8, candidates: 8192, numbers: { usesEvidence: 1 } };
    const odds = Math.exp(1.5 - 1);
    expectNear(posteriorMean(family, lucky, isRandom), odds / (1 + odds), 1 / 512, 0.08);
  });

test("both modes of risk agree to rounding where nothing is left to chance", () => {
  const known = scalar(0.9, 1.5, 2, 0);
  const scores = [0, 1].map((usesEvidence) => {
    let found: number[] = [];
    const numbers = { usesEvidence, temperature: 0.5 };
    const task = { known, state: [0.8], particles: 7, candidates: 64, horizon: 3, numbers };
    solve("iterated", task, 1, ({ scores }) => {
      found = [...scores.subarray(0, 64)];
    });
    return found;
  });
  const largest = Math.max(...scores[0].map(Math.abs));
  scores[0].forEach((score, n) => {
    assert.ok(Math.abs(score - scores[1][n]) < 1e-5 * largest);
  });
});

test("the linear-quadratic posterior is that of a numerical integral, too", () => {
  const [a, b, q, sigma, x, eta] = [0.9, 1.5, 2, 0.5, 0.8, 0.5];
  const twin = linearGaussianTwin({
    transition: [[a]],
    control: [[b]],
    processNoise: [[0]],
    observation: [[1]],
    observationStd: [1],
    stateCost: [[q]],
  });
  const weight = (u: number) =>
    Math.exp(logNormal(u, 0, sigma ** 2) + twin.reward([x], [u], twin.next([x], [u], [0])) / eta);
  const mean = integral((u) => u * weight(u), -4, 4) / integral(weight, -4, 4);
  const precision = 1 / sigma ** 2 + (b * b * q) / eta;
  assert.ok(Math.abs(mean - (-b * q * a * x) / (eta * precision)) < 1e-9);
});

test.run();
