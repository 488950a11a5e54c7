import { test } from "uvu";
import * as assert from "uvu/assert";
import { weigh } from "../../../src/core/planner.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { buildPlan, ofPlan, worldOf } from "../../helpers/plan.ts";
import { gaussian, type Rows, sum } from "../../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import { effectiveSampleSize, temper, type World } from "../../reference/planner.ts";

const core = debugCore();

/** Weights and info of plans with the given scores. */
function weighted(scores: Rows, changes: Partial<World>) {
  return core.scope(() => {
    const world = worldOf(1, 1, { plans: scores.length, candidates: scores[0].length, ...changes });
    const built = buildPlan(core, world);
    built.scores.set(scores.flat());
    weigh(core, built.plan);
    return scores.map((_, s) => {
      const [value, k, ess, best] = built.info.subarray(4 * s, 4 * s + 4);
      return { weights: ofPlan(built, built.weights, s), value, k, ess, best };
    });
  });
}

const random = mulberry32(1);
const normals = (count: number, mean: number, std: number) =>
  Array.from({ length: count }, () => Math.fround(mean + std * gaussian(random)));

for (const [plans, candidates] of [
  [1, 4],
  [3, 20],
  [2, 1024],
])
  test(`weights are softmax(score / η) while enough candidates count: ${plans} plans of ${candidates}`, () => {
    const scores = Array.from({ length: plans }, (_, s) => normals(candidates, 100 * s - 50, 0.5));
    weighted(scores, { temperature: 0.7, essShare: 0.05 }).forEach(({ weights, value, k, ess, best }, s) => {
      const expected = temper(scores[s], 0.7);
      assert.is(k, 1);
      assert.ok(maxAbsError(weights, expected) < 1e-5 * Math.max(...expected));
      assert.ok(Math.abs(sum(weights) - 1) < 1e-5);
      assert.ok(Math.abs(ess / effectiveSampleSize(expected) - 1) < 1e-5);
      const mean = sum(expected.map((w, n) => w * scores[s][n]));
      assert.ok(Math.abs(value - mean) < 1e-5 * (1 + Math.abs(mean)));
      assert.is(best, Math.max(...scores[s]));
    });
  });

for (const [essShare, temperature, spread] of [
  [0.1, 1, 100],
  [0.3, 0.02, 5],
  [0.9, 5, 1000],
])
  test(`scores of spread ${spread} at η=${temperature} are tempered to ESS = ${essShare} C`, () => {
    const scores = [normals(64, -1000, spread), normals(64, 0, spread), normals(64, 0, temperature / 100)];
    const plans = weighted(scores, { essShare, temperature });
    for (const [s, { weights, k, ess }] of plans.slice(0, 2).entries()) {
      assert.ok(k > 0 && k < 1);
      // 24 halvings leave k within 6e-8 of the place where ESS = essShare C
      assert.ok(ess >= essShare * 64 && ess < essShare * 64 * 1.001);
      const expected = temper(scores[s], temperature, k);
      assert.ok(maxAbsError(weights, expected) < 2e-5);
      assert.ok(Math.abs(sum(weights) - 1) < 1e-5);
      const slightlyMore = temper(scores[s], temperature, k + 2 ** -23);
      assert.ok(effectiveSampleSize(slightlyMore) < essShare * 64 * (1 + 1e-5));
    }
    // a neighbour that needs no tempering gets none
    assert.is(plans[2].k, 1);
  });

for (const unit of [2 ** -30, 2 ** 12, 2 ** 30, 2 ** 80, 2 ** 110])
  test(`scores × ${unit.toPrecision(2)} at the same η: tempered until ESS = essShare C, as scores × 1 are`, () => {
    const scores = normals(32, -3, 100);
    const options = { essShare: 0.1, temperature: unit < 1 ? unit : 1 };
    const [scaled] = weighted([scores.map((score) => score * unit)], options);
    const [plain] = weighted([scores], { essShare: 0.1 });
    // k to 2⁻¹² of itself, where a weight is at most 1 and changes by less than its logarithm, here at most 10 · 2⁻¹²
    assert.ok(scaled.ess >= 3.2 && scaled.ess < 3.2 * 1.003, `${scaled.ess}`);
    assert.ok(maxAbsError(scaled.weights, plain.weights) < 3e-3);
    assert.ok(Math.abs((scaled.k * Math.max(unit, 1)) / plain.k - 1) < 2 ** -11);
  });

test("a constant added to every score changes nothing but the value and the best", () => {
  const scores = Array.from({ length: 16 }, (_, n) => n / 8);
  const [plain, shifted] = weighted([scores, scores.map((score) => score - 64)], {});
  assert.equal(shifted.weights, plain.weights);
  assert.ok(Math.abs(plain.value - 64 - shifted.value) < 1e-5);
  assert.is(shifted.best, plain.best - 64);
});

test("equal scores weigh 1/C, at any share; a hopeless temperature leaves the best alone", () => {
  const equal = new Array<number>(8).fill(-3);
  const [even] = weighted([equal], { essShare: 1 });
  assert.equal(even.weights, new Array(8).fill(1 / 8));
  assert.is(even.ess, 8);
  const [alone] = weighted([[0, 0, 5, 0]], { temperature: 1e-3, essShare: 0.25 });
  assert.equal(alone.weights, [0, 0, 1, 0]);
  assert.equal([alone.k, alone.ess, alone.value, alone.best], [1, 1, 5, 5]);
});

test("two equally good candidates share the weight; ESS below two needs no tempering", () => {
  const [{ weights, k, ess }] = weighted([[-1e4, 7, 7, -1e4]], { essShare: 0.5 });
  assert.equal([weights, k, ess], [[0, 0.5, 0.5, 0], 1, 2]);
});
test.run();
