import { test } from "uvu";
import * as assert from "uvu/assert";
import { box, dict, discrete, multiBinary, multiDiscrete, tuple } from "../../src/environments/spaces.ts";
import { expectObservationKind, observationKindOf } from "../../src/models/observationKind.ts";

const mixed = dict({ seen: discrete(3), speed: box([-1], [1]) });

test("one-hots are categorical, zeros and ones Bernoulli, all that has a box is Gaussian", () => {
  for (const [space, kind] of [
    [discrete(3), "categorical"],
    [multiBinary(3), "bernoulli"],
    [multiDiscrete([2, 3]), "bernoulli"],
    [tuple([discrete(2), multiBinary(2)]), "bernoulli"],
    [box([0], [1]), "gaussian"],
    [mixed, "gaussian"],
    [tuple([dict({ a: tuple([box([0], [1])]) })]), "gaussian"],
  ] as const) {
    assert.is(observationKindOf(space), kind);
    expectObservationKind(kind, space);
    expectObservationKind("gaussian", space);
  }
  expectObservationKind("categorical", box([0, 0], [1, 1]));
  expectObservationKind("bernoulli", discrete(3));
});

for (const [kind, space, message] of [
  [
    "bernoulli",
    mixed,
    'observationKind: expected "gaussian", as observations lie in [-1, 1] at 3, beyond 0 and 1, got "bernoulli"',
  ],
  [
    "categorical",
    box([0, 0], [1, 2]),
    'observationKind: expected "gaussian", as observations lie in [0, 2] at 1, beyond 0 and 1, got "categorical"',
  ],
  [
    "categorical",
    multiBinary(2),
    'observationKind: expected "bernoulli", as observations are of a multiBinary, with several ones, got "categorical"',
  ],
] as const)
  test(`refuses ${kind} observations of a ${space.kind}`, () => {
    assert.throws(
      () => expectObservationKind(kind, space),
      (error: Error) => error instanceof RangeError && error.message === message,
    );
  });
test.run();
