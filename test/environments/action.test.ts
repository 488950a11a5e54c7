import { test } from "uvu";
import * as assert from "uvu/assert";
import { expectAction } from "../../src/environments/action.ts";
import { type Action, box, discrete, type Space } from "../../src/environments/environment.ts";

const force = box([-1, -2], [1, 2]);

const refusals: readonly [Space, unknown, typeof TypeError | typeof RangeError, string][] = [
  [discrete(3), 5, RangeError, "action: expected a whole number in [0, 2], got 5"],
  [discrete(3), -1, RangeError, "action: expected a whole number in [0, 2], got -1"],
  [discrete(3), 0.5, RangeError, "action: expected a whole number in [0, 2], got 0.5"],
  [discrete(3), Number.NaN, RangeError, "action: expected a whole number in [0, 2], got NaN"],
  [discrete(3), [1], TypeError, "action: expected a whole number in [0, 2], got an array"],
  [discrete(3), "1", TypeError, 'action: expected a whole number in [0, 2], got "1"'],
  [discrete(3), undefined, TypeError, "action: expected a whole number in [0, 2], got undefined"],
  [force, 1, TypeError, "action: expected [2] numbers, got 1"],
  [force, null, TypeError, "action: expected [2] numbers, got null"],
  [force, {}, TypeError, "action: expected [2] numbers, got an object"],
  [force, [1], RangeError, "action: expected [2] numbers, got [1]"],
  [force, [1, Number.NaN], RangeError, "action[1]: expected a finite number, got NaN"],
  [force, [Infinity, 1], RangeError, "action[0]: expected a finite number, got Infinity"],
  [force, ["1", 1], TypeError, 'action[0]: expected a number, got "1"'],
];

for (const [space, action, type, message] of refusals)
  test(`says "${message}"`, () => {
    assert.throws(
      () => expectAction(space, action as Action),
      (error: Error) => error instanceof type && error.message === message,
    );
  });

test("takes whole numbers in range, and finite vectors even outside the bounds", () => {
  for (const action of [0, 1, 2]) expectAction(discrete(3), action);
  for (const action of [[0, 0], [100, -100], Float32Array.of(1, 2)]) expectAction(force, action);
});
test.run();
