import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkEnvironment } from "../../../src/environments/check.ts";
import { type Action, box, discrete } from "../../../src/environments/environment.ts";
import { pendulum } from "../../../src/environments/pendulum.ts";
import { rescaleAction } from "../../../src/environments/wrappers/rescaleAction.ts";
import { line } from "../../helpers/line.ts";
import { tools } from "../../helpers/worldTools.ts";
import { expectWrapper } from "../../helpers/wrapped.ts";

/** A world that keeps the action it was given. */
function asked(low: number[], high: number[]) {
  const actions: Action[] = [];
  const world = {
    ...line(),
    actionSpace: box(low, high),
    step: (action: Action) => {
      actions.push(action);
      return { observation: [0, 0], reward: 0, terminated: false, truncated: false };
    },
  };
  return { world, actions };
}

test("maps bounds onto bounds exactly, and what lies between in proportion", () => {
  const { world, actions } = asked([0.1, -3], [0.7, 5]);
  const scaled = rescaleAction(world);
  assert.equal(scaled.actionSpace, { kind: "box", low: [-1, -1], high: [1, 1] });
  for (const a of [-1, 1, 0, 2]) scaled.step([a, a]);
  assert.equal(Array.from(actions[0] as Float64Array), [0.1, -3]);
  assert.equal(Array.from(actions[1] as Float64Array), [0.7, 5]);
  const [middle, beyond] = actions.slice(2).map((action) => Array.from(action as Float64Array));
  for (const [i, value] of [...middle, ...beyond].entries())
    assert.ok(Math.abs(value - [0.4, 1, 1, 9][i]) < 1e-14);
});

test("takes bounds of its own, one for all or one each", () => {
  const { world, actions } = asked([0, 0], [1, 1]);
  rescaleAction(world, 0, [10, 100]).step([5, 5]);
  assert.equal(Array.from(actions[0] as Float64Array), [0.5, 0.05]);
});

test("answers at once or later, copies its episode, and shares no array", () =>
  expectWrapper(rescaleAction, (t) => [Math.cos(t)]));

test("leaves the action that it was given as it is", () => {
  const { world } = asked([0], [1]);
  const action = [0.5];
  rescaleAction(world).step(action);
  assert.equal(action, [0.5]);
});

test("is an environment without faults, which names wrong actions as the world does", () => {
  assert.equal(checkEnvironment(rescaleAction(pendulum(tools))), []);
});

test("says what is wrong with its arguments", () => {
  const messageOf = (make: () => unknown) => {
    try {
      make();
    } catch (error) {
      return String(error);
    }
    return "nothing";
  };
  assert.equal(
    [
      () => rescaleAction({ ...line(), actionSpace: discrete(3) }),
      () => rescaleAction(line(), [0, 0]),
      () => rescaleAction(line(), 1, 1),
      () => rescaleAction(line(), -Infinity),
      () => rescaleAction({ ...line(), actionSpace: box([0], [Infinity]) }),
    ].map(messageOf),
    [
      "TypeError: actionSpace: expected a box, got discrete",
      "RangeError: from: expected a number, or [1] numbers, got 2",
      "RangeError: to[0]: expected a finite bound above 1, got 1",
      "RangeError: from[0]: expected a finite bound, got -Infinity",
      "RangeError: actionSpace.high[0]: expected a finite bound above 0, got Infinity",
    ],
  );
});

test.run();
