import { test } from "uvu";
import * as assert from "uvu/assert";
import { deviation, NO_MOMENTS } from "../../src/learning/moments.ts";
import { including, within } from "../../src/learning/steadyMoments.ts";
import { mulberry32, sum } from "../reference/kernels.ts";

const of = (values: readonly number[]) => values.reduce(including, NO_MOMENTS);

test("are those of the list where no value lies far from the others", () => {
  const values = Array.from({ length: 50 }, mulberry32(5));
  const moments = of(values);
  const mean = sum(values) / 50;
  assert.ok(Math.abs(moments.mean - mean) < 1e-12);
  const std = Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / 50);
  assert.ok(Math.abs(deviation(moments) - std) < 1e-12);
});

test("one value moves the deviation by no more than √(1 + 64 / count), however large it is", () => {
  const values = Array.from({ length: 100 }, mulberry32(5));
  const before = deviation(of(values));
  for (const spike of [50, -1e9, 1e18]) {
    const after = deviation(of([...values, spike]));
    assert.ok(after > before && after <= before * Math.sqrt(1 + 64 / 101));
  }
});

test("what goes on moves them on", () => {
  const moments = of([...Array.from({ length: 100 }, (_, i) => i % 2), ...new Array(100).fill(1e4)]);
  assert.ok(moments.mean > 3e3 && deviation(moments) > 3e3);
});

test("where nothing varied, a value that differs sets the scale at once", () => {
  const moments = of([...new Array(99).fill(3), 4]);
  assert.ok(Math.abs(moments.mean - 3.01) < 1e-12);
  assert.ok(Math.abs(deviation(moments) - Math.sqrt(0.01 - 0.0001)) < 1e-12);
  assert.is(deviation(of(new Array(100).fill(0.1))), 0);
});

test("powers of two scale them to the bit", () => {
  const random = mulberry32(2);
  const values = Array.from({ length: 30 }, () => random() ** 9);
  const [own, scaled] = [of(values), of(values.map((value) => value * 2 ** -30))];
  assert.is(deviation(scaled), deviation(own) * 2 ** -30);
  assert.is(scaled.mean, own.mean * 2 ** -30);
});

test("a value counts as one within eight deviations, where anything varied", () => {
  const moments = of(Array.from({ length: 40 }, (_, i) => (i % 2 ? 1 : -1)));
  assert.equal(
    [5, 9, -1e9].map((value) => Math.round(within(moments, value))),
    [5, 8, -8],
  );
  assert.is(within(of(new Array(9).fill(1)), 1e9), 1e9);
});

test.run();
