import { test } from "uvu";
import * as assert from "uvu/assert";
import * as schemes from "../../../src/core/resample.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import * as reference from "../../reference/kernels.ts";

const core = debugCore();
const NO_TILE = 0xffffffff;
const all = Object.values(schemes);

for (const N of [4, 12, 1024]) {
  const random = reference.mulberry32(6);
  const weights = core.f32(Array.from({ length: N }, random));
  const expected = Array.from(weights, (w) => (N * w) / reference.sum(Array.from(weights)));
  const words = reference.words([7, 8], 9, NO_TILE, 10, N);
  const fractions = (u: (n: number) => number) => words.map((_, n) => (n + u(n) / 2 ** 32) / N);

  test(`systematic and stratified match the f64 reference at N=${N}`, () => {
    for (const [scheme, u] of [
      [schemes.resampleSystematic, () => words[0]],
      [schemes.resampleStratified, (n: number) => words[n]],
    ] as const) {
      const actual = scheme(core, core.u32(N), weights, 7, 8, 9, 10);
      assert.equal(Array.from(actual), reference.ancestorsAt(fractions(u), weights));
    }
  });

  test(`systematic counts are within 1 of N w, residual ones at least ⌊N w⌋, at N=${N}`, () => {
    const ancestors = core.u32(N);
    for (let step = 0; step < 20; step++) {
      const systematic = counts(schemes.resampleSystematic(core, ancestors, weights, 1, 0, 0, step));
      assert.ok(systematic.every((count, n) => Math.abs(count - expected[n]) < 1));
      const residual = counts(schemes.resampleResidual(core, ancestors, weights, 1, 0, 0, step));
      assert.ok(residual.every((count, n) => count >= Math.floor(expected[n])));
    }
  });
}

for (const scheme of all) {
  test(`${scheme.name} is unbiased: counts average N w`, () => {
    const weights = core.f32([0.4, 0, 0.05, 0.15, 0.2, 0.1, 0.07, 0.03]);
    const N = weights.length;
    const steps = 20000;
    const ancestors = core.u32(N);
    const sums = new Array(N).fill(0);
    for (let step = 0; step < steps; step++)
      for (const n of scheme(core, ancestors, weights, 11, 12, 13, step)) sums[n]++;
    // a count's variance is at most the multinomial N w (1 − w); 4 σ / √steps
    for (let n = 0; n < N; n++) {
      const tolerance = 4 * Math.sqrt((N * weights[n] * (1 - weights[n])) / steps);
      assert.ok(Math.abs(sums[n] / steps - N * weights[n]) <= tolerance + 1e-6);
    }
  });

  test(`${scheme.name} keeps the one particle alive, wherever it is`, () => {
    const N = 1024;
    for (const alive of [0, 1, 511, N - 1]) {
      const weights = core.f32(N);
      weights[alive] = 1e-30;
      const ancestors = scheme(core, core.u32(N), weights, 14, 15, 16, alive);
      assert.ok(ancestors.every((n) => n === alive));
    }
  });

  test(`${scheme.name} never takes a particle of weight 0`, () => {
    const weights = core.f32(Array.from({ length: 64 }, (_, n) => (n % 3 === 1 && n < 50 ? n : 0)));
    for (let step = 0; step < 200; step++)
      for (const n of scheme(core, core.u32(64), weights, 17, 18, 19, step)) assert.ok(weights[n] > 0);
  });

  test(`${scheme.name} repeats with the seed, and differs between steps, streams and seeds`, () => {
    const weights = core.f32(Array.from({ length: 64 }, (_, n) => 1 + (n % 7)));
    const draw = (...key: [number, number, number, number]) =>
      scheme(core, core.u32(64), weights, ...key).join();
    assert.is(draw(1, 2, 3, 4), draw(1, 2, 3, 4));
    const others: [number, number, number, number][] = [
      [0, 2, 3, 4],
      [1, 0, 3, 4],
      [1, 2, 0, 4],
      [1, 2, 3, 0],
    ];
    for (const other of others) assert.is.not(draw(1, 2, 3, 4), draw(...other));
  });

  test(`${scheme.name} refuses weights without a positive, finite sum`, () => {
    for (const wrong of [0, NaN, Infinity])
      assert.throws(
        () => scheme(core, core.u32(4), core.f32([0, wrong, 0, 0]), 0, 0, 0, 0),
        (error: Error) =>
          error instanceof RangeError &&
          error.message === `weights: expected a positive, finite sum, got ${wrong}`,
      );
    assert.throws(
      () => scheme(core, core.u32(8), core.f32(4), 0, 0, 0, 0),
      (error: Error) => error.message === "weights: expected [8] = 8 values, got 4",
    );
  });
}

test("equal weights: systematic, stratified and residual take each particle once", () => {
  for (let N = 4; N <= 256; N += 4)
    for (const scheme of [schemes.resampleSystematic, schemes.resampleStratified, schemes.resampleResidual]) {
      const weights = core.f32(new Float32Array(N).fill(1 / N));
      const ancestors = scheme(core, core.u32(N), weights, 20, 21, 22, 23);
      assert.ok(ancestors.every((ancestor, n) => ancestor === n));
    }
});

test("multinomial counts have the multinomial variance, residual ones that of what is left", () => {
  const weights = core.f32([0.4, 0.1, 0.1, 0.4]);
  // N w = (1.6, .4, .4, 1.6): one copy each of the outer two, then R = 2 from p = (.3, .2, .2, .3)
  for (const [scheme, variance] of [
    [schemes.resampleMultinomial, 4 * 0.4 * 0.6],
    [schemes.resampleResidual, 2 * 0.3 * 0.7],
  ] as const) {
    const steps = 20000;
    let sum = 0;
    for (let step = 0; step < steps; step++) {
      const count = counts(scheme(core, core.u32(4), weights, 24, 25, 26, step))[0];
      sum += (count - 1.6) ** 2;
    }
    // a squared deviation of size v has a standard deviation below 2 v; 4 σ / √steps
    assert.ok(Math.abs(sum / steps - variance) < (8 * variance) / Math.sqrt(steps));
  }
});

function counts(ancestors: Uint32Array): number[] {
  const result = new Array(ancestors.length).fill(0);
  for (const n of ancestors) result[n]++;
  return result;
}
test.run();
