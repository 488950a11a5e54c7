import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { predictBelief, weighBelief } from "../../../src/models/sparse/belief.ts";
import { tabularOf } from "../../../src/models/sparse/tables.ts";
import { drawn, drawnModel } from "../../helpers/sparse.ts";

test("zeros that are left out change no bit", () => {
  fc.assert(
    fc.property(drawn, (shape) => {
      const model = drawnModel(shape);
      const { transition, observation } = tabularOf(model).tables;
      const belief = Array.from(model.initial ?? []);
      for (let a = 0; a < model.actions; a++) {
        const out = new Float64Array(model.states).fill(Number.NaN);
        const predicted = predictBelief(out, model, belief, a);
        const dense = belief.map((_, next) =>
          belief.reduce((sum, p, s) => sum + p * transition[s][a][next], 0),
        );
        assert.equal(Array.from(predicted), dense);
        for (let o = 0; o < model.observations; o++)
          assert.equal(
            Array.from(weighBelief(predicted.slice(), model, a, o)),
            dense.map((p, next) => p * observation[a][next][o]),
          );
      }
    }),
    { numRuns: 100, seed: 2 },
  );
});

test.run();
