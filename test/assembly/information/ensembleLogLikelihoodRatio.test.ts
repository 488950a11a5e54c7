import { test } from "uvu";
import * as assert from "uvu/assert";
import { ensembleLogLikelihoodRatio } from "../../../src/core/information.ts";
import { TILE } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { average, gaussian, integral, type Rows, randomRows, sum, toTiles } from "../../reference/arrays.ts";
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
});

test.run();
