import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { latticeOf, placeOn } from "../../src/learning/lattice.ts";

/** The lattice of a column of values, which is the second of three. */
function latticeThrough(values: readonly number[]) {
  const table = Float32Array.from(values.flatMap((value) => [7, value, 7]));
  return latticeOf({ table, stride: 3, offset: 1, width: 1 }, [0, values.length]);
}

test("places of any spacing and origin are found, in any order", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -40, max: 40 }),
      fc.constantFrom(1, 0.1, 1 / 7, 3e-4, 1e6),
      fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 40 }),
      (origin, spacing, steps) => {
        // two neighbours, so that the spacing can be seen
        const places = [...steps, steps[0] + 1];
        const values = places.map((place) => (origin + place) * spacing);
        const lattice = latticeThrough(values);
        assert.ok(lattice !== undefined);
        assert.ok(Math.abs(lattice.spacing / spacing - 1) < 1e-3, `${lattice.spacing} of ${spacing}`);
        const least = Math.min(...places);
        for (const [i, value] of values.entries())
          assert.is(placeOn(lattice, Math.fround(value)), places[i] - least);
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});

test("a constant is a lattice of one place; what differs from it lies beside", () => {
  const lattice = latticeThrough([3, 3, 3]);
  assert.equal(lattice, { first: 3, spacing: 0 });
  assert.is(placeOn({ first: 3, spacing: 0 }, 3), 0);
  assert.is(placeOn({ first: 3, spacing: 0 }, 3.5), undefined);
});

test("numbers without a common spacing have none, nor have many values, nor those far apart", () => {
  assert.is(latticeThrough([0, 1, 1.37, 2, 0, 1, 1.37, 2]), undefined);
  assert.is(latticeThrough(Array.from({ length: 65 }, (_, i) => i)), undefined);
  assert.ok(latticeThrough(Array.from({ length: 64 }, (_, i) => i)) !== undefined);
  assert.is(latticeThrough([0, 1, 1000, 0, 1, 1000]), undefined);
});

test("one reading at fault is left out, where it came once", () => {
  const board = [0, 1, 2, 3, 2, 1, 0, 1];
  for (const fault of [1e9, 0.37, -1e30]) {
    const lattice = latticeThrough([...board, 3, fault]);
    assert.equal(lattice, { first: 0, spacing: 1 });
    assert.is(placeOn({ first: 0, spacing: 1 }, 0.37), undefined);
  }
  // what comes again is no fault
  assert.is(latticeThrough([...board, 3, 0.37, 0.37]), undefined);
});

test.run();
