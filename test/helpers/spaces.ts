/** Spaces of every kind, with values of theirs, for properties over generated inputs. */
import fc from "fast-check";
import {
  box,
  dict,
  discrete,
  multiBinary,
  multiDiscrete,
  type Observation,
  type Space,
  tuple,
} from "../../src/environments/spaces.ts";

export interface Sample {
  readonly space: Space;
  readonly value: Observation;
}

const choice = (n: number) => fc.integer({ min: 0, max: n - 1 });
const count = fc.integer({ min: 1, max: 5 });
const counts = fc.array(count, { minLength: 1, maxLength: 4 });

/** Numbers within ±9, as arrays of rows. */
function rows([n, ...shape]: readonly number[]): fc.Arbitrary<Observation> {
  const part: fc.Arbitrary<Observation> =
    shape.length === 0 ? fc.double({ min: -9, max: 9, noNaN: true }) : rows(shape);
  return fc.array(part, { minLength: n, maxLength: n });
}

const simple: fc.Arbitrary<Sample> = fc.oneof(
  count.chain((n) => choice(n).map((value) => ({ space: discrete(n), value }))),
  counts.chain((nvec) =>
    fc.tuple(...nvec.map(choice)).map((value) => ({ space: multiDiscrete(nvec), value })),
  ),
  count.chain((n) =>
    fc.array(choice(2), { minLength: n, maxLength: n }).map((value) => ({ space: multiBinary(n), value })),
  ),
  fc
    .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 })
    .chain((shape) => rows(shape).map((value) => ({ space: box(-9, 9, shape), value }))),
);

/** A space and a value of it; boxes have values as arrays of rows. */
export const samples: fc.Arbitrary<Sample> = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    simple,
    fc.array(tie("sample"), { minLength: 1, maxLength: 3 }).map((parts) => ({
      space: tuple(parts.map(({ space }) => space)),
      value: parts.map(({ value }) => value),
    })),
    fc
      .uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 3 }), tie("sample")), {
        minLength: 1,
        maxLength: 3,
        selector: ([name]) => name,
      })
      .filter((parts) => parts.every(([name]) => name !== "length" && name !== "__proto__"))
      .map((parts) => ({
        space: dict(Object.fromEntries(parts.map(([name, { space }]) => [name, space]))),
        value: Object.fromEntries(parts.map(([name, { value }]) => [name, value])),
      })),
  ),
})).sample;
