import { test } from "uvu";
import * as assert from "uvu/assert";
import { operationsOf } from "../../src/bench/case.ts";
import { interleave } from "../../src/bench/interleave.ts";
import { lineOf, measureCase, timeOf } from "../../src/bench/measure.ts";
import { createPeak } from "../../src/bench/peak.ts";
import { filtered, repeat, SUITE_BYTES, suite } from "../../src/bench/suite.ts";
import { createCore } from "../../src/core/core.ts";

const cases = suite(await createCore({ bytes: SUITE_BYTES }));

test("every case runs, has a name of its own, and leaves numbers", () => {
  assert.is(new Set(cases.map(({ name }) => name)).size, cases.length);
  for (const { name, run } of cases) {
    const result = run();
    const values = ArrayBuffer.isView(result) ? [...(result as Float32Array)] : [];
    assert.ok(values.every(Number.isFinite), name);
  }
});

test("a case can be run so many times without a clock", () => {
  let calls = 0;
  assert.is(repeat({ name: "count", sizes: 0, run: () => calls++ }, 7), 7);
  assert.is(calls, 7);
});

test("counts two operations a weight and row: the plan of the figures has 4.40 GFLOP", () => {
  assert.is(operationsOf([3, 5, 2]), 2 * (3 * 5 + 5 * 2));
  const [plan] = filtered(cases, "1024 particles");
  assert.is(plan.operations, 5 * 1024 * 20 * 2 * (16 * 128 + 128 * 128 + 128 * 24));
  assert.is(((plan.operations ?? 0) / 1e9).toFixed(2), "4.40");
});

test("finds cases by a part of their name, whatever its case", () => {
  assert.equal(
    filtered(cases, "TANH  n=").map(({ name }) => name),
    ["tanh  N=256", "tanh  N=4096"],
  );
  assert.is(filtered(cases).length, cases.length);
  assert.throws(() => filtered(cases, "gemm"), /^filter: expected a part of .*\bdense\b.*, got gemm$/);
});

test("the peak's sums are what its formula says", async () => {
  // s ← s/2 + 1 from (i + 1)/12: after t turns s = 2 + (s0 − 2) 2⁻ᵗ, exact in f32 up to its rounding
  for (const turns of [1, 2, 3]) {
    const expected = Array.from({ length: 12 }, (_, i) => 2 + ((i + 1) / 12 - 2) / 2 ** turns);
    const sum = expected.reduce((a, b) => a + b);
    const peak = await createPeak(turns);
    assert.ok(Math.abs(peak.run() - sum) < 24 * 12 * 2 ** -24, `${turns}: ${peak.run()}`);
    assert.is(peak.operations, turns * 96);
  }
  assert.is((await createPeak(100)).run(), 24);
});

test("times works in turns: one that does ten times the work takes longer", () => {
  const work = (count: number) => () => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += Math.sqrt(i);
    return sum;
  };
  const timings = interleave([work(20_000), work(200_000)], { rounds: 3, roundTime: 2 });
  assert.is(timings[0].ratio, 1);
  assert.ok(timings[1].ratio > 3, `×${timings[1].ratio}`);
});

test("measures the share of the peak where a case multiplies, and only there", async () => {
  const peak = await createPeak();
  const effort = { rounds: 3, roundTime: 2 };
  const itself = measureCase({ name: "the peak", sizes: 0, ...peak }, peak, effort);
  assert.ok(Math.abs((itself.peakShare ?? 0) - 1) < 0.5, `${itself.peakShare}`);
  const [draws] = filtered(cases, "uniform");
  assert.equal(Object.keys(measureCase(draws, peak, effort)), ["work", "p50"]);
});

test("prints times of three figures, and leaves out what a case has not", () => {
  assert.equal([0.7234, 34.81, 1512, 104321].map(timeOf), ["0.723 µs", "34.8 µs", "1510 µs", "104 ms"]);
  const line = lineOf({ work: "dense", p50: 2, gigaflops: 34.56, peakShare: 0.8549 });
  assert.match(line, /^dense {67,}2 µs {3,}34\.6 GFLOP\/s {2}85 % of the peak$/);
  assert.match(lineOf({ work: "exp", p50: 2 }), /2 µs$/);
});

test.run();
