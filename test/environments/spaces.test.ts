import { test } from "uvu";
import * as assert from "uvu/assert";
import { box, discrete } from "../../src/environments/environment.ts";

test("a box keeps its bounds, a choice its number", () => {
  assert.equal(box([-1, 0], [1, Number.POSITIVE_INFINITY]), {
    kind: "box",
    low: [-1, 0],
    high: [1, Number.POSITIVE_INFINITY],
  });
  assert.equal(discrete(3), { kind: "discrete", n: 3 });
});

test("refuses bounds that differ in number or cross, and a choice of none", () => {
  for (const [call, message] of [
    [() => box([0], [1, 2]), "high: expected 1 bounds, as low has, got 2"],
    [() => box([], []), "high: expected one or more bounds, as low has, got 0"],
    [() => box([0, 2], [1, 1]), "high[1]: expected a bound ≥ low[1] = 2, got 1"],
    [() => box([Number.NaN], [1]), "high[0]: expected a bound ≥ low[0] = NaN, got 1"],
    [() => discrete(0), "n: expected a whole number ≥ 1, got 0"],
    [() => discrete(1.5), "n: expected a whole number ≥ 1, got 1.5"],
  ] as const)
    assert.throws(call, (error: Error) => error instanceof RangeError && error.message === message);
});

test("two bounds for all numbers ask for the shape of the array", () => {
  assert.throws(
    () => box(-1, 1),
    (error: Error) =>
      error.message === "shape: expected one, as both bounds are one for all, got none: box(-1, 1, [3])",
  );
});

test.run();
