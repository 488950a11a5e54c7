import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkEnvironment } from "../../src/environments/check.ts";
import type { Environment, SynchronousEnvironment } from "../../src/environments/environment.ts";
import { box, dict, discrete, multiDiscrete, type Space } from "../../src/environments/spaces.ts";

/** A world that shows one value, three steps long. */
function showing<Seen extends number | number[] | Record<string, number[]>>(
  observationSpace: Space,
  seen: () => Seen,
): SynchronousEnvironment<Space, Seen> {
  let t = 0;
  return {
    observationSpace,
    actionSpace: multiDiscrete([2, 3]),
    reset() {
      t = 0;
      return {
        observation: seen(),
        info: {
          actionMask: [
            [1, 1],
            [1, 0, 1],
          ],
        },
      };
    },
    step(action) {
      t++;
      const reward = (action as ArrayLike<number>)[1] === 1 ? Number.NaN : t;
      return {
        observation: seen(),
        reward,
        terminated: false,
        truncated: t === 3,
        info: {
          actionMask: [
            [0, 1],
            [1, 0, 1],
          ],
        },
      };
    },
  };
}

test("worlds show values of any space, and say which actions the next step may take", () => {
  const own = showing(box([0], [1]), () => [0.5]);
  const same: Environment<Space, number[]> = own;
  // observations of Environment<Space, number[]> are read as such
  const start = same.reset();
  assert.is("observation" in start && start.observation[0], 0.5);
  assert.equal(checkEnvironment(own), []);
  assert.equal(checkEnvironment(showing(discrete(3), () => 2)), []);
  assert.equal(checkEnvironment(showing(dict({ a: box([0], [1]) }), () => ({ a: [0.25] }))), []);
});

test("a value that is none of its space is named, once", () => {
  assert.equal(checkEnvironment(showing(discrete(3), () => 3)), [
    "episode 1, reset: observation: expected a whole number in [0, 2], got 3",
  ]);
  const [line] = checkEnvironment(showing(dict({ a: box([0], [1]) }), () => ({ a: [2] })));
  assert.is(
    line,
    "episode 1, reset: flatten(observation)[0]: expected a number in [0, 1], as observationSpace says, got 2",
  );
});
test.run();
