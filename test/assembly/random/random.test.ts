import { test } from "uvu";
import * as assert from "uvu/assert";
import { createRandom, drawIndices, normal, philox, seedWords, uniform } from "../../../src/core/random.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import * as reference from "../../reference/kernels.ts";

const core = debugCore(1 << 23);
const MANY = 1 << 18;
const key = [0x12345678, 0x9abcdef0] as const;

// Random123's kat_vectors for philox4x32 10: counter, key, words
for (const [counter, seed, expected] of [
  [[0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
  [new Array(4).fill(0xffffffff), [0xffffffff, 0xffffffff], "408f276d 41c83b0e a20bc7c6 6d5451fd"],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    "d16cfe09 94fdcceb 5001e420 24126ea1",
  ],
] as const)
  test(`philox and its twin give the published words ${expected}`, () => {
    const [block, step, tile, stream] = counter;
    const out = philox(core, core.u32(16), seed[0], seed[1], stream, tile, step, block);
    const hex = (words: number[]) => words.map((word) => word.toString(16).padStart(8, "0")).join(" ");
    assert.is(hex([out[0], out[4], out[8], out[12]]), expected);
    assert.is(hex(reference.philox(counter, seed)), expected);
  });

for (const N of [4, 8, 12, 16, 20, 1024])
  test(`philox, uniform, drawIndices and normal match the f64 reference at N=${N}`, () => {
    const words = reference.words(key, 3, 4, 5, N);
    assert.equal(Array.from(philox(core, core.u32(N), ...key, 3, 4, 5, 0)), words);

    const units = words.map((word) => (word >>> 8) / 2 ** 24);
    assert.equal(Array.from(uniform(core, core.f32(N), ...key, 3, 4, 5)), units);

    const lone = reference.words(key, 3, 0xffffffff, 5, N);
    for (const population of [1, 10, 0xffffffff]) {
      const indices = lone.map((word) => Number((BigInt(word) * BigInt(population)) >> 32n));
      assert.equal(Array.from(drawIndices(core, core.u32(N), population, ...key, 3, 5)), indices);
    }

    // logNormal, sqrt, sin, cos: 4 ulp of numbers below 8 in all
    const actual = normal(core, core.f32(N), ...key, 3, 4, 5);
    assert.ok(reference.maxAbsError(actual, boxMuller(reference.words(key, 3, 4, 5, N + 4), N)) < 2e-6);
  });

test("a longer draw begins with the shorter one", () => {
  for (const draw of [uniform, normal]) {
    const long = draw(core, core.f32(64), 1, 2, 3, 4, 5);
    for (const N of [4, 8, 12, 16, 28, 60])
      assert.equal(draw(core, core.f32(N), 1, 2, 3, 4, 5), long.slice(0, N));
  }
});

test("uniform has the moments of U(0, 1) and fills 64 bins evenly", () =>
  core.scope(() => {
    const u = uniform(core, core.f32(MANY), 6, 7, 8, 9, 10);
    const bins = new Array(64).fill(0);
    for (const value of u) {
      assert.ok(value >= 0 && value < 1);
      bins[Math.floor(64 * value)]++;
    }
    assert.ok(Math.abs(moment(u, 1) - 1 / 2) < 4 * Math.sqrt(1 / 12 / MANY));
    assert.ok(Math.abs(moment(u, 2) - 1 / 3) < 4 * Math.sqrt(4 / 45 / MANY));
    // χ² of 63 degrees of freedom: mean 63, variance 126
    const chi2 = reference.sum(bins.map((count) => (count - MANY / 64) ** 2 / (MANY / 64)));
    assert.ok(Math.abs(chi2 - 63) < 4 * Math.sqrt(126), `χ² = ${chi2}`);
  }));

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

test("turning one bit of the counter or the key turns half of the words' bits, whichever it is", () => {
  const random = reference.mulberry32(31);
  const out = core.u32(16);
  const block = (key: readonly number[]) => {
    const [low, high, stream, tile, step, index] = key;
    philox(core, out, low, high, stream, tile, step, index);
    return [out[0], out[4], out[8], out[12]];
  };
  const places = 64;
  for (let word = 0; word < 6; word++)
    for (let bit = 0; bit < 32; bit++) {
      let turned = 0;
      for (let place = 0; place < places; place++) {
        const key = Array.from({ length: 6 }, () => Math.floor(random() * 2 ** 32));
        const before = block(key);
        key[word] = (key[word] ^ (1 << bit)) >>> 0;
        block(key).forEach((after, j) => {
          turned += ones(after ^ before[j]);
        });
      }
      // of 128 bits each turns with chance ½: 4 σ = 4 √n / 2
      const n = places * 128;
      assert.ok(Math.abs(turned - n / 2) < 2 * Math.sqrt(n), `word ${word}, bit ${bit}: ${turned} of ${n}`);
    }
});

test("drawIndices fills its population evenly", () =>
  core.scope(() => {
    const counts = new Array(10).fill(0);
    for (const index of drawIndices(core, core.u32(MANY), 10, 16, 17, 18, 19)) counts[index]++;
    for (const count of counts)
      assert.ok(Math.abs(count - MANY / 10) < 4 * Math.sqrt(MANY * 0.1 * 0.9), `${counts}`);
  }));

test("createRandom repeats with its seed and stream, and has the right moments", () => {
  const seed = 2 ** 40 + 5;
  const draws = (random = createRandom(core, seed, 3)) => [
    random.uniform(),
    random.normal(),
    random.integer(9),
  ];
  assert.equal(draws(), draws());
  assert.not.equal(draws(), draws(createRandom(core, seed, 4)));
  assert.not.equal(draws(), draws(createRandom(core, seed + 1, 3)));
  assert.not.equal(draws(), draws(createRandom(core, 5, 3)));

  const random = createRandom(core, 20);
  const N = 20000;
  const of = (draw: () => number) => Float64Array.from({ length: N }, draw);
  const z = of(() => random.normal());
  assert.ok(Math.abs(moment(z, 1)) < 4 / Math.sqrt(N));
  assert.ok(Math.abs(moment(z, 2) - 1) < 4 * Math.sqrt(2 / N));
  assert.ok(Math.abs(moment(z, 4) - 3) < 4 * Math.sqrt(96 / N));
  const u = of(() => random.uniform(-3, 5));
  assert.ok(u.every((value) => value >= -3 && value < 5));
  assert.ok(Math.abs(moment(u, 1) - 1) < (4 * 8) / Math.sqrt(12 * N));
  const k = of(() => random.integer(3));
  for (const face of [0, 1, 2])
    assert.ok(Math.abs(k.filter((value) => value === face).length - N / 3) < 4 * Math.sqrt((N * 2) / 9));
});

test("createRandom's numbers are those of the twin", () => {
  const random = createRandom(core, 2 ** 32 * 7 + 6, 21);
  const unit = (first: number, second: number) => ((first >>> 5) * 2 ** 26 + (second >>> 6)) / 2 ** 53;
  for (let index = 0; index < 8; index++) {
    const [w0, w1, w2, w3] = reference.philox([index, 0, 0xffffffff, 21], [6, 7]);
    if (index % 2 === 0) assert.is(random.uniform(), unit(w0, w1));
    else {
      const expected = Math.sqrt(-2 * Math.log(1 - unit(w0, w1))) * Math.cos(2 * Math.PI * unit(w2, w3));
      assert.ok(Math.abs(random.normal() - expected) < 1e-14);
    }
  }
});

test("seedWords splits a seed; wrong seeds, populations and lengths are named", () => {
  assert.equal(seedWords(2 ** 32 * 3 + 4), [4, 3]);
  assert.equal(seedWords(Number.MAX_SAFE_INTEGER), [0xffffffff, 2 ** 21 - 1]);
  for (const [call, message] of [
    [() => seedWords(-1), "seed: expected a whole number ≥ 0, got -1"],
    [() => createRandom(core, 1.5), "seed: expected a whole number ≥ 0, got 1.5"],
    [() => createRandom(core, 2 ** 53), "seed: expected a whole number ≥ 0, got 9007199254740992"],
    [() => createRandom(core, 1).integer(0), "n: expected a whole number ≥ 1, got 0"],
    [() => uniform(core, core.f32(6), 0, 0, 0, 0, 0), "out.length: expected a positive multiple of 4, got 6"],
    [
      () => drawIndices(core, core.u32(4), 0, 0, 0, 0, 0),
      "population: expected a whole number in [1, 4294967295], got 0",
    ],
  ] as const)
    assert.throws(call, (error: Error) => error instanceof RangeError && error.message === message);
});

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

/** Bits of a word that are 1. */
function ones(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function moment(values: Float32Array | Float64Array, k: number): number {
  let sum = 0;
  for (const value of values) sum += value ** k;
  return sum / values.length;
}

function correlation(a: Float32Array, b: Float32Array): number {
  const [meanA, meanB] = [moment(a, 1), moment(b, 1)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - meanA) * (b[i] - meanB);
    aa += (a[i] - meanA) ** 2;
    bb += (b[i] - meanB) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
test.run();
