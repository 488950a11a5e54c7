import { test } from "uvu";
import * as assert from "uvu/assert";
import { drawIndices, uniform } from "../../../src/core/random.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import * as reference from "../../reference/kernels.ts";
import { moment } from "../../reference/statistics.ts";

const core = debugCore(1 << 23);
const MANY = 1 << 18;
const key = [0x12345678, 0x9abcdef0] as const;

for (const N of [4, 8, 12, 16, 20, 1024])
  test(`uniform and drawIndices match the f64 reference at N=${N}`, () => {
    const words = reference.words(key, 3, 4, 5, N);
    const units = words.map((word) => (word >>> 8) / 2 ** 24);
    assert.equal(Array.from(uniform(core, core.f32(N), ...key, 3, 4, 5)), units);

    const lone = reference.words(key, 3, 0xffffffff, 5, N);
    for (const population of [1, 10, 0xffffffff]) {
      const indices = lone.map((word) => Number((BigInt(word) * BigInt(population)) >> 32n));
      assert.equal(Array.from(drawIndices(core, core.u32(N), population, ...key, 3, 5)), indices);
    }
  });

test("a longer draw begins with the shorter one", () => {
  const long = uniform(core, core.f32(64), 1, 2, 3, 4, 5);
  for (const N of [4, 8, 12, 16, 28, 60])
    assert.equal(uniform(core, core.f32(N), 1, 2, 3, 4, 5), long.slice(0, N));
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

test("drawIndices fills its population evenly", () =>
  core.scope(() => {
    const counts = new Array(10).fill(0);
    for (const index of drawIndices(core, core.u32(MANY), 10, 16, 17, 18, 19)) counts[index]++;
    for (const count of counts)
      assert.ok(Math.abs(count - MANY / 10) < 4 * Math.sqrt(MANY * 0.1 * 0.9), `${counts}`);
  }));

test("wrong lengths and populations are named", () => {
  for (const [call, message] of [
    [() => uniform(core, core.f32(6), 0, 0, 0, 0, 0), "out.length: expected a positive multiple of 4, got 6"],
    [
      () => drawIndices(core, core.u32(4), 0, 0, 0, 0, 0),
      "population: expected a whole number in [1, 4294967295], got 0",
    ],
  ] as const)
    assert.throws(call, (error: Error) => error instanceof RangeError && error.message === message);
});

test.run();
