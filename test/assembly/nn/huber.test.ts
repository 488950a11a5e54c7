import { test } from "uvu";
import * as assert from "uvu/assert";
import { huberGradient } from "../../../src/core/huber.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import {
  average,
  centralDifference,
  fromTiles,
  randomRows,
  relativeError,
  toTiles,
} from "../../reference/arrays.ts";
import { mulberry32 } from "../../reference/kernels.ts";
import * as reference from "../../reference/nn.ts";

const core = debugCore();

for (const tiles of [1, 3])
  for (const delta of [0.5, 10])
    test(`huberGradient is the central difference of the mean Huber loss, ${tiles} tiles, δ=${delta}`, () => {
      const N = tiles * 32;
      const random = mulberry32(tiles);
      const v = randomRows(random, N, 1, -2, 2);
      const t = randomRows(random, N, 1, -2, 2);
      const dV = core.f32(toTiles(v).length);
      const squares = huberGradient(core, dV, core.f32(toTiles(v)), core.f32(toTiles(t)), delta);
      const loss = (values: number[]) =>
        average(values.map((value, n) => reference.huber(value - t[n][0], delta)));
      assert.ok(relativeError(fromTiles(dV, N, 1).flat(), centralDifference(loss, v.flat())) < 1e-5);
      const expected = average(v.map((value, n) => (value[0] - t[n][0]) ** 2));
      assert.ok(Math.abs(squares / expected - 1) < 1e-6);
      // the three padding rows stay as they were
      assert.ok(
        fromTiles(dV, N, 3, 4, 1)
          .flat()
          .every((value) => value === 0),
      );
    });

test("an infinite error is clipped like any other", () => {
  const v = core.f32(toTiles([[Infinity], [-1e30]]));
  const dV = core.f32(128);
  huberGradient(core, dV, v, core.f32(128), 1);
  assert.equal([dV[0], dV[1], dV[2]], [1 / 32, -1 / 32, 0]);
});

test("names the argument, the expected shape and what it got", () => {
  assert.throws(
    () => huberGradient(core, core.f32(128), core.f32(128), core.f32(32), 1),
    (error: Error) =>
      error instanceof RangeError && error.message === "target: expected [1, 4, 32] = 128 values, got 32",
  );
});
test.run();
