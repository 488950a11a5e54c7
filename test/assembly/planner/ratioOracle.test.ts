/** The planner's log-likelihood ratio against exact mutual informations: Tiger, a cue, and linear-Gaussian systems. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../../src/core/core.ts";
import { rollout } from "../../../src/core/planner.ts";
import { linearGaussianModel } from "../../../src/models/linearGaussian.ts";
import { fork } from "../../../src/models/problems/fork.ts";
import { tiger } from "../../../src/models/problems/tiger.ts";
import { tMaze } from "../../../src/models/problems/tMaze.ts";
import { simulationOf } from "../../../src/models/simulation.ts";
import type { TabularModel } from "../../../src/models/tabular.ts";
import { buildBelief, certain, oneHot, type Problem, setLaneActions } from "../../helpers/belief.ts";
import { average, type Rows, sum } from "../../reference/arrays.ts";

const core = await createCore({ bytes: 1 << 25 });

/** Scores of candidates that all take `actions`, with information alone or with the reward too. */
function scoresOf(known: Parameters<typeof buildBelief>[1], problem: Problem, actions: Rows): number[] {
  const built = buildBelief(core, known, problem);
  setLaneActions(built, () => actions);
  rollout(core, built.plan);
  return [...built.scores.subarray(0, problem.plans * problem.candidates)];
}

/** Two hidden sides, M / 2 particles of each. */
const torn = (M: number) => ({
  plans: 1,
  states: [Array.from({ length: M }, (_, k) => [k % 2])],
  logWeights: [new Array<number>(M).fill(0)],
});

const entropy = (...p: number[]) => -sum(p.map((value) => value * Math.log(value)));

/** A world of two hidden sides whose first action tells the side with probability p, at reward r. */
interface Hint {
  readonly name: string;
  readonly model: TabularModel;
  readonly p: number;
  readonly r: number;
  readonly nats: number;
}
const hints: Hint[] = [
  { name: "Tiger's first listen", model: tiger(), p: 0.85, r: -1, nats: 0.270438 },
  { name: "a cue valid with .95", model: tMaze({ cost: 0.2 }), p: 0.95, r: -0.2, nats: 0.494632 },
];

for (const { name, model, p, r, nats } of hints) {
  test(`${name} tells ${nats} nats`, () => {
    core.scope(() => {
      const [M, candidates] = [64, 4096];
      const problem = { ...torn(M), candidates, horizon: 1, numbers: {} };
      const scores = scoresOf(simulationOf(core, model), problem, [oneHot(0, 3)]);
      // log p/½ with probability p, log (1 − p)/½ else: standard deviation of one ratio
      const deviation = Math.sqrt(p * (1 - p)) * Math.log(p / (1 - p));
      const gain = average(scores) - r;
      assert.ok(Math.abs(gain - nats) < 4 * (deviation / Math.sqrt(M * candidates)), `${gain}`);
      assert.ok(Math.abs(nats - (Math.LN2 - entropy(p, 1 - p))) < 1e-6);
    });
  });

  test(`${name}, twice: the ratios add up to that of both observations`, () => {
    core.scope(() => {
      const [M, candidates] = [2, 256];
      const problem = { ...torn(M), candidates, horizon: 2, numbers: {} };
      const scores = scoresOf(simulationOf(core, model), problem, [oneHot(0, 3), oneHot(0, 3)]);
      // n right observations of 2: log p^n q^(2−n) − log ½ (p^n q^(2−n) + q^n p^(2−n)), averaged over two truths
      const likelihood = (n: number) => p ** n * (1 - p) ** (2 - n);
      const ratios = [0, 1, 2].map((n) =>
        Math.log(likelihood(n) / (0.5 * (likelihood(n) + likelihood(2 - n)))),
      );
      const possible = ratios.flatMap((x) => ratios.map((y) => 2 * r + (x + y) / 2));
      for (const score of scores) {
        const nearest = Math.min(...possible.map((value) => Math.abs(value - score)));
        assert.ok(nearest < 3e-6, `${score}`);
      }
      assert.ok(new Set(scores.map((score) => score.toFixed(4))).size >= 3);
    });
  });

  test(`${name} is worth exactly nothing to the path, for the side persists`, () => {
    core.scope(() => {
      const numbers = { conditionsOnBelief: 0, contrasts: 4 };
      const problem = { ...torn(8), candidates: 64, horizon: 1, numbers };
      const scores = scoresOf(simulationOf(core, model), problem, [oneHot(0, 3)]);
      for (const score of scores) assert.is(score, scores[0]);
      const without = { ...problem, numbers: { usesInformation: 0 } };
      assert.equal(scores, scoresOf(simulationOf(core, model), without, [oneHot(0, 3)]));
    });
  });
}

for (const conditionsOnBelief of [0, 1])
  test(`a noisy television is worth nothing: conditioning ${conditionsOnBelief ? "on the belief" : "on the path"}`, () => {
    core.scope(() => {
      // places that are all seen as anything: noise of the screen alone
      const model = fork({ places: [0.25, 0.25, 0.25, 0.25], clarity: 0 });
      const problem = { ...certain([0], 16), candidates: 32, horizon: 2, numbers: { conditionsOnBelief } };
      const scores = scoresOf(simulationOf(core, model), problem, [oneHot(1, 2), oneHot(1, 2)]);
      for (const score of scores) assert.ok(Math.abs(score) < 2e-6);
    });
  });

test("a random place that is seen tells its entropy, and an observation of noise nothing", () => {
  core.scope(() => {
    const places = [0.5, 0.25, 0.125, 0.125];
    const nats = entropy(...places);
    for (const conditionsOnBelief of [0, 1]) {
      const [M, candidates] = [64, 1024];
      const numbers = { conditionsOnBelief, contrasts: M - 1 };
      const problem = { ...certain([0], M), candidates, horizon: 1, numbers };
      const gain = average(scoresOf(simulationOf(core, fork({ places })), problem, [oneHot(1, 2)]));
      // a lower bound; log of a count of binomial deviation: Σ_i p_i (1 − p_i) / p_i / 2M = 3 / 2M below
      assert.ok(gain < nats + 4 / Math.sqrt(M * candidates) && gain > nats - 3 / M, `${gain}`);
    }
  });
});

/** Mean and variance of a scalar system that starts at x0, is pushed by u and shaken by W, and is seen with R. */
interface Scalar {
  readonly a: number;
  readonly b: number;
  readonly W: number;
  readonly R: number;
  readonly q: number;
  readonly x0: number;
}

const modelOf = ({ a, b, W, R, q }: Scalar) =>
  linearGaussianModel({
    transition: [[a]],
    control: [[b]],
    observation: [[1]],
    transitionCovariance: [[W]],
    observationCovariance: [[R]],
    stateCost: [[q]],
  });

/** Σ E r_τ, and the information of the observations about the path: Σ ½ log S_τ / R, or with W alone for S − R. */
function bound({ a, b, W, R, q, x0 }: Scalar, u: readonly number[]) {
  let [mean, variance, filtered, reward, belief] = [x0, 0, 0, 0, 0];
  for (const push of u) {
    mean = a * mean + b * push;
    variance = a * a * variance + W;
    reward -= 0.5 * q * (mean * mean + variance);
    const predicted = a * a * filtered + W;
    belief += 0.5 * Math.log((predicted + R) / R);
    filtered = (predicted * R) / (predicted + R);
  }
  return { reward, belief, path: u.length * 0.5 * Math.log(1 + W / R) };
}

for (const [name, scalar] of [
  ["equal noises", { a: 0.9, b: 0.7, W: 0.5, R: 0.5, q: 0.3, x0: 0.4 }],
  ["a sharper sensor", { a: 0.9, b: 0.7, W: 0.5, R: 0.42, q: 0.3, x0: 0.4 }],
  ["a calm process", { a: 0.9, b: 0.7, W: 0.1, R: 0.5, q: 0.3, x0: 0.4 }],
] as const)
  for (const conditioning of ["path", "belief"] as const)
    test(`linear-Gaussian planning bound, ${conditioning}, ${name}: Σ E r + Σ mutual information`, () => {
      core.scope(() => {
        const u = [0.5, -1, 0.25];
        const [M, candidates] = conditioning === "belief" ? [128, 256] : [8, 2048];
        const numbers = { conditionsOnBelief: Number(conditioning === "belief"), contrasts: 127 };
        const problem = { ...certain([scalar.x0], M), candidates, horizon: 3, numbers };
        const known = simulationOf(core, modelOf(scalar));
        const scores = scoresOf(
          known,
          problem,
          u.map((value) => [value]),
        );
        const exact = bound(scalar, u);
        // the contrastive bound of I nats lies below by (e^2I − 1) / 2 · 128 in the first order; doubled for the rest
        const information = exact[conditioning];
        const compared = conditioning === "belief" ? [information] : u.map(() => information / 3);
        const bias = sum(compared.map((nats) => Math.exp(2 * nats) - 1)) / 128;
        const mean = average(scores);
        const variance = average(scores.map((score) => (score - mean) ** 2));
        const error = 4 * Math.sqrt(variance / candidates);
        const difference = mean - (exact.reward + information);
        assert.ok(error < 0.1 && bias < 0.15, `${error} ${bias}`);
        assert.ok(difference < error && difference > -bias - error, `${difference}, ${error}, ${bias}`);
        assert.ok(exact.belief - exact.path > 0.02);
      });
    });

test("the information of an observation rises with the process's noise and falls with the sensor's", () => {
  core.scope(() => {
    const gain = (W: number, R: number) => {
      const numbers = { conditionsOnBelief: 0, contrasts: 31 };
      const problem = { ...certain([0], 8), candidates: 512, horizon: 1, numbers };
      const scalar = { a: 1, b: 1, W, R, q: 0, x0: 0 };
      return average(scoresOf(simulationOf(core, modelOf(scalar)), problem, [[0]]));
    };
    // steps of .2 nats and more, against 4σ/√4096 < .06
    assert.ok(gain(0.2, 0.5) < gain(0.5, 0.5) && gain(0.5, 0.5) < gain(1.5, 0.5));
    assert.ok(gain(0.5, 1.5) < gain(0.5, 0.5) && gain(0.5, 0.5) < gain(0.5, 0.2));
  });
});

test.run();
