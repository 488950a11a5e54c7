import { test } from "uvu";
import * as assert from "uvu/assert";
import { categoricalDivergence, realisedRatio } from "../../../src/core/information.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { average, randomRow, randomRows, sum } from "../../reference/arrays.ts";
import * as density from "../../reference/density.ts";
import * as reference from "../../reference/information.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";

const core = debugCore();

for (const [members, width, rows, noise] of [
  [1, 1, 2, 0.5],
  [3, 2, 4, 0.05],
  [5, 4, 11, 0.3],
])
  test(`realisedRatio matches the f64 reference and its identity at ${members} members, width ${width}`, () => {
    for (let seed = 0; seed < 10; seed++)
      core.scope(() => {
        const random = mulberry32(seed);
        const heads = randomRows(random, members, rows, -1, 1);
        const target = randomRow(random, width);
        const predictions = heads.map((head) => reference.predictionOf(head, width));
        // noise as f32 holds it
        const std = Math.fround(noise);
        const sizes = { noise: std, members, width, rows };
        const out = core.f32(2).fill(Number.NaN);
        realisedRatio(core, out, core.f32(heads.flat()), core.f32(target), sizes);
        const { informationGain, stateConsistency } = reference.realisedRatio(predictions, std, target);
        // log s² is f32: off by 1e-6, times the scale of the terms
        const scale = 1 + Math.abs(informationGain) + Math.abs(stateConsistency);
        assert.ok(maxAbsError(out, [informationGain, stateConsistency]) < 1e-5 * scale);

        // informationGain + stateConsistency = mean_e log p_e(t) − log mean_e p_e(t) ≤ 0
        const each = reference.evidences(predictions, std, target);
        const identity = average(each) - (reference.logSumExp(each) - Math.log(members));
        assert.ok(Math.abs(informationGain + stateConsistency - identity) < 1e-9 * scale);
        assert.ok(Math.abs(out[0] + out[1] - identity) < 1e-5 * scale);
        assert.ok(identity <= 1e-12 && out[1] <= 0);
        if (members === 1) assert.ok(Math.abs(out[0] + out[1]) < 1e-6 * scale);
      });
  });

test("realisedRatio of one member at its mean, s = noise, is ±(½ log 2 − ¼)", () => {
  const y = 0.4;
  const s = Math.exp(0.5 * density.logVariance(y));
  const out = core.f32(2);
  const sizes = { noise: s, members: 1, width: 1, rows: 2 };
  realisedRatio(core, out, core.f32([2, y]), core.f32([2]), sizes);
  // q has variance ½ s²: KL = ½ (log 2 + ½ − 1); E_q log p(t|z) − log p(t) is the same
  const expected = 0.5 * Math.log(2) - 0.25;
  assert.ok(maxAbsError(out, [expected, -expected]) < 1e-6);
});

test("a target far from every member stays finite", () => {
  const out = core.f32(2);
  const heads = core.f32([0, -100, 1, -100]);
  realisedRatio(core, out, heads, core.f32([1e6]), { noise: 0.05, members: 2, width: 1, rows: 2 });
  assert.ok(out.every(Number.isFinite));
});

test("categoricalDivergence is Σ t log t/p, zero at p = t, with 0 log 0 = 0", () => {
  const groups = [3, 3];
  const t = [0.5, 0.25, 0.25, 0, 1, 0];
  const logits = core.f32([Math.log(0.5) + 9, Math.log(0.25) + 9, Math.log(0.25) + 9, 1, 1, 1]);
  assert.ok(Math.abs(categoricalDivergence(core, core.f32(t), logits, groups) - Math.log(3)) < 1e-6);
  const random = mulberry32(5);
  const q = [0, 1].flatMap(() => density.softmax(randomRow(random, 3)));
  const other = randomRow(random, 6, -3, 3);
  const expected = [0, 3].map((from) => {
    const p = density.softmax(other.slice(from, from + 3));
    return sum(p.map((value, k) => q[from + k] * Math.log(q[from + k] / value)));
  });
  const actual = categoricalDivergence(core, core.f32(q), core.f32(other), groups);
  assert.ok(Math.abs(actual - sum(expected)) < 1e-6);
  // groups of other sizes, the logits of each apart
  const ragged = categoricalDivergence(
    core,
    core.f32([...t.slice(0, 3), 0.5, 0.5]),
    core.f32([0, 0, 0, 0, 0]),
    [3, 2],
  );
  assert.ok(Math.abs(ragged - (Math.log(3) - 1.5 * Math.log(2))) < 1e-6);
  const extreme = categoricalDivergence(core, core.f32(t), core.f32([1e4, 0, 0, 0, 1e4, 0]), groups);
  assert.ok(Number.isFinite(extreme) && extreme > 4000);
});

test("names the argument, what it expected and what it got", () => {
  const sizes = { noise: 0.05, members: 2, width: 3, rows: 8 };
  const message = (expected: string) => (error: Error) =>
    error instanceof RangeError && error.message === expected;
  assert.throws(
    () => realisedRatio(core, core.f32(2), core.f32(10), core.f32(3), { ...sizes, rows: 5 }),
    message("rows: expected a whole number ≥ 6, got 5"),
  );
  assert.throws(
    () => realisedRatio(core, core.f32(2), core.f32(16), core.f32(2), sizes),
    message("target: expected [3] = 3 values, got 2"),
  );
  assert.throws(
    () => categoricalDivergence(core, core.f32(6), core.f32(5), [4, 2]),
    message("logits: expected [6] = 6 values, got 5"),
  );
});

test.run();
