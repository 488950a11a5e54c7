import { test } from "uvu";
import * as assert from "uvu/assert";
import { createFilter } from "../../../src/inference/belief/createFilter.ts";
import type { StateBelief } from "../../../src/inference/offline/solution.ts";
import { solvePomdp } from "../../../src/inference/offline/solvePomdp.ts";
import { rockSample, tiger } from "../../../src/problems.ts";

const solution = await solvePomdp(tiger(), { discount: 0.95, tolerance: 1e-6, iterations: 1000 });

test("doors are opened at a net evidence of two, and not at one", () => {
  const net = (n: number) => {
    const odds = (0.85 / 0.15) ** n;
    return [odds / (1 + odds), 1 / (1 + odds)];
  };
  assert.equal(
    [-2, -1, 0, 1, 2].map((n) => solution.plan(net(n)).action),
    [1, 0, 0, 0, 2],
  );
});

test("values are those of looking one step ahead", () => {
  const { value, values, action } = solution.plan([0.5, 0.5]);
  assert.equal([action, value], [0, values[0]]);
  assert.ok(Math.abs(value - 19.3713683749) < 1e-5, `${value}`);
  assert.ok(Math.abs(solution.value([0.5, 0.5]) - value) < 1e-5);
  // scale does not matter
  assert.ok(Math.abs(solution.plan([3, 3]).value - value) < 1e-9);
});

test("takes filters, exact ones and particles", async () => {
  const exact = await createFilter(tiger(), { method: "exact" });
  const particles = await createFilter(tiger(), { particles: 4096, seed: 1 });
  for (const filter of [exact, particles]) {
    filter.update();
    assert.is(solution.plan(filter).action, 0);
    for (let i = 0; i < 3; i++) filter.update({ action: 0, observation: 0 });
    assert.is(solution.plan(filter).action, 2);
  }
});

test("a belief over states that are never confused is taken apart", async () => {
  const model = rockSample({ size: 3, rocks: [[1, 1]], start: [0, 1] });
  const solved = await solvePomdp(model, { tolerance: 0.01 });
  const at = (cell: number) => {
    const belief = new Float64Array(model.states);
    belief[2 * cell] = 0.5;
    belief[2 * cell + 1] = 0.5;
    return belief;
  };
  const [here, there] = [at(3), at(5)];
  const both = here.map((p, s) => (p + there[s]) / 2);
  assert.ok(Math.abs(solved.value(both) - (solved.value(here) + solved.value(there)) / 2) < 1e-12);
  const { values } = solved.plan(both);
  assert.is(values.length, 6);
  assert.ok(values.every(Number.isFinite));
});

for (const [belief, message] of [
  [[1], /^belief: expected 2 probabilities, got 1$/],
  [[0, 0], /^belief: expected a state of positive probability, got none$/],
  [[1, -1], /^belief: expected probabilities, got -1 of state 1$/],
  [[1, Number.NaN], /^belief: expected probabilities, got NaN of state 1$/],
] as [StateBelief, RegExp][])
  test(`refuses ${message}`, () => {
    assert.throws(() => solution.plan(belief), message);
    assert.throws(() => solution.value(belief), message);
  });

test.run();
