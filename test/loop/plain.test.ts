import { test } from "uvu";
import * as assert from "uvu/assert";
import { decodePlain, encodePlain } from "../../src/loop/plain.ts";

const again = (value: unknown) => decodePlain(encodePlain("saved", value));

for (const value of [
  null,
  undefined,
  true,
  "a text",
  0.1,
  -0,
  Number.NaN,
  -Infinity,
  5e-324,
  [1, [undefined, -0]],
  { a: { b: [Number.NaN] }, c: undefined },
  { "#": "Float32Array", values: 3 },
  Float32Array.of(0.1, -0, -Infinity, Infinity),
  Uint8Array.of(1, 255),
  new Float64Array(0),
])
  test(`comes back as it was: ${JSON.stringify(value)}`, () => {
    assert.equal(again(value), value);
    assert.is(Object.is(again([value]), value), false);
    if (typeof value === "number") assert.ok(Object.is(again(value), value));
  });

test("signs of zeros come back within arrays, too", () => {
  assert.ok(Object.is((again(Float32Array.of(-0)) as Float32Array)[0], -0));
  assert.ok(Object.is((again([-0]) as number[])[0], -0));
  assert.equal(Array.from(again(Float32Array.of(Number.NaN, 1)) as Float32Array), [Number.NaN, 1]);
});

class Thing {
  readonly size = 1;
}

for (const [value, message] of [
  [() => 1, "saved: expected plain data, got function"],
  [{ a: [1, Promise.resolve(1)] }, "saved.a[1]: expected plain data, got Promise"],
  [new Map(), "saved: expected plain data, got Map"],
  [{ thing: new Thing() }, "saved.thing: expected plain data, got Object"],
  [1n, "saved: expected plain data, got bigint"],
] as const)
  test(`names what is no plain data: ${message}`, () => {
    assert.throws(
      () => encodePlain("saved", value),
      (error: Error) => error instanceof TypeError && error.message === message,
    );
  });

test.run();
