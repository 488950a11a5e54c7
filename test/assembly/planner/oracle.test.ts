/** The planner against exact posteriors: an enumerated one, and theory.md's scalar linear-quadratic problem. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { labelFirstAction, propose, refine, rollout, weigh } from "../../../src/core/planner.ts";
import { headSize } from "../../../src/models/generativeModel.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { type Built, buildPlan, worldOf } from "../../helpers/plan.ts";
import { integral, sum } from "../../reference/arrays.ts";
import { logNormal, softmax } from "../../reference/density.ts";
import { mulberry32 } from "../../reference/kernels.ts";
import { type Network, randomNetwork } from "../../reference/nn.ts";
import { simulate, type World } from "../../reference/planner.ts";

const core = debugCore(1 << 23);

function planned(world: World): Built {
  const built = buildPlan(core, world);
  propose(core, built.plan);
  rollout(core, built.plan);
  weigh(core, built.plan);
  labelFirstAction(core, built.plan);
  refine(core, built.plan);
  return built;
}

const candidates = 4096;
const noDraws = { noise: () => [], epsilon: () => [], member: () => 0 };
const oneHot = (k: number, K: number) => Array.from({ length: K }, (_, i) => Number(i === k));

for (const temperature of [0.05, 0.2])
  test(`under a uniform proposal the weights converge to the enumerated q(a_0, a_1), η=${temperature}`, () => {
    core.scope(() => {
      const [D, K] = [2, 3];
      const random = mulberry32(10);
      const world = worldOf(D, K, {
        candidates,
        horizon: 2,
        isDiscrete: true,
        models: [randomNetwork(random, [D + K, 12, headSize(D)], "silu")],
        value: randomNetwork(random, [D, 8, 1], "tanh"),
        starts: [[0.4, -0.7]],
        usesValue: true,
        hasEndings: true,
        rewardStd: 3,
        endingMean: 0.5,
        endingStd: 2,
        discount: 0.9,
        temperature,
        uniformShare: 0,
      });
      const built = planned(world);

      const sequences = oneHot(0, K).flatMap((_, i) => oneHot(0, K).map((_, j) => [i, j]));
      const scores = sequences.map((ks) =>
        simulate(
          world,
          world.starts[0],
          ks.map((k) => oneHot(k, K)),
          0,
          noDraws,
        ),
      );
      const q = softmax(scores.map((score) => score / temperature));
      assert.ok(Math.max(...q) > 3 / 9 && Math.max(...q) < 0.9);
      // importance weights q/p with p = 1/9
      const ratio = q.map((value) => 9 * value);
      for (let time = 0; time < 2; time++)
        for (let k = 0; k < K; k++) {
          const expected = sum(q.filter((_, i) => sequences[i][time] === k));
          // 4σ/√N of the self-normalised estimate, and the candidate that is not drawn
          const variance = sum(
            q.map((value, i) => value * ratio[i] * (Number(sequences[i][time] === k) - expected) ** 2),
          );
          const tolerance = 4 * Math.sqrt(variance / candidates) + Math.max(...ratio) / candidates;
          assert.ok(Math.abs(built.mean[time * K + k] - expected) < tolerance);
          if (time === 0) assert.ok(Math.abs(built.label[k] - expected) < tolerance);
        }
      // Σ w score ≈ E_q[score]
      const value = sum(q.map((p, i) => p * scores[i]));
      const variance = sum(q.map((p, i) => p * ratio[i] * (scores[i] - value) ** 2));
      assert.ok(Math.abs(built.info[0] - value) < 4 * Math.sqrt(variance / candidates) + 1e-3);
      assert.ok(Math.abs(built.info[3] - Math.max(...scores)) < 1e-5);
    });
  });

/** A model of one state and one action whose reward is −½ q (a x + b artanh action)², by 101 pieces of a line. */
function quadraticReward(x: number, [a, b, q]: readonly number[]): Network {
  const knots = Array.from({ length: 101 }, (_, k) => Math.tanh(-2.5 + 0.05 * k));
  const reward = (action: number) => -0.5 * q * (a * x + b * Math.atanh(action)) ** 2;
  const slopes = knots.slice(1).map((to, k) => (reward(to) - reward(knots[k])) / (to - knots[k]));
  // relu(action − knot_k), weighted by the change of slope at the knot
  const hidden = {
    weight: knots.slice(0, -1).map(() => [0, 1]),
    bias: knots.slice(0, -1).map((knot) => -knot),
  };
  const changes = slopes.map((slope, k) => slope - (k === 0 ? 0 : slopes[k - 1]));
  const silent = changes.map(() => 0);
  const weight = [silent, changes, silent, silent, silent, silent];
  return { activation: "relu", layers: [hidden, { weight, bias: [0, reward(knots[0]), 0, 0, 0, 0] }] };
}

for (const [x, eta] of [
  [0.8, 0.5],
  [-1.5, 2],
])
  test(`scalar linear-quadratic: q*(u) = N(μ, 1/Λ) at x=${x}, η=${eta}`, () => {
    core.scope(() => {
      const [a, b, q, sigma] = [0.9, 1.5, 2, 0.5];
      const models = [quadraticReward(x, [a, b, q])];
      const changes = { candidates, models, starts: [[x]], std: [[sigma]], temperature: eta };
      const built = planned(worldOf(1, 1, changes));

      const precision = 1 / sigma ** 2 + (b * b * q) / eta;
      const mean = (-b * q * a * x) / (eta * precision);
      const variance = 1 / precision;
      // 4σ/√N of the self-normalised estimates of E u and E (u − μ)²: σ² = E_q[q/p (f − E f)²]
      const posterior = (u: number) => Math.exp(logNormal(u, mean, variance));
      const spread = (f: (u: number) => number) =>
        integral((u) => (posterior(u) ** 2 / Math.exp(logNormal(u, 0, sigma ** 2))) * f(u) ** 2, -4, 4);
      const meanError = 4 * Math.sqrt(spread((u) => u - mean) / candidates);
      const varianceError = 4 * Math.sqrt(spread((u) => (u - mean) ** 2 - variance) / candidates);
      assert.ok(meanError < 0.05 && varianceError < 0.2 * variance);
      assert.ok(Math.abs(built.mean[0] - mean) < meanError);
      assert.ok(Math.abs(built.std[0] ** 2 - variance) < varianceError);
    });
  });
test.run();
