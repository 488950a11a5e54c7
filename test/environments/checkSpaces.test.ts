import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkEnvironment } from "../../src/environments/check.ts";
import { observationProblem, spaceProblems } from "../../src/environments/checkSpaces.ts";
import { box, discrete, type Environment } from "../../src/environments/environment.ts";
import { line } from "../helpers/line.ts";

test("good spaces have no problems, nor has an observation on their bounds", () => {
  assert.equal(spaceProblems(line()), []);
  assert.is(observationProblem(box([-1, -Infinity], [1, Infinity]), Float32Array.of(1, -5)), undefined);
});

for (const [what, spaces, message] of [
  [
    "a box with crossed bounds",
    { observationSpace: { kind: "box", low: [0, 2], high: [1, 1] } },
    "observationSpace: expected low ≤ high, got 2 and 1 for [1]",
  ],
  [
    "a bound that is not a number",
    { observationSpace: { kind: "box", low: [Number.NaN], high: [1] } },
    "observationSpace: expected low ≤ high, got NaN and 1 for [0]",
  ],
  [
    "bounds of two lengths",
    { observationSpace: { kind: "box", low: [0], high: [1, 1] } },
    "observationSpace: expected as many bounds in low as in high, and one or more, got 1 and 2",
  ],
  [
    "missing bounds",
    { observationSpace: { kind: "box", low: [0] } },
    "observationSpace: expected arrays low and high, got an array and undefined",
  ],
  [
    "discrete observations",
    { observationSpace: discrete(3) },
    'observationSpace.kind: expected "box", got "discrete"',
  ],
  [
    "no actions",
    { actionSpace: { kind: "discrete", n: 0 } },
    "actionSpace.n: expected a whole number ≥ 1, got 0",
  ],
  [
    "an action space of no kind",
    { actionSpace: { n: 2 } },
    'actionSpace.kind: expected "box" or "discrete", got undefined',
  ],
  [
    "an unbounded action",
    { actionSpace: box([-1, 0], [1, Infinity]) },
    "actionSpace: expected finite bounds low < high, to which actions are scaled, got [0, Infinity] for [1]",
  ],
  [
    "an action without a choice",
    { actionSpace: box([-1, 0], [1, 0]) },
    "actionSpace: expected finite bounds low < high, to which actions are scaled, got [0, 0] for [1]",
  ],
] as const)
  test(`names ${what}`, () => {
    const environment = { ...line(), ...spaces } as Environment;
    assert.equal(spaceProblems(environment), [message]);
    assert.equal(checkEnvironment(environment), [message]);
  });

test("a float32 observation may round past a bound that float32 cannot hold", () => {
  assert.ok(Math.fround(0.6) > 0.6);
  assert.is(observationProblem(box([0], [0.6]), Float32Array.of(0.6)), undefined);
  assert.equal(observationProblem(box([0], [0.6]), [0.601]), {
    what: "observation[0]",
    message: "expected a number in [0, 0.6], as observationSpace says, got 0.601",
  });
});
test.run();
