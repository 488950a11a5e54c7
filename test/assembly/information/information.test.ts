import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  categoricalDivergence,
  ensembleLogLikelihoodRatio,
  realisedRatio,
} from "../../../src/core/information.ts";
import { TILE } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import {
  average,
  gaussian,
  integral,
  type Rows,
  randomRow,
  randomRows,
  sum,
  toTiles,
} from "../../reference/arrays.ts";
import * as density from "../../reference/density.ts";
import * as reference from "../../reference/information.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";

const core = debugCore();

/** The kernel's ratio of 32 particles: heads[member][particle], epsilon[member][particle]. */
function ratioOf(heads: readonly Rows[], epsilon: readonly Rows[], noise: number, rows: number): number[] {
  return core.scope(() => {
    const members = heads.length;
    const width = epsilon[0][0].length;
    const ratio = core.f32(TILE).fill(Number.NaN);
    const allHeads = core.f32(heads.flatMap((head) => [...toTiles(head, rows)]));
    const allEpsilon = core.f32(epsilon.flatMap((draws) => [...toTiles(draws, width)]));
    const workspace = core.f32(members * (2 * width + 2) * TILE).fill(Number.NaN);
    const sizes = { noise, members, width, rows };
    return [...ensembleLogLikelihoodRatio(core, ratio, allHeads, allEpsilon, workspace, sizes)];
  });
}

const normals = (seed: number, members: number, width: number): Rows[] => {
  const random = mulberry32(seed);
  return Array.from({ length: members }, () =>
    Array.from({ length: TILE }, () => Array.from({ length: width }, () => Math.fround(gaussian(random)))),
  );
};
/** The same head for every particle. */
const everywhere = (head: number[]) => Array.from({ length: TILE }, () => head);

for (const [members, width, rows] of [
  [1, 1, 2],
  [2, 3, 8],
  [5, 4, 12],
  [7, 5, 10],
])
  test(`the ensemble's ratio matches the f64 reference at ${members} members, width ${width}`, () => {
    const random = mulberry32(members);
    const heads = Array.from({ length: members }, () => randomRows(random, TILE, rows, -1, 1));
    const epsilon = normals(members, members, width);
    const actual = ratioOf(heads, epsilon, 0.05, rows);
    const expected = Array.from({ length: TILE }, (_, n) =>
      reference.ensembleLogLikelihoodRatio(
        heads.map((head) => reference.predictionOf(head[n], width)),
        0.05,
        epsilon.map((draws) => draws[n]),
      ),
    );
    // log-densities of up to 60 nats per dimension, each right to a few units of 2⁻²⁴
    assert.ok(maxAbsError(actual, expected) < 60 * width * 8 * 2 ** -24);
    for (const value of actual) assert.ok(value <= Math.log(members) + 1e-6);
  });

test("members that agree give no information, however noisy", () => {
  for (const y of [-20, 0, 20]) {
    const head = everywhere([0.3, -2, y, y]);
    const actual = ratioOf([head, head, head], normals(1, 3, 2), 0.05, 4);
    assert.ok(maxAbsError(actual, new Array(TILE).fill(0)) < 1e-6);
  }
});

test("members far apart give log E, and never more", () => {
  const heads = [0, 1, 2, 3, 4].map((m) => everywhere([100 * m, 0.2]));
  const actual = ratioOf(heads, normals(2, 5, 1), 0.05, 2);
  assert.ok(maxAbsError(actual, new Array(TILE).fill(Math.log(5))) < 1e-6);
});

test("two members: the mean ratio is the mutual information by quadrature", () => {
  const noise = 0.1;
  const [a, b] = [
    [0, -1.2],
    [0.5, -0.7],
  ];
  const predictions = [a, b].map((head) => reference.predictionOf(head, 1));
  const members = predictions.map(({ mean, variance }) => ({ m: mean[0], v: variance[0] + noise ** 2 }));
  // I(e; y) = 1/2 Σ_e ∫ N(y; m_e, v_e) (log N(y; m_e, v_e) − log 1/2 Σ_j N(y; m_j, v_j)) dy
  const ratioAt = (y: number, e: number) => {
    const all = members.map(({ m, v }) => density.logNormal(y, m, v));
    return all[e] - reference.logSumExp(all) + Math.log(2);
  };
  const moment = (power: number) =>
    sum(
      members.map(({ m, v }, e) =>
        integral((y) => Math.exp(density.logNormal(y, m, v)) * ratioAt(y, e) ** power, -12, 12),
      ),
    ) / 2;
  const information = moment(1);
  assert.ok(information > 0.05 && information < Math.log(2));
  const draws = Array.from({ length: 100 }, (_, seed) =>
    ratioOf([everywhere(a), everywhere(b)], normals(seed, 2, 1), noise, 2),
  ).flat();
  // each draw averages the two members' independent terms: variance ≤ E[ratio²] / 2
  assert.ok(Math.abs(average(draws) - information) < 4 * Math.sqrt(moment(2) / 2 / draws.length));
});

test("extreme heads stay finite and within log E", () => {
  const heads = [
    [1e15, -1e15, 100, -100],
    [-1e15, 0, -100, 100],
    [0, 1e15, 1e30, -1e30],
  ].map(everywhere);
  for (const value of ratioOf(heads, normals(3, 3, 2), 1e-3, 4))
    assert.ok(Number.isFinite(value) && value <= Math.log(3) + 1e-6);
});

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
  const groups = { groups: 2, bins: 3 };
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
  const extreme = categoricalDivergence(core, core.f32(t), core.f32([1e4, 0, 0, 0, 1e4, 0]), groups);
  assert.ok(Number.isFinite(extreme) && extreme > 4000);
});

test("names the argument, what it expected and what it got", () => {
  const sizes = { noise: 0.05, members: 2, width: 3, rows: 8 };
  const heads = core.f32(2 * 8 * TILE);
  const epsilon = core.f32(2 * 3 * TILE);
  const workspace = core.f32(2 * 8 * TILE);
  const message = (expected: string) => (error: Error) =>
    error instanceof RangeError && error.message === expected;
  const call = (changed: object) =>
    ensembleLogLikelihoodRatio(core, core.f32(TILE), heads, epsilon, workspace, { ...sizes, ...changed });
  assert.not.throws(() => call({}));
  assert.throws(() => call({ noise: 0 }), message("noise: expected a number ≥ 1e-6, got 0"));
  assert.throws(() => call({ rows: 5 }), message("rows: expected a whole number ≥ 6, got 5"));
  assert.throws(() => call({ members: 3 }), message("heads: expected [3, 8, 32] = 768 values, got 512"));
  assert.throws(
    () => realisedRatio(core, core.f32(2), core.f32(10), core.f32(3), { ...sizes, rows: 5 }),
    message("rows: expected a whole number ≥ 6, got 5"),
  );
  assert.throws(
    () => realisedRatio(core, core.f32(2), core.f32(16), core.f32(2), sizes),
    message("target: expected [3] = 3 values, got 2"),
  );
  assert.throws(
    () => categoricalDivergence(core, core.f32(6), core.f32(5), { groups: 2, bins: 3 }),
    message("logits: expected [2, 3] = 6 values, got 5"),
  );
});
test.run();
