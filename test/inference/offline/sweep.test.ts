import { test } from "uvu";
import * as assert from "uvu/assert";
import { decisionModel } from "../../../src/inference/offline/decision.ts";
import { beliefGraph } from "../../../src/inference/offline/graph.ts";
import { sweepIfDue, sweepSchedule } from "../../../src/inference/offline/sweep.ts";
import { runTrial } from "../../../src/inference/offline/trial.ts";
import { rockSample } from "../../../src/problems.ts";

test("sweeps wait for new vectors, then raise every belief that was visited or leave it", () => {
  const model = rockSample({
    size: 4,
    rocks: [
      [1, 1],
      [2, 3],
      [3, 0],
    ],
    start: [0, 1],
  });
  const graph = beliefGraph(decisionModel(model, 0.95));
  const schedule = sweepSchedule(graph);
  const values = () => [...graph.nodes.values()].flat().map(({ best }) => best.value);
  sweepIfDue(graph, schedule);
  assert.is(graph.counts.vectors, 17 * 8);
  for (let i = 0; i < 100 && graph.counts.vectors < schedule.next; i++) runTrial(graph, 1e-3);
  const [before, due] = [values(), schedule.next];
  sweepIfDue(graph, schedule);
  const after = values();
  assert.ok(before.every((value, i) => after[i] >= value));
  assert.ok(before.some((value, i) => after[i] > value));
  assert.ok(schedule.next > due);
});

test("what brings little comes less often", () => {
  const graph = beliefGraph(decisionModel(rockSample({ size: 2, rocks: [[0, 0]], start: [0, 0] }), 0.95));
  for (let i = 0; i < 60; i++) runTrial(graph, 1e-6);
  const schedule = { next: 0, growth: 1.15 };
  sweepIfDue(graph, schedule);
  assert.ok(schedule.growth > 1.29, `${schedule.growth}`);
  assert.is(schedule.next, schedule.growth * graph.counts.vectors);
});

test.run();
