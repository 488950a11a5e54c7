import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  denseBackwardInput,
  denseBackwardParameters,
  denseForward,
  denseForwardRow,
} from "../../../src/core/dense.ts";
import { pad4, TILE, tilesFor } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { fromTiles, randomRow, randomRows, relativeError, toTiles } from "../../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import * as reference from "../../reference/linalg.ts";

const core = debugCore();

/** [inputs, outputs, particles]: one vector and less, odd widths, several blocks, tiles, groups of blocks and spans. */
const sizes = [
  [1, 1, 1],
  [5, 3, 40],
  [4, 4, 32],
  [7, 18, 96],
  [64, 64, 33],
  [3, 21, 70],
  [33, 34, 64],
  [6, 301, 40],
] as const;

/** One rounding per product and per sum, of values that stay below `terms`. */
const tolerance = (terms: number) => 2 * (terms + 1) * 2 ** -24 * (terms + 1);

function problem(inputs: number, outputs: number, N: number) {
  const random = mulberry32(inputs + 100 * outputs);
  const layer = { weight: randomRows(random, outputs, inputs), bias: randomRow(random, outputs) };
  const xs = randomRows(random, N, inputs);
  const dYs = randomRows(random, N, outputs);
  return { layer, xs, dYs, sizes: { inputs, outputs, tiles: tilesFor(N) } };
}

for (const [inputs, outputs, N] of sizes) {
  const { layer, xs, dYs, sizes } = problem(inputs, outputs, N);
  const { tiles } = sizes;
  const at = `at ${inputs} inputs, ${outputs} outputs, ${N} particles`;

  test(`denseForward matches the f64 reference ${at}`, () => {
    core.scope(() => {
      const weight = core.f32(reference.packWeight(layer.weight));
      const bias = core.f32(reference.packBias(layer.bias));
      const y = core.f32(tiles * pad4(outputs) * TILE).fill(Number.NaN);
      denseForward(core, y, core.f32(toTiles(xs)), weight, bias, sizes);
      const expected = xs.flatMap((x) => reference.dense(layer, x));
      assert.ok(maxAbsError(fromTiles(y, N, outputs).flat(), expected) < tolerance(inputs));
      const padding = fromTiles(y, N, pad4(outputs) - outputs, pad4(outputs), outputs).flat();
      assert.ok(padding.every((value) => value === 0));
    });
  });

  test(`denseForwardRow gives the bits of denseForward ${at}`, () => {
    core.scope(() => {
      const weight = core.f32(reference.packWeight(layer.weight));
      const bias = core.f32(reference.packBias(layer.bias));
      const y = core.f32(tiles * pad4(outputs) * TILE);
      denseForward(core, y, core.f32(toTiles(xs)), weight, bias, sizes);
      const row = core.f32(pad4(outputs)).fill(Number.NaN);
      for (const n of [0, N - 1]) {
        denseForwardRow(core, row, core.f32(xs[n]), weight, bias);
        assert.equal([...row], fromTiles(y, N, pad4(outputs))[n]);
      }
    });
  });

  test(`denseBackwardInput matches the f64 reference ${at}`, () => {
    core.scope(() => {
      const weight = core.f32(reference.packWeight(layer.weight));
      const dX = core.f32(tiles * pad4(inputs) * TILE).fill(Number.NaN);
      denseBackwardInput(core, dX, core.f32(toTiles(dYs)), weight, sizes);
      const expected = dYs.flatMap((dY) => reference.denseInputGradient(layer, dY));
      assert.ok(maxAbsError(fromTiles(dX, N, inputs).flat(), expected) < tolerance(outputs));
      const padding = fromTiles(dX, tiles * TILE, pad4(inputs) - inputs, pad4(inputs), inputs).flat();
      assert.ok(padding.every((value) => value === 0));
    });
  });

  test(`denseBackwardParameters adds the f64 reference ${at}`, () => {
    core.scope(() => {
      const random = mulberry32(3);
      const before = { weight: randomRows(random, outputs, inputs), bias: randomRow(random, outputs) };
      const dWeight = core.f32(reference.packWeight(before.weight));
      const dBias = core.f32(reference.packBias(before.bias));
      const start = [...dWeight, ...dBias];
      denseBackwardParameters(core, dWeight, dBias, core.f32(toTiles(dYs)), core.f32(toTiles(xs)), sizes);
      const gradient = reference.denseParameterGradient(xs, dYs);
      const added = [...reference.packWeight(gradient.weight), ...reference.packBias(gradient.bias)];
      const expected = added.map((value, i) => start[i] + value);
      assert.ok(maxAbsError([...dWeight, ...dBias], expected) < tolerance(N));
    });
  });
}

test("the adjoints satisfy ⟨dY, W x⟩ = ⟨Wᵀ dY, x⟩ = ⟨dY xᵀ, W⟩", () => {
  const { layer, xs, dYs, sizes } = problem(6, 10, 64);
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);
  core.scope(() => {
    const weight = core.f32(reference.packWeight(layer.weight));
    const bias = core.f32(pad4(10));
    const x = core.f32(toTiles(xs));
    const dY = core.f32(toTiles(dYs));
    const y = denseForward(core, core.f32(dY.length), x, weight, bias, sizes);
    const dX = denseBackwardInput(core, core.f32(x.length), dY, weight, sizes);
    const dWeight = core.f32(weight.length);
    denseBackwardParameters(core, dWeight, core.f32(bias.length), dY, x, sizes);
    const expected = dot(dY, y);
    assert.ok(relativeError([dot(dX, x), dot(dWeight, weight)], [expected, expected]) < 1e-5);
  });
});

test("nothing beyond the weights is read, which may end the memory", () => {
  const small = debugCore(1);
  const sizes = { inputs: 1, outputs: 1, tiles: 1 };
  const dY = small.f32(pad4(1) * TILE);
  const dX = small.f32(pad4(1) * TILE);
  const weight = new Float32Array(dX.buffer, dX.buffer.byteLength - 16, 4);
  assert.not.throws(() => denseBackwardInput(small, dX, dY, weight, sizes));
});

test("names the argument, the expected shape and what it got", () => {
  const sizes = { inputs: 5, outputs: 3, tiles: 2 };
  const weight = core.f32(20);
  const bias = core.f32(4);
  const x = core.f32(2 * 8 * TILE);
  const y = core.f32(2 * 4 * TILE);
  const message = (expected: string) => (error: Error) =>
    error instanceof RangeError && error.message === expected;
  assert.throws(
    () => denseForward(core, y, x, core.f32(15), bias, sizes),
    message("weight: expected [1, 5, 4] = 20 values, got 15"),
  );
  assert.throws(
    () => denseForward(core, y, x, weight, core.f32(3), sizes),
    message("bias: expected [4] = 4 values, got 3"),
  );
  assert.throws(
    () => denseForward(core, y, core.f32(320), weight, bias, sizes),
    message("x: expected [2, 8, 32] = 512 values, got 320"),
  );
  assert.throws(
    () => denseForward(core, y, x, weight, bias, { ...sizes, tiles: 0 }),
    message("tiles: expected a whole number ≥ 1, got 0"),
  );
  assert.throws(
    () => denseForwardRow(core, core.f32(3), core.f32(5), weight, bias),
    message("y: expected [4] = 4 values, got 3"),
  );
  assert.throws(
    () => denseBackwardInput(core, x, core.f32(4), weight, sizes),
    message("dY: expected [2, 4, 32] = 256 values, got 4"),
  );
  assert.throws(
    () => denseBackwardParameters(core, weight, bias, y, core.f32(4), sizes),
    message("x: expected [2, 8, 32] = 512 values, got 4"),
  );
  assert.throws(
    () => denseForward(core, new Float32Array(256), x, weight, bias, sizes),
    (error: Error) =>
      error instanceof TypeError && error.message.startsWith("y: expected an array of this core"),
  );
});
test.run();
