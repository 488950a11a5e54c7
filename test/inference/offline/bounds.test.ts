import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { blindValues, informedValues } from "../../../src/inference/offline/bounds.ts";
import { decisionModel } from "../../../src/inference/offline/decision.ts";
import { sparseModel } from "../../../src/models/sparse/sparseModel.ts";
import { sparseOf } from "../../../src/models/sparse/tables.ts";
import { tiger, tMaze } from "../../../src/problems.ts";
import { drawn, drawnModel } from "../../helpers/sparse.ts";

test("of the tiger's doors: never to know, and to know a step late", () => {
  const decision = decisionModel(sparseOf(tiger()), 0.95);
  const [listen, left] = blindValues(decision);
  assert.ok(Math.abs(listen[0] + 20) < 1e-3 && listen[0] <= -20 + 1e-9, `${listen[0]}`);
  // open left for ever, from the tiger's side: −100 + .95 · (−45 / .05)
  assert.ok(Math.abs(left[0] + 955) < 0.1, `${left[0]}`);
  const informed = informedValues(decision);
  const best = [0, 1].map((s) => Math.max(...informed.map((values) => values[s])));
  assert.ok(
    best.every((value) => value > 19.37 && value < 200),
    `${best}`,
  );
});

test("where everything is seen the upper bound is the value of the states, to the tolerance", () => {
  const walk = sparseModel({
    states: 4,
    actions: 2,
    observations: 4,
    transition: (s, a) => [[Math.min(3, Math.max(0, s + 2 * a - 1)), 1]],
    observation: (_, next) => [[next, 1]],
    reward: (_, __, next) => Number(next === 3),
  });
  const informed = informedValues(decisionModel(walk, 0.9));
  // right for ever: 1 / (1 − γ) from the third state on
  assert.ok(Math.abs(informed[1][2] - 10) < 1e-3, `${informed[1][2]}`);
  assert.ok(Math.abs(informed[0][2] - 0.9 ** 2 * 10) < 1e-3, `${informed[0][2]}`);
  assert.ok(Math.abs(informed[1][0] - 0.9 ** 2 * 10) < 1e-3);
});

test("an ending ends rewards", () => {
  const decision = decisionModel(sparseOf(tMaze()), 0.9);
  assert.equal(blindValues(decision)[1].slice(0, 2), Float64Array.of(1, 0));
});

test("no blind policy is worth more than the informed bound", () => {
  fc.assert(
    fc.property(drawn, (shape) => {
      const decision = decisionModel(drawnModel(shape), 0.8);
      const informed = informedValues(decision);
      blindValues(decision).forEach((values, a) => {
        values.forEach((value, s) => {
          assert.ok(value <= informed[a][s] + 1e-9);
        });
      });
    }),
    { numRuns: 50, seed: 6 },
  );
});

test.run();
