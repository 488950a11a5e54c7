import { test } from "uvu";
import * as assert from "uvu/assert";
import { normal } from "../../../src/core/random.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import * as reference from "../../reference/kernels.ts";
import { correlation, moment } from "../../reference/statistics.ts";

const core = debugCore(1 << 23);
const MANY = 1 << 18;
const key = [0x12345678, 0x9abcdef0] as const;

for (const N of [4, 8, 12, 16, 20, 1024])
  test(`normal matches the f64 reference at N=${N}`, () => {
    // logNormal, sqrt, sin, cos: 4 ulp of numbers below 8 in all
    const actual = normal(core, core.f32(N), ...key, 3, 4, 5);
    assert.ok(reference.maxAbsError(actual, boxMuller(reference.words(key, 3, 4, 5, N + 4), N)) < 2e-6);
  });

test("a longer draw begins with the shorter one", () => {
  const long = normal(core, core.f32(64), 1, 2, 3, 4, 5);
  for (const N of [4, 8, 12, 16, 28, 60])
    assert.equal(normal(core, core.f32(N), 1, 2, 3, 4, 5), long.slice(0, N));
});

test("normal has the moments of N(0, 1) and independent partners", () =>
  core.scope(() => {
    const z = normal(core, core.f32(MANY), 11, 12, 13, 14, 15);
    // the variance of zᵏ is E z²ᵏ − (E zᵏ)²; 4 σ / √N
    for (const [k, expected, variance] of [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
      [6, 15, 10395 - 225],
    ])
      assert.ok(Math.abs(moment(z, k) - expected) < 4 * Math.sqrt(variance / MANY), `moment ${k}`);
    // z and z² of the two halves of a Box–Muller pair, four places apart
    const first = z.filter((_, i) => i % 8 < 4);
    const second = z.filter((_, i) => i % 8 >= 4);
    assert.ok(Math.abs(correlation(first, second)) < 4 / Math.sqrt(first.length));
    const square = (values: Float32Array) => values.map((value) => value * value);
    assert.ok(Math.abs(correlation(square(first), square(second))) < 4 / Math.sqrt(first.length));
  }));

test("seeds, streams, tiles, steps and neighbours are uncorrelated", () =>
  core.scope(() => {
    const draw = (...counter: [number, number, number, number, number]) =>
      normal(core, core.f32(MANY / 4), ...counter);
    const base = draw(1, 1, 1, 1, 1);
    const bound = 4 / Math.sqrt(base.length);
    for (let word = 0; word < 5; word++) {
      const counter: [number, number, number, number, number] = [1, 1, 1, 1, 1];
      counter[word] = 2;
      assert.ok(Math.abs(correlation(base, draw(...counter))) < bound, `word ${word}`);
    }
    for (const lag of [1, 2, 4, 8, 16])
      assert.ok(Math.abs(correlation(base.subarray(lag), base.subarray(0, -lag))) < bound, `lag ${lag}`);
  }));

for (const [word, name] of ["seed's low word", "seed's high word", "stream", "tile", "step"].entries())
  test(`short draws that differ by one in the ${name} are uncorrelated, and so are their numbers`, () =>
    core.scope(() => {
      const [draws, size] = [8192, 32];
      const z = core.f32(draws * size);
      for (let k = 0; k < draws; k++) {
        const counter: [number, number, number, number, number] = [1, 1, 1, 1, 1];
        counter[word] = k;
        normal(core, z.subarray(k * size, (k + 1) * size), ...counter);
      }
      // 4/√n of n products of the same place in draws one, two and four apart; of squares too
      const square = z.map((value) => value * value);
      for (const apart of [1, 2, 4])
        for (const values of [z, square]) {
          const [early, late] = [values.subarray(0, -apart * size), values.subarray(apart * size)];
          assert.ok(Math.abs(correlation(early, late)) < 4 / Math.sqrt(late.length), `${apart} apart`);
        }
      // Σ_k (Σ_i z[k,i])² / 32 is χ² of as many degrees as draws, if no two numbers of a draw go together
      const sums = Array.from({ length: draws }, (_, k) =>
        reference.sum(Array.from(z.subarray(k * size, (k + 1) * size))),
      );
      const chi2 = reference.sum(sums.map((total) => total ** 2 / size));
      assert.ok(Math.abs(chi2 - draws) < 4 * Math.sqrt(2 * draws), `χ² = ${chi2}`);
    }));

/** √(−2 log(1 − u)) (cos θ, sin θ) for the vectors of words 2k and 2k + 1. */
function boxMuller(words: number[], N: number): number[] {
  return Array.from({ length: N }, (_, i) => {
    const isSecond = i % 8 >= 4;
    const [first, turn] = isSecond ? [words[i - 4], words[i]] : [words[i], words[i + 4]];
    const angle = (((turn << 2) / 2 ** 31) * Math.PI) / 4;
    const mirrored = turn & 0x40000000 ? Math.PI - angle : angle;
    const theta = turn & 0x80000000 ? Math.PI / 2 - mirrored : mirrored;
    const radius = Math.sqrt(-2 * Math.log(1 - (first >>> 8) / 2 ** 24));
    return radius * (isSecond ? Math.sin(theta) : Math.cos(theta));
  });
}

test.run();
