import { test } from "uvu";
import * as assert from "uvu/assert";
import { labelFirstAction, propose, refine } from "../../../src/core/planner.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { type Built, buildPlan, candidatesOf, ofPlan, worldOf } from "../../helpers/plan.ts";
import { randomRows, sum } from "../../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import { histogram, type World, weightedMoments } from "../../reference/planner.ts";

const core = debugCore();

/** Plans with proposed actions and random weights. */
function weightedPlan(D: number, A: number, changes: Partial<World>): Built {
  const built = buildPlan(core, worldOf(D, A, changes));
  propose(core, built.plan);
  const { plans, candidates } = built.world;
  randomRows(mulberry32(candidates), plans, candidates, 0, 1).forEach((row, s) => {
    const total = sum(row);
    built.weights.set(
      row.map((w) => w / total),
      s * candidates,
    );
  });
  return built;
}

const sizes = [
  { plans: 1, candidates: 4, horizon: 1, A: 1 },
  { plans: 5, candidates: 12, horizon: 3, A: 2 },
  { plans: 2, candidates: 100, horizon: 2, A: 5 },
];

for (const { A, ...size } of sizes) {
  const at = `${size.plans} plans of ${size.candidates} candidates, ${size.horizon} steps, ${A} actions`;

  test(`refine takes the weighted moments of u: ${at}`, () => {
    core.scope(() => {
      const built = weightedPlan(2, A, size);
      const before = [...built.actions];
      refine(core, built.plan);
      assert.ok(built.actions.every((value, i) => Object.is(value, before[i])));
      for (let s = 0; s < size.plans; s++) {
        const weights = ofPlan(built, built.weights, s);
        const all = candidatesOf(built, s).map((u) => u.flat());
        for (let i = 0; i < size.horizon * A; i++) {
          const { mean, std } = weightedMoments(
            all.map((u) => u[i]),
            weights,
          );
          assert.ok(Math.abs(built.mean[s * size.horizon * A + i] - mean) < 1e-5);
          assert.ok(Math.abs(built.std[s * size.horizon * A + i] - std) < 1e-5);
        }
      }
    });
  });

  test(`the label is the weighted histogram of the first actions: ${at}`, () => {
    core.scope(() => {
      const bins = 6;
      const built = weightedPlan(2, A, { ...size, bins });
      labelFirstAction(core, built.plan);
      for (let s = 0; s < size.plans; s++) {
        const weights = ofPlan(built, built.weights, s);
        for (let a = 0; a < A; a++) {
          const u = candidatesOf(built, s).map((steps) => steps[0][a]);
          const label = built.label.subarray((s * A + a) * bins, (s * A + a + 1) * bins);
          assert.ok(maxAbsError(label, histogram(u, weights, bins)) < 2e-6);
          assert.ok(Math.abs(sum(label) - 1) < 2e-6);
        }
      }
    });
  });

  test(`discrete plans move to the weighted frequencies, mixed with the uniform: ${at}`, () => {
    core.scope(() => {
      const K = A + 1;
      const uniformShare = 0.1;
      const built = weightedPlan(2, K, { ...size, isDiscrete: true, uniformShare });
      refine(core, built.plan);
      labelFirstAction(core, built.plan);
      for (let s = 0; s < size.plans; s++) {
        const weights = ofPlan(built, built.weights, s);
        const all = candidatesOf(built, s).map((u) => u.flat());
        const frequencies = all[0].map((_, i) => sum(all.map((u, n) => weights[n] * u[i])));
        const expected = frequencies.map((p) => 0.9 * p + 0.1 / K);
        const from = s * size.horizon * K;
        assert.ok(maxAbsError(built.mean.subarray(from, from + expected.length), expected) < 1e-6);
        const label = built.label.subarray(s * K, (s + 1) * K);
        assert.ok(maxAbsError(label, frequencies.slice(0, K)) < 1e-6);
        assert.ok(Math.abs(sum(label) - 1) < 2e-6);
      }
      assert.ok(built.std.every((value) => value === 1));
    });
  });
}

for (const groups of [[2, 3], [1, 4, 2, 2], [5]])
  test(`discrete plans of groups of ${groups} mix each group with its own uniform`, () => {
    core.scope(() => {
      const [uniformShare, K] = [0.1, sum(groups)];
      const size = { plans: 3, candidates: 40, horizon: 2 };
      const choices = groups.flatMap((n) => new Array<number>(n).fill(n));
      const mean = Array.from({ length: 3 }, () => [...choices, ...choices].map((n) => 1 / n));
      const built = weightedPlan(2, K, { ...size, isDiscrete: true, groups, mean, uniformShare });
      refine(core, built.plan);
      labelFirstAction(core, built.plan);
      for (let s = 0; s < size.plans; s++) {
        const weights = ofPlan(built, built.weights, s);
        const all = candidatesOf(built, s).map((u) => u.flat());
        const frequencies = all[0].map((_, i) => sum(all.map((u, n) => weights[n] * u[i])));
        const expected = frequencies.map((p, i) => 0.9 * p + 0.1 / choices[i % K]);
        assert.ok(maxAbsError(built.mean.subarray(s * 2 * K, (s + 1) * 2 * K), expected) < 1e-6);
        assert.ok(maxAbsError(built.label.subarray(s * K, (s + 1) * K), frequencies.slice(0, K)) < 1e-6);
      }
    });
  });

/** One plan of four candidates with given u and weights. */
function fourOf(u: number[], weights: number[], changes: Partial<World>): Built {
  const built = buildPlan(core, worldOf(1, 1, changes));
  built.actions.set(u);
  built.weights.set(weights);
  return built;
}

test("σ does not fall below minimumStd, even when one candidate holds all the weight", () => {
  const built = fourOf([1, 2, 3, 4], [0, 0, 1, 0], { minimumStd: 0.15 });
  refine(core, built.plan);
  assert.equal([built.mean[0], built.std[0]], [3, Math.fround(0.15)]);
  const wide = fourOf([-1, 1, -1, 1], [0.25, 0.25, 0.25, 0.25], { minimumStd: 0.15 });
  refine(core, wide.plan);
  assert.equal([wide.mean[0], wide.std[0]], [0, 1]);
});

test("a far mean does not cost the standard deviation its digits", () => {
  const built = fourOf([999, 1001, 999, 1001], [0.25, 0.25, 0.25, 0.25], {});
  refine(core, built.plan);
  assert.equal([built.mean[0], built.std[0]], [1000, 1]);
});

test("an action at a centre fills its bin, one between two shares by distance, the ends stay inside", () => {
  // u = 0: a = 0, the centre of 5 bins; a = ¾ lies halfway between ½ and 1
  const built = fourOf([0, Math.atanh(0.75), 50, -50], [0.1, 0.2, 0.3, 0.4], { bins: 5 });
  labelFirstAction(core, built.plan);
  assert.ok(maxAbsError(built.label, [0.4, 0, 0.1, 0.1, 0.4]) < 1e-6);
  const two = fourOf([0, 50, -50, 0], [0.2, 0.3, 0.1, 0.4], { bins: 2 });
  labelFirstAction(core, two.plan);
  assert.ok(maxAbsError(two.label, [0.4, 0.6]) < 1e-6);
});
test.run();
