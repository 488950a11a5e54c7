import { test } from "uvu";
import * as assert from "uvu/assert";
import { decisionModel } from "../../../src/inference/offline/decision.ts";
import { beliefGraph } from "../../../src/inference/offline/graph.ts";
import { solvePomdp } from "../../../src/inference/offline/solvePomdp.ts";
import { gapOf, runTrial } from "../../../src/inference/offline/trial.ts";
import { runWalk } from "../../../src/inference/offline/walk.ts";
import { sparseModel } from "../../../src/models/sparse/sparseModel.ts";
import { sparseOf } from "../../../src/models/sparse/tables.ts";
import { tiger } from "../../../src/problems.ts";

/**
 * A walker on a line who knows how far it went and not where it began, sees well near 10 alone, and is to stop within 1 of 0: LightDark(10)
 * on places a unit apart.
 */
function lightDarkTable() {
  const [first, places, most, light, seen] = [-4.5, 14, 14, 10, 40];
  const over = places * (2 * most + 1);
  const placeOf = (s: number) => first + (s % places) + Math.floor(s / places) - most;
  const bell = (x: number) => Math.exp(-0.5 * x * x);
  const normalised = (weights: readonly number[]) => {
    const total = weights.reduce((sum, w) => sum + w, 0);
    return weights.map((w, i) => [i, w / total] as const);
  };
  const start = normalised(Array.from({ length: places }, (_, i) => bell((first + i - 2) / 3)));
  return sparseModel({
    states: over + 1,
    actions: ["down", "stop", "up"],
    observations: seen,
    transition: (s, a) => {
      if (s === over || a === 1) return [[over, 1]];
      const went = Math.min(2 * most, Math.max(0, Math.floor(s / places) + a - 1));
      return [[went * places + (s % places), 1]];
    },
    observation: (_, next) => {
      if (next === over) return [[0, 1]];
      const y = placeOf(next);
      return normalised(
        Array.from({ length: seen }, (_, x) => bell((x - seen / 2 - y) / Math.abs(y - light))),
      );
    },
    reward: (s, a) => (a !== 1 || s === over ? 0 : Math.abs(placeOf(s)) < 1 ? 100 : -100),
    initial: start.map(([i, p]) => [most * places + i, p] as const),
    discount: 0.9,
  });
}

test("walks find what trials hardly come to: a light that is eight steps away", async () => {
  const model = lightDarkTable();
  const alone = beliefGraph(decisionModel(model, 0.9));
  for (let i = 0; i < 150; i++) runTrial(alone, 1e-3);
  const { lower } = await solvePomdp(model, { iterations: 150 });
  assert.ok(lower > 2 * alone.root.best.value, `${lower}, and ${alone.root.best.value} by trials alone`);
});

test("walks never open the gap, and the k-th is the same for every graph", () => {
  const values = [1, 2].map(() => {
    const graph = beliefGraph(decisionModel(sparseOf(tiger()), 0.95));
    let gap = gapOf(graph, graph.root);
    const start = gap;
    for (let i = 0; i < 40; i++) {
      runWalk(graph, i);
      const after = gapOf(graph, graph.root);
      assert.ok(after <= gap);
      gap = after;
    }
    assert.ok(gap < 0.5 * start, `${gap} of ${start}`);
    return [graph.root.best.value, graph.root.upper, graph.counts.nodes];
  });
  assert.equal(values[0], values[1]);
});

test.run();
