import { test } from "uvu";
import * as assert from "uvu/assert";
import { argmax, modeOfBins, sampleIndex } from "../../../src/core/heads.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { randomRow, randomRows } from "../../reference/arrays.ts";
import * as reference from "../../reference/density.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";

const core = debugCore();

for (const [groups, bins] of [
  [1, 2],
  [1, 21],
  [5, 7],
])
  test(`modeOfBins matches the f64 reference at ${groups} × ${bins}`, () => {
    for (let seed = 0; seed < 20; seed++)
      core.scope(() => {
        const logits = randomRows(mulberry32(seed), groups, bins, -3, 3);
        const actual = modeOfBins(core, core.f32(groups), core.f32(logits.flat()), { groups, bins });
        assert.ok(maxAbsError(actual, logits.map(reference.modeOfBins)) < 1e-6);
      });
  });

test("modeOfBins of one sharp bin is its centre, at the ends too; two modes are not averaged", () => {
  const at = (k: number) => Array.from({ length: 5 }, (_, i) => (i === k ? 200 : 0));
  const logits = core.f32([...at(0), ...at(1), ...at(4), 3, -100, -100, -100, 2.9]);
  assert.equal([...modeOfBins(core, core.f32(4), logits, { groups: 4, bins: 5 })], [-1, -0.5, 1, -1]);
});

test("argmax gives the first of the largest", () => {
  assert.is(argmax(core, core.f32([3])), 0);
  assert.is(argmax(core, core.f32([-5, -2, -3, -2, -9])), 1);
  assert.is(argmax(core, core.f32([-Infinity, -Infinity, -1e30])), 2);
});

test("sampleIndex inverts the cumulative probabilities", () => {
  const p = [0.125, 0, 0.5, 0.25, 0.125];
  const logits = core.f32(p.map(Math.log));
  const draws: [number, number][] = [
    [0, 0],
    [0.124, 0],
    [0.126, 2],
    [0.624, 2],
    [0.626, 3],
    [0.876, 4],
    [1 - 2 ** -24, 4],
  ];
  for (const [uniform, index] of draws) assert.is(sampleIndex(core, logits, uniform), index);
  assert.is(sampleIndex(core, core.f32([5]), 0.5), 0);
});

test("sampleIndex draws with the frequencies of the softmax", () => {
  const random = mulberry32(11);
  const values = randomRow(random, 7, 50, 53);
  const logits = core.f32(values);
  const p = reference.softmax(values);
  const N = 20000;
  const counts = new Array<number>(7).fill(0);
  for (let n = 0; n < N; n++) counts[sampleIndex(core, logits, random())]++;
  counts.forEach((count, k) => {
    // 4σ/√N
    assert.ok(Math.abs(count / N - p[k]) < 4 * Math.sqrt((p[k] * (1 - p[k])) / N));
  });
});

test("names the argument, what it expected and what it got", () => {
  const message = (expected: string) => (error: Error) =>
    error instanceof RangeError && error.message === expected;
  assert.throws(
    () => modeOfBins(core, core.f32(2), core.f32(5), { groups: 2, bins: 3 }),
    message("logits: expected [2, 3] = 6 values, got 5"),
  );
  assert.throws(
    () => modeOfBins(core, core.f32(2), core.f32(2), { groups: 2, bins: 1 }),
    message("bins: expected a whole number ≥ 2, got 1"),
  );
  assert.throws(() => argmax(core, core.f32(0)), message("x.length: expected a whole number ≥ 1, got 0"));
});
test.run();
