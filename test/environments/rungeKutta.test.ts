import { test } from "uvu";
import * as assert from "uvu/assert";
import { rungeKuttaStep } from "../../src/environments/rungeKutta.ts";

test("integrates y' = y up to the fourth power of the interval", () => {
  const h = 0.1;
  const [y] = rungeKuttaStep((state) => state, [1], h);
  assert.ok(Math.abs(y - (1 + h + h ** 2 / 2 + h ** 3 / 6 + h ** 4 / 24)) < 1e-15);
});

test("an oscillation comes back after a turn, sixteen times closer with half the interval", () => {
  const error = (steps: number) => {
    let state = [1, 0];
    for (let i = 0; i < steps; i++)
      state = rungeKuttaStep(([position, velocity]) => [velocity, -position], state, (2 * Math.PI) / steps);
    return Math.sqrt((state[0] - 1) ** 2 + state[1] ** 2);
  };
  assert.ok(Math.abs(error(100) / error(200) - 16) < 0.5);
});

test("leaves the state it was given alone", () => {
  const state = Object.freeze([1, 2]);
  rungeKuttaStep(() => [1, 1], state, 0.5);
  assert.equal(state, [1, 2]);
});
test.run();
