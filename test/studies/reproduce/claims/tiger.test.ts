import { test } from "uvu";
import * as assert from "uvu/assert";
import { tiger } from "../../../../src/problems.ts";
import { returnOf, waitingTiger } from "../../../../studies/reproduce/claims/tiger.ts";

/** A policy over the net evidence −8 … 8. */
const policyOf = (actionAt: (n: number) => number, actions: number) =>
  Array.from({ length: 17 }, (_, i) =>
    Array.from({ length: actions }, (_, a) => Number(a === actionAt(i - 8))),
  );

test("who opens at a net evidence of two returns 19.3713683749, whether or not one could wait", () => {
  const optimal = (n: number) => (Math.abs(n) < 2 ? 0 : n > 0 ? 2 : 1);
  for (const model of [tiger(), waitingTiger()]) {
    const value = returnOf(model, policyOf(optimal, model.actions));
    assert.ok(Math.abs(value - 19.3713683749) < 1e-9, `${value}`);
  }
});

test("who waits returns 0, who listens for ever −20, who opens at once −900", () => {
  const value = (action: number) =>
    returnOf(
      waitingTiger(),
      policyOf(() => action, 4),
    );
  // Σ .95^t = 20
  for (const [action, expected] of [
    [3, 0],
    [0, -20],
    [1, -900],
  ])
    assert.ok(Math.abs(value(action) - expected) < 1e-9, `${value(action)}`);
});

test.run();
