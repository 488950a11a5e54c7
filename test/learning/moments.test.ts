import { test } from "uvu";
import * as assert from "uvu/assert";
import { deviation, including, NO_MOMENTS } from "../../src/learning/moments.ts";
import { mulberry32, sum } from "../reference/kernels.ts";

for (const offset of [0, 1e6])
  test(`are those of the list, one value after the other, around ${offset}`, () => {
    const random = mulberry32(5);
    const values = Array.from({ length: 50 }, () => offset + random());
    const moments = values.reduce(including, NO_MOMENTS);
    const mean = sum(values) / 50;
    const squares = sum(values.map((value) => (value - mean) ** 2));
    assert.is(moments.count, 50);
    assert.ok(Math.abs(moments.mean / mean - 1) < 1e-12);
    assert.ok(Math.abs(moments.squares / squares - 1) < 1e-6);
    assert.ok(Math.abs(deviation(moments) / Math.sqrt(squares / 50) - 1) < 1e-6);
  });

test("of no values, and of equal ones, there is no deviation", () => {
  assert.is(deviation(NO_MOMENTS), 0);
  assert.is(deviation([3, 3, 3].reduce(including, NO_MOMENTS)), 0);
});

test.run();
