import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  decisionModel,
  expectation,
  expectationOver,
  type PointBelief,
  successorsOf,
} from "../../../src/inference/offline/decision.ts";
import { sparseOf, tabularOf } from "../../../src/models/sparse/tables.ts";
import { tMaze } from "../../../src/problems.ts";
import { drawn, drawnModel } from "../../helpers/sparse.ts";
import { maxAbsError } from "../../reference/kernels.ts";

test("successors are those of Bayes' rule", () => {
  fc.assert(
    fc.property(drawn, (shape) => {
      const model = drawnModel(shape);
      const decision = decisionModel(model, 0.9);
      const { transition, observation } = tabularOf(model).tables;
      const successors = successorsOf(decision);
      const states = (belief: PointBelief) => dense(decision, belief);
      const belief = states(decision.initial);
      for (let a = 0; a < model.actions; a++)
        // twice: nothing of the first call is left over
        for (const { observations, probabilities, beliefs } of [0, 1].map(() =>
          successors(decision.initial, a),
        )) {
          const joint = (o: number) =>
            belief.map((_, next) =>
              belief.reduce((sum, p, s) => sum + p * transition[s][a][next] * observation[a][next][o], 0),
            );
          const all = Array.from({ length: model.observations }, (_, o) => joint(o));
          const totals = all.map((row) => row.reduce((sum, p) => sum + p, 0));
          assert.equal(
            [...observations],
            [...totals.keys()].filter((o) => totals[o] > 0),
          );
          observations.forEach((o, i) => {
            assert.ok(Math.abs(probabilities[i] - totals[o]) < 1e-12);
            assert.ok(
              maxAbsError(
                states(beliefs[i]),
                all[o].map((p) => p / totals[o]),
              ) < 1e-12,
            );
          });
        }
    }),
    { numRuns: 100, seed: 5 },
  );
});

function dense(
  { model, blocks }: ReturnType<typeof decisionModel>,
  { block, places, p }: PointBelief,
): number[] {
  const belief = new Array<number>(model.states).fill(0);
  p.forEach((value, i) => {
    belief[blocks.members[block][places?.[i] ?? i]] = value;
  });
  return belief;
}

test("an ending takes its probability from what follows", () => {
  const decision = decisionModel(sparseOf(tMaze()), 0.9);
  const after = successorsOf(decision);
  assert.equal([...after(decision.initial, 1).probabilities], []);
  assert.ok(maxAbsError(after(decision.initial, 0).probabilities, [0.5, 0.5]) < 1e-12);
});

test("expectations skip states of probability 0", () => {
  const decision = decisionModel(sparseOf(tMaze()), 0.9);
  const belief = { block: 0, places: Uint32Array.of(1), p: Float64Array.of(1) };
  assert.is(expectation(belief, Float64Array.of(5, 7)), 7);
  const [member] = decision.blocks.members[0].slice(1, 2);
  assert.is(
    expectationOver(decision.blocks, belief, (s) => 10 * s),
    10 * member,
  );
});

test.run();
