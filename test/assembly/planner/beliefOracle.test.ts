/** Both planner families against enumerated posteriors, soft dynamic programming, and a fork of equal means. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../../src/core/core.ts";
import { fork } from "../../../src/models/problems/fork.ts";
import { tMaze } from "../../../src/models/problems/tMaze.ts";
import { simulationOf } from "../../../src/models/simulation.ts";
import { tabularModel } from "../../../src/models/tabular.ts";
import { oneHot } from "../../helpers/belief.ts";
import { expectNear, posteriorMean } from "../../helpers/posterior.ts";
import { average, randomRow, sum } from "../../reference/arrays.ts";
import { type BeliefModel, scoreOfBelief, tabularTwin } from "../../reference/belief.ts";
import { logNormal, softmax } from "../../reference/density.ts";
import { mulberry32 } from "../../reference/kernels.ts";

const core = await createCore({ bytes: 1 << 25 });

/** Tables of three actions with random rewards, whose rows of the transition are `row`. */
function tablesOf(seed: number, S: number, row: (random: () => number) => number[]) {
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
        const known = simulationOf(core, tabularModel(tables));
        const numbers = { temperature, discount, usesEvidence, prior: core.f32(prior), broadShare: 0.1 };
        const task = { known, state: [0], particles: 2, candidates: 8192, horizon, numbers };
        for (let k = 0; k < 3; k++) {
          const expected = sum(q.filter((_, i) => sequences[i][0][k] === 1));
          const actual = posteriorMean(core, family, task, (action) => action[k]);
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
      const known = simulationOf(core, tabularModel({ ...tables, value: V }));
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
        const actual = posteriorMean(core, family, { ...task, numbers }, (action) => action[k]);
        expectNear(actual, q[k], bias, 0.11);
        const optimistic = {
          ...task,
          particles: 4,
          candidates: 8192,
          numbers: { ...numbers, usesEvidence: 1 },
        };
        const lucky = posteriorMean(core, family, optimistic, (action) => action[k]);
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
    const known = simulationOf(core, fork({ places: chances, rewards: places, steady: 1 }));
    const task = { known, state: [0], particles: 128, candidates: 2048, horizon: 1 };
    const isRandom = (action: number[]) => action[1];
    // E exp of a mean of 128 rewards: e^(1/256) in the odds, at most ¼ of that in the probability
    const calm = posteriorMean(core, family, { ...task, numbers: {} }, isRandom);
    expectNear(calm, 0.5, 1 / 1024 + 1 / 128, 0.08);
    const lucky = { ...task, particles: 8, candidates: 8192, numbers: { usesEvidence: 1 } };
    const odds = Math.exp(1.5 - 1);
    expectNear(posteriorMean(core, family, lucky, isRandom), odds / (1 + odds), 1 / 512, 0.08);
  });

for (const family of ["iterated", "smc"] as const)
  test(`a T-maze of two steps, ${family}: the enumerated posterior of rewards and exact mutual informations`, () => {
    core.scope(() => {
      const [p, cost, temperature, M] = [0.9, 0.15, 0.3, 128];
      // what one look tells, and two: ln 2 − H(p), and H(x1 x2) − 2 H(p)
      const entropy = (...q: number[]) => -sum(q.map((value) => value * Math.log(value)));
      const one = Math.LN2 - entropy(p, 1 - p);
      const same = (p * p + (1 - p) ** 2) / 2;
      const two = entropy(same, same, 0.5 - same, 0.5 - same) - 2 * entropy(p, 1 - p);
      // an arm ends the world, whatever follows
      const looking = [-2 * cost + two, -cost + one + 0.5, -cost + one + 0.5];
      const scores = [...looking, ...new Array<number>(6).fill(0.5)];
      const q = softmax(scores.map((score) => score / temperature));
      const known = simulationOf(core, tMaze({ validity: p, cost }));
      const states = Array.from({ length: M }, (_, k) => [k % 2]);
      const task = { known, state: [0], states, particles: M, candidates: 1024, horizon: 2 };
      const look = posteriorMean(
        core,
        family,
        { ...task, numbers: { usesInformation: 1, temperature } },
        ([k]) => k,
      );
      // means of 128 ratios in the exponent: variance / 2 M η² in the odds, a quarter in the probability; and 16 / 1024
      const variance = 2 * p * (1 - p) * Math.log(p / (1 - p)) ** 2;
      const bias = variance / (8 * M * temperature ** 2) + 1 / 64;
      expectNear(look, q[0] + q[1] + q[2], bias, 0.12);
    });
  });

test.run();
