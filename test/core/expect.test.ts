import { test } from "uvu";
import * as assert from "uvu/assert";
import { expectArray, expectFinite, expectKnownNames } from "../../src/core/expect.ts";

const isTypeError = (message: string) => (error: Error) =>
  error instanceof TypeError && error.message === message;

test("an unknown name is refused, and a known one may hold undefined", () => {
  expectKnownNames("options", {}, ["seed"]);
  expectKnownNames("options", { seed: undefined }, ["seed", "stream"]);
  assert.throws(
    () => expectKnownNames("options", { seed: 1, streem: undefined }, ["seed", "stream"]),
    isTypeError("options: expected known names, got streem"),
  );
  assert.throws(
    () => expectKnownNames("system", { C: 1 }, ["A", "B"], "A and B alone"),
    isTypeError("system: expected A and B alone, got C"),
  );
});

for (const [value, kind] of [
  [undefined, "undefined"],
  [null, "null"],
  [3, "3"],
  [[1], "an array"],
  [Float32Array.of(1), "an array"],
  [() => {}, "a function"],
] as [object, string][])
  test(`${kind} is no object of names`, () => {
    assert.throws(
      () => expectKnownNames("options", value, ["seed", "stream"]),
      isTypeError(`options: expected an object of seed, stream, got ${kind}`),
    );
  });

test("arrays are arrays, typed or not; what is none is named", () => {
  for (const value of [[], [1], Float32Array.of(1), new Uint32Array(0), { 0: 1, length: 1 }])
    expectArray("mean", value);
  assert.throws(() => expectArray("R", undefined), isTypeError("R: expected an array, got undefined"));
  assert.throws(() => expectArray("R", { 0: 1 }), isTypeError("R: expected an array, got an object"));
  assert.throws(() => expectArray("R", "1"), isTypeError("R: expected an array, got 1"));
});

test("finite numbers are those that are finite as f32", () => {
  const values = [0, -1e38, 1e-50];
  assert.is(expectFinite("states", values), values);
  for (const value of [Number.NaN, Infinity, -Infinity, 1e39])
    assert.throws(
      () => expectFinite("states", [0, value]),
      (error: Error) => `${error}` === `RangeError: states: expected finite numbers, got ${value}`,
    );
  assert.throws(
    () => expectFinite("states", [undefined as unknown as number]),
    /finite numbers, got undefined/,
  );
});

test.run();
