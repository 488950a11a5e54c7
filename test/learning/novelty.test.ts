import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import {
  allocateNovelty,
  includeNovelty,
  initialiseNovelty,
  type Novelty,
  rebuildNovelty,
} from "../../src/learning/novelty.ts";
import { mulberry32 } from "../reference/kernels.ts";
import { unpackNetwork } from "../reference/nn.ts";

const core = await createCore({ bytes: 1 << 21 });
const [D, A] = [3, 2];
const K = 64;

function made(seed = 1): Novelty {
  const novelty = allocateNovelty(core, D + A);
  initialiseNovelty(core, novelty, D, seed);
  return novelty;
}

/** ψ = √(100 / K) tanh(W x + b), in f64. */
function featuresOf({ network }: Novelty, x: readonly number[]): number[] {
  const { weight, bias } = unpackNetwork(network.parameters, network.widths)[0];
  return weight.map(
    (row, k) => Math.sqrt(100 / K) * Math.tanh(bias[k] + row.reduce((sum, w, i) => sum + w * x[i], 0)),
  );
}

/** ½ log(1 + |y|²) of the network's outputs, in f64. */
function noveltyOf(novelty: Novelty, x: readonly number[]): number {
  const { weight } = unpackNetwork(novelty.network.parameters, novelty.network.widths)[1];
  const tanh = featuresOf(novelty, x).map((value) => value / Math.sqrt(100 / K));
  const squares = weight.map((row) => row.reduce((sum, w, k) => sum + w * tanh[k], 0) ** 2);
  return 0.5 * Math.log(1 + squares.reduce((sum, value) => sum + value, 0));
}

/** ½ log(1 + ψᵀ Λ⁻¹ ψ) by conjugate gradients. */
function exactNovelty(seen: readonly number[][], psi: readonly number[]): number {
  const times = (v: readonly number[]) =>
    v.map(
      (value, i) =>
        value + seen.reduce((sum, row) => sum + row[i] * row.reduce((dot, r, j) => dot + r * v[j], 0), 0),
    );
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * b[i], 0);
  let x = psi.map(() => 0);
  let r = [...psi];
  let p = [...r];
  for (let i = 0; i < 4 * K && dot(r, r) > 1e-24; i++) {
    const Ap = times(p);
    const alpha = dot(r, r) / dot(p, Ap);
    x = x.map((value, k) => value + alpha * p[k]);
    const next = r.map((value, k) => value - alpha * Ap[k]);
    const beta = dot(next, next) / dot(r, r);
    p = next.map((value, k) => value + beta * p[k]);
    r = next;
  }
  return 0.5 * Math.log(1 + dot(psi, x));
}

function include(novelty: Novelty, x: readonly number[]): void {
  novelty.work.input.set(x);
  includeNovelty(core, novelty);
}

test("before anything was seen it is ½ log(1 + |ψ|²)", () => {
  const novelty = made();
  const x = [0.3, -1, 2, 0.5, -0.2];
  assert.ok(Math.abs(noveltyOf(novelty, x) - exactNovelty([], featuresOf(novelty, x))) < 1e-5);
});

test("it is the information gain of the Bayesian linear model of what was seen", () => {
  const novelty = made();
  const random = mulberry32(2);
  const rows = Array.from({ length: 40 }, () => Array.from({ length: D + A }, () => 2 * random() - 1));
  for (const row of rows) include(novelty, row);
  const seen = rows.map((row) => featuresOf(novelty, row));
  for (const x of [rows[3], [0, 0, 0, 0, 0], [4, -4, 4, 1, -1]]) {
    const exact = exactNovelty(seen, featuresOf(novelty, x));
    // Λ is kept in f32: 40 sums of size 1.6
    assert.ok(
      Math.abs(noveltyOf(novelty, x) - exact) < 2e-4 * (1 + exact),
      `${noveltyOf(novelty, x)} ${exact}`,
    );
  }
});

test("what was seen often is no longer new; what lies far away is", () => {
  const novelty = made();
  for (let i = 0; i < 200; i++) include(novelty, [0.1, 0.2, -0.1, 0, 0.3]);
  const [known, unknown] = [
    [0.1, 0.2, -0.1, 0, 0.3],
    [3, -3, 3, 1, -1],
  ].map((x) => noveltyOf(novelty, x));
  assert.ok(known < 0.01 && unknown > 1, `${known} ${unknown}`);
});

test("made anew, it is that of the rows in the units that they have by now", () => {
  const random = mulberry32(3);
  const rows = Array.from({ length: 60 }, () => Array.from({ length: D + A }, () => 2 * random() - 1));
  const [novelty, expected] = [made(), made()];
  for (const row of rows) include(novelty, row);
  const halved = rows.map((row) => row.map((value) => value / 2));
  for (const row of halved) include(expected, row);
  rebuildNovelty(core, novelty, rows.length, (row) => novelty.work.input.set(halved[row]));
  assert.equal(novelty.precision, expected.precision);
  assert.equal(novelty.network.parameters, expected.network.parameters);
});

test("of many rows every n-th stands for n", () => {
  const read: number[] = [];
  const novelty = made();
  rebuildNovelty(core, novelty, 5000, (row) => {
    read.push(row);
    novelty.work.input.fill(0);
  });
  assert.equal(
    read,
    Array.from({ length: 1667 }, (_, i) => 3 * i),
  );
  const psi = featuresOf(novelty, [0, 0, 0, 0, 0]);
  assert.ok(Math.abs(novelty.precision[1] / (5001 * psi[0] * psi[1]) - 1) < 1e-4);
});

test("the network changes after every fourth transition alone, and follows the seed", () => {
  const novelty = made();
  const before = novelty.network.parameters.slice();
  for (let i = 1; i <= 4; i++) {
    assert.ok(
      novelty.network.parameters.every((value, k) => value === before[k]),
      `before ${i}`,
    );
    include(novelty, [1, 0, 0, 0, 0]);
  }
  assert.not.ok(novelty.network.parameters.every((value, k) => value === before[k]));
  assert.equal(made(7).network.parameters, made(7).network.parameters);
  assert.not.equal(made(7).network.parameters, made(8).network.parameters);
});

test.run();
