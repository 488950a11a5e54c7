import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { decisionModel, expectation } from "../../../src/inference/offline/decision.ts";
import {
  backUp,
  beliefGraph,
  mostPromising,
  nodeOf,
  outcomesOf,
} from "../../../src/inference/offline/graph.ts";
import { sparseOf } from "../../../src/models/sparse/tables.ts";
import { tiger } from "../../../src/problems.ts";
import { drawn, drawnModel } from "../../helpers/sparse.ts";

const listening = () => beliefGraph(decisionModel(sparseOf(tiger()), 0.95));

test("beliefs that are alike are one node", () => {
  const graph = listening();
  const [left, right] = outcomesOf(graph, graph.root, 0).nodes;
  assert.is.not(left, right);
  // heard left, then right: as before
  assert.is(outcomesOf(graph, left, 0).nodes[1], graph.root);
  assert.is(nodeOf(graph, graph.root.belief), graph.root);
  assert.is(outcomesOf(graph, graph.root, 0), outcomesOf(graph, graph.root, 0));
});

test("a backup adds a vector that is worth what looking one step ahead is", () => {
  const graph = listening();
  const before = graph.root.best.value;
  backUp(graph, graph.root);
  assert.ok(graph.root.best.value >= before);
  const { nodes } = outcomesOf(graph, graph.root, mostPromising(graph, graph.root));
  for (const node of nodes) backUp(graph, node);
  backUp(graph, graph.root);
  const [vectors] = graph.vectors;
  assert.ok(
    Math.abs(
      Math.max(...vectors.map(({ values }) => expectation(graph.root.belief, values))) -
        graph.root.best.value,
    ) < 1e-12,
  );
});

test("bounds hold and close: lower ≤ upper at every node, whatever the order of backups", () => {
  fc.assert(
    fc.property(drawn, fc.array(fc.nat(), { maxLength: 30 }), (shape, order) => {
      const graph = beliefGraph(decisionModel(drawnModel(shape), 0.7));
      const bounds = () => [graph.root.best.value, graph.root.upper];
      let [lower, upper] = bounds();
      for (const pick of order) {
        const all = [...graph.nodes.values()].flat();
        backUp(graph, all[pick % all.length]);
        for (const { best, upper: most } of [...graph.nodes.values()].flat())
          assert.ok(best.value <= most + 1e-9 * (1 + Math.abs(most)), `${best.value} > ${most}`);
        const [low, high] = bounds();
        assert.ok(low >= lower && high <= upper);
        [lower, upper] = [low, high];
      }
    }),
    { numRuns: 60, seed: 8 },
  );
});

test.run();
