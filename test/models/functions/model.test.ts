import { test } from "uvu";
import * as assert from "uvu/assert";
import { box, discrete } from "../../../src/environments/environment.ts";
import { isFunctions, type Model, shapeOf } from "../../../src/models/functions/model.ts";
import { tiger } from "../../../src/models/problems/tiger.ts";
import { walk } from "../../helpers/functions.ts";

test("is told from tables by its functions", () => {
  assert.ok(isFunctions(walk));
  assert.not.ok(isFunctions(tiger()));
  assert.not.ok(isFunctions(undefined));
});

test("has sizes that follow from its spaces", () => {
  assert.equal(shapeOf(walk), {
    ...{ stateSize: 1, observationSize: 1, isSeen: false, actionSize: 1, choices: 0 },
    ...{ low: [-1], high: [1], symbols: 0 },
  });
  const counted: Model = { ...walk, actionSpace: discrete(3), observationSpace: discrete(5) };
  assert.is(shapeOf(counted).choices, 3);
  assert.is(shapeOf(counted).symbols, 5);
});

for (const [name, changes, message] of [
  ["a missing step", { step: undefined }, "model.step: expected a function, got undefined"],
  ["no states", { stateSize: 0 }, "model.stateSize: expected a whole number ≥ 1, got 0"],
  [
    "actions without bounds",
    { actionSpace: box([-Infinity], [1]) },
    "actionSpace: expected finite bounds low < high, to which actions are scaled, got [-Infinity, 1] at 0: " +
      "give the range that is useful, and clip or rescale in `step`",
  ],
  [
    "a density without observations",
    { observe: undefined },
    "model.observe: expected a function beside logDensity, got none",
  ],
  [
    "observations without a density",
    { logDensity: undefined },
    "model.logDensity: expected a function beside observe, got none",
  ],
  [
    "a state that is seen, of another size",
    { observe: undefined, logDensity: undefined, stateSize: 2 },
    "model.observationSpace: expected [2] values, for without observe the state is seen, got [1]",
  ],
  [
    "observations of a kind that models have not",
    { observationSpace: { kind: "dict", spaces: { x: discrete(2) } } },
    "model.observationSpace: expected a box or a discrete space, got dict",
  ],
] as const)
  test(`refuses ${name}`, () => {
    assert.throws(
      () => shapeOf({ ...walk, ...changes } as unknown as Model),
      (error: Error) => error.message === message,
    );
  });

test.run();
