import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { tiger } from "../../../src/models/problems/tiger.ts";
import { tMaze } from "../../../src/models/problems/tMaze.ts";
import { collectReward } from "../../../src/models/sparse/reward.ts";
import { sparseModel } from "../../../src/models/sparse/sparseModel.ts";
import { sparseOf, tabularOf } from "../../../src/models/sparse/tables.ts";
import { tabularModel } from "../../../src/models/tabular.ts";
import { drawn, drawnModel } from "../../helpers/sparse.ts";

test("tables without their zeros are those tables", () => {
  fc.assert(
    fc.property(drawn, (shape) => {
      const model = drawnModel({ ...shape, depth: Math.min(shape.depth, 1), isNamed: false });
      const { discount: _, ...rest } = model;
      assert.equal(sparseOf(tabularOf(model)), rest);
    }),
    { numRuns: 100, seed: 1 },
  );
});

test("the tables pass the checks of tabularModel, and keep endings", () => {
  for (const model of [tiger(), tMaze()]) {
    const { tables } = tabularOf({ ...sparseOf(model) });
    tabularModel(tables);
    assert.equal(
      [tables.transition, tables.observation, tables.initial],
      [model.tables.transition, model.tables.observation, model.tables.initial],
    );
  }
  assert.equal(sparseOf(tMaze()).ending?.filter((p) => p > 0).length, 7);
});

test("they are made once a model; a sparse model is itself", () => {
  const model = tiger();
  assert.is(sparseOf(model), sparseOf(model));
  assert.is(sparseOf(sparseOf(model)), sparseOf(model));
  assert.is(tabularOf(model), model);
});

test("rewards of observations become expectations", () => {
  const heard = sparseOf(tiger());
  const reward = collectReward(heard, (_, __, ___, o) => o);
  const { tables } = tabularOf({ ...heard, reward });
  assert.equal([tables.reward?.[0][1], tables.reward?.[1][2]], [0.5, 0.5]);
});

test("refuses tables that no memory holds", () => {
  const large = sparseModel({
    states: 8000,
    actions: 1,
    observations: 1,
    transition: (s) => [[s, 1]],
    observation: () => [[0, 1]],
  });
  assert.throws(
    () => tabularOf(large),
    /^states: expected S · A · S ≤ 50000000 .*, got 8000 · 1 · 8000; solvePomdp/,
  );
});

test.run();
