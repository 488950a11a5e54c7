/** The temperature by its dual: η = argmin η ε + η log mean exp(score / η). */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { weigh } from "../../../src/core/planner.ts";
import { simulationOf } from "../../../src/models/simulation.ts";
import { tabularModel } from "../../../src/models/tabular.ts";
import { buildBelief } from "../../helpers/belief.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { type Rows, randomRow, sum } from "../../reference/arrays.ts";
import { softmax } from "../../reference/density.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";

const core = debugCore(1 << 22);
const nothing = { transition: [[[1]]], reward: [[0]], observation: [[[1]]], initial: [1] };

/** Weights and temperatures of plans with the given scores and ratios. */
function weighed(scores: Rows, klBudget: number, ratios?: Rows) {
  const C = scores[0].length;
  const problem = {
    ...{ plans: scores.length, candidates: C, horizon: 1 },
    states: scores.map(() => [[0]]),
    logWeights: scores.map(() => [0]),
    numbers: { klBudget, temperature: 7, priorWeight: ratios ? 0.5 : 0 },
  };
  return core.scope(() => {
    const built = buildBelief(core, simulationOf(core, tabularModel(nothing)), problem);
    built.scores.set(scores.flat());
    if (ratios) built.priorRatios.set(ratios.flat());
    weigh(core, built.plan);
    return scores.map((_, s) => ({
      temperature: built.temperatures[s],
      weights: [...built.weights.subarray(s * C, (s + 1) * C)],
      k: built.info[4 * s + 1],
    }));
  });
}

/** KL(w ‖ b) */
const divergence = (w: number[], b: number[]) =>
  sum(w.map((value, n) => (value > 0 ? value * Math.log(value / b[n]) : 0)));

/** x with Φ(x) = p, by halving, from Φ' = N(0, 1) summed by the midpoint rule. */
function normalQuantiles(count: number): number[] {
  const step = 1e-3;
  const quantiles: number[] = [];
  let below = 0;
  for (let x = -8; quantiles.length < count; x += step) {
    const next = below + (step * Math.exp(-0.5 * (x + step / 2) ** 2)) / Math.sqrt(2 * Math.PI);
    while (quantiles.length < count && (quantiles.length + 0.5) / count <= next) {
      const share = ((quantiles.length + 0.5) / count - below) / (next - below);
      quantiles.push(x + share * step);
    }
    below = next;
  }
  return quantiles;
}

for (const [spread, budget] of [
  [2, 0.1],
  [0.03, 0.5],
  [500, 0.02],
])
  test(`scores ∼ N(0, ${spread}²) at ε=${budget}: η = s / √2ε`, () => {
    const scores = normalQuantiles(8192).map((z) => 3 + spread * z);
    const [{ temperature }] = weighed([scores], budget);
    const expected = spread / Math.sqrt(2 * budget);
    // the quantiles lack the tails beyond 1 / 16384: they carry exp(z s / η) at z = √2ε, a share below 2e-4 of the mean
    assert.ok(Math.abs(temperature / expected - 1) < 2e-3, `${temperature}, ${expected}`);
  });

for (const count of [4, 100])
  test(`the weights lie ε from the proposal, each plan by its own temperature: ${count} candidates`, () => {
    const random = mulberry32(6);
    const scores = [1, 50].map((size) => randomRow(random, count, -size, size));
    for (const budget of [0.05, 0.3, 1]) {
      const plans = weighed(scores, budget);
      const even = new Array(count).fill(1 / count);
      plans.forEach(({ weights, temperature, k }, s) => {
        assert.is(k, 1);
        assert.ok(Math.abs(divergence(weights, even) - budget) < 1e-4);
        assert.ok(maxAbsError(weights, softmax(scores[s].map((score) => score / temperature))) < 1e-4);
      });
      assert.ok(plans[1].temperature > 10 * plans[0].temperature);
    }
  });

test("with the prior's ratios the weights lie ε from the proposal they correct", () => {
  const random = mulberry32(7);
  const [scores, ratios] = [randomRow(random, 64, -5, 5), randomRow(random, 64, -2, 2)];
  const [{ weights, temperature }] = weighed([scores], 0.4, [ratios]);
  const base = softmax(ratios.map((ratio) => 0.5 * ratio));
  assert.ok(Math.abs(divergence(weights, base) - 0.4) < 1e-4);
  const expected = softmax(scores.map((score, n) => score / temperature + 0.5 * ratios[n]));
  assert.ok(maxAbsError(weights, expected) < 1e-4);
});

test("equal scores keep the given temperature; a budget beyond log C leaves the best alone", () => {
  const [{ temperature, weights }] = weighed([[2, 2, 2, 2]], 0.3);
  assert.is(temperature, 7);
  assert.equal(weights, [0.25, 0.25, 0.25, 0.25]);
  const [best] = weighed([[1, 5, 2, 3]], 3);
  assert.equal(best.weights, [0, 1, 0, 0]);
});

test.run();
