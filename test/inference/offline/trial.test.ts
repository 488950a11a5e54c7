import { test } from "uvu";
import * as assert from "uvu/assert";
import { decisionModel } from "../../../src/inference/offline/decision.ts";
import { beliefGraph } from "../../../src/inference/offline/graph.ts";
import { gapOf, runTrial } from "../../../src/inference/offline/trial.ts";
import { sparseOf } from "../../../src/models/sparse/tables.ts";
import { tiger } from "../../../src/problems.ts";

test("trials close the gap, and never open it", () => {
  const graph = beliefGraph(decisionModel(sparseOf(tiger()), 0.95));
  let gap = gapOf(graph, graph.root);
  assert.ok(gap > 50);
  for (let i = 0; i < 60; i++) {
    runTrial(graph, 1e-3);
    const after = gapOf(graph, graph.root);
    assert.ok(after <= gap);
    gap = after;
  }
  assert.ok(gap < 0.5, `${gap}`);
});

test.run();
