import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkEnvironment } from "../../../src/environments/check.ts";
import { pendulum } from "../../../src/environments/pendulum.ts";
import { observeOnly } from "../../../src/environments/wrappers/observeOnly.ts";
import { line } from "../../helpers/line.ts";
import { tools } from "../../helpers/worldTools.ts";

test("sees the coordinates it is told, in their order, and answers the rest as the environment does", () => {
  const whole = pendulum(tools);
  const part = observeOnly(pendulum(tools), [2, 0]);
  assert.equal(part.observationSpace, { kind: "box", low: [-8, -1], high: [8, 1] });
  assert.is(part.actionSpace, whole.actionSpace);
  const pick = ({ observation }: { observation: ArrayLike<number> }) => [observation[2], observation[0]];
  assert.equal(Array.from(part.reset({ seed: 4 }).observation), pick(whole.reset({ seed: 4 })));
  for (let t = 0; t < 200; t++) {
    const { observation, ...rest } = part.step([Math.sin(t)]);
    const { observation: all, ...expected } = whole.step([Math.sin(t)]);
    assert.equal(Array.from(observation), pick({ observation: all }));
    assert.equal(rest, expected);
  }
});

test("keeps a good environment good, and one without a seed as it is", () => {
  assert.equal(checkEnvironment(observeOnly(line(), [0])), []);
  assert.equal(Array.from(observeOnly(line(), [1, 0]).reset().observation), [0, 0]);
});

for (const [indices, message] of [
  [[], "indices: expected one or more, got none"],
  [[0, 2], "indices[1]: expected a whole number in [0, 1], got 2"],
  [[-1], "indices[0]: expected a whole number in [0, 1], got -1"],
  [[0.5], "indices[0]: expected a whole number in [0, 1], got 0.5"],
] as const)
  test(`refuses the indices [${indices}]`, () => {
    assert.throws(
      () => observeOnly(line(), indices),
      (error: Error) => error instanceof RangeError && error.message === message,
    );
  });

test.run();
