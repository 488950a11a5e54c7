import { test } from "uvu";
import * as assert from "uvu/assert";
import { activate, activateBackward, activateForward, activations } from "../../../src/core/activation.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { randomRow } from "../../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import * as reference from "../../reference/nn.ts";

const core = debugCore();
const extremes = [0, -0, 1e-20, -1e-20, 20, -20, 100, -100];

for (const name of activations)
  for (const N of [4, 100]) {
    const x = [...randomRow(mulberry32(1), N, -6, 6), ...extremes];
    const dY = randomRow(mulberry32(2), x.length);

    test(`${name} matches the f64 reference at N=${x.length}, also in place`, () => {
      const expected = x.map(reference.activation[name]);
      const actual = activate(core, core.f32(x.length), core.f32(x), name);
      // four ulp of the largest value inside ±6, and 20 and 100 are exact up to half an ulp
      assert.ok(maxAbsError(actual, expected) < 8 * 4 * 2 ** -24);
      const inPlace = core.f32(x);
      assert.equal([...activate(core, inPlace, inPlace, name)], [...actual]);
    });

    test(`${name} keeps its slope and backward multiplies by it at N=${x.length}`, () => {
      const y = core.f32(x);
      const slope = core.f32(x.length);
      activateForward(core, y, slope, name);
      assert.equal([...y], [...activate(core, core.f32(x.length), core.f32(x), name)]);
      const actual = activateBackward(core, core.f32(dY), slope);
      const expected = x.map((value, i) => dY[i] * reference.slope[name](value));
      assert.ok(maxAbsError(actual, expected) < 1e-6);
    });
  }

test("far from 0 silu is -30 σ(-30) or x: no subnormal number reaches a layer", () => {
  const far = [-30, -31, -88, -3e38, -Infinity, 30, 89, 3e38];
  const least = -30 / (1 + Math.exp(30));
  const actual = activate(core, core.f32(8), core.f32(far), "silu");
  for (const y of actual.subarray(0, 5)) assert.ok(Math.abs(y / least - 1) < 5e-6, `${y}`);
  assert.equal([...actual.subarray(5)], [...core.f32(far.slice(5))]);
});

test("the slopes of the reference are central differences", () => {
  const h = 1e-5;
  for (const name of activations)
    for (const x of [-3, -0.7, 0.2, 2.5]) {
      const f = reference.activation[name];
      const numerical = (f(x + h) - f(x - h)) / (2 * h);
      assert.ok(Math.abs(numerical - reference.slope[name](x)) < 1e-9);
    }
});

test("names the argument, the expected shape and what it got", () => {
  assert.throws(
    () => activate(core, core.f32(6), core.f32(6), "tanh"),
    (error: Error) =>
      error instanceof RangeError && error.message === "x.length: expected a positive multiple of 4, got 6",
  );
  assert.throws(
    () => activateBackward(core, core.f32(8), core.f32(4)),
    (error: Error) => error instanceof RangeError && error.message === "dY: expected [4] = 4 values, got 8",
  );
});
test.run();
