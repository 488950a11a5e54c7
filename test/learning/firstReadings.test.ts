import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { FIRST, withoutFault, withoutJumps } from "../../src/learning/firstReadings.ts";

test("a reading far from the others is moved to eight deviations from them, wherever it lies", () => {
  const others = [1, 2, 3, 2];
  const limit = 8 * Math.sqrt(0.5);
  for (let place = 0; place < FIRST; place++)
    for (const sign of [1, -1]) {
      const values = [...others.slice(0, place), sign * 1e6, ...others.slice(place)];
      const amended = withoutFault(values) ?? [];
      assert.ok(Math.abs(amended[place] - (2 + sign * limit)) < 1e-12);
      assert.equal([...amended.slice(0, place), ...amended.slice(place + 1)], others);
    }
});

test("two places that are left and come back to are no faults, nor is what differs by ordinary steps", () => {
  assert.is(withoutFault([0.1, 0.1001, 5, 0.1, 5]), undefined);
  assert.is(withoutFault([0, 0, 0, 0, 1]), undefined);
  assert.ok(withoutFault([0, 1e-3, 0, 0, 1]));
  assert.is(withoutFault([0, 1e-3, 0, 0, 1], 0.1), undefined);
});

test("a fault of an observation is two jumps among the changes; steps of one size are none", () => {
  const amended = withoutJumps([0.1, 1e6, -1e6, -0.1, 0.2]) ?? [];
  assert.equal([amended[0], amended[3], amended[4]], [0.1, -0.1, 0.2]);
  assert.ok(Math.max(...amended.map(Math.abs)) < 1.2);
  assert.ok(withoutJumps([1e6, 0.1, -0.1, 0.2, 0.1]));
  assert.is(withoutJumps([0.195, 0.195, -0.195, 0.195, 0.1951]), undefined);
  assert.is(withoutJumps([0, 0, 0, 0, 1]), undefined);
  assert.is(withoutJumps([0.1, 1e6, -1e6, 1e6, 0.2]), undefined, "three are no fault of one reading");
});

test("units change nothing but units, and no reading among others is moved, by property", () => {
  const values = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: FIRST, maxLength: FIRST });
  const exponents = fc.integer({ min: -30, max: 30 });
  fc.assert(
    fc.property(values, exponents, fc.integer({ min: -1e6, max: 1e6 }), (own, exponent, shift) => {
      const unit = 2 ** exponent;
      const [amended, others] = [withoutFault(own), withoutFault(own.map((value) => unit * value))];
      assert.equal(
        others,
        amended?.map((value) => unit * value),
      );
      assert.equal(
        withoutFault(own.map((value) => value + shift))?.map((value) => Math.round(value - shift)),
        amended?.map((value) => Math.round(value)),
      );
      const range = Math.max(...own) - Math.min(...own);
      const moved = (amended ?? own).filter((value, i) => value !== own[i]).length;
      assert.ok(moved <= 1 && (moved === 0 || range > 64));
    }),
  );
});

test.run();
