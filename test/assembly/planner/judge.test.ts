import { test } from "uvu";
import * as assert from "uvu/assert";
import { judge, propose, rollout, setPlan, weigh } from "../../../src/core/planner.ts";
import { pad4, TILE, tilesFor } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { type Built, buildPlan, linear, ofPlan, worldOf } from "../../helpers/plan.ts";
import { average, randomRow, sum } from "../../reference/arrays.ts";
import { mulberry32 } from "../../reference/kernels.ts";
import type { World } from "../../reference/planner.ts";

const core = debugCore(1 << 23);

const A = 2;

/**
 * One dimension; the next state is x + Σ a · push + noise, and what it is worth is `value` of it. One step: a score is the
 * value of where the action and chance have led.
 */
function worldWith(push: number, changes: Partial<World>): World {
  const rows = [
    [0, push, push],
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  return worldOf(1, A, {
    // mean of the change, of the reward, log-variances, ending, reward of ending
    models: [linear(rows, [0, 0, 0, 0, 0, 0])],
    value: linear([[1]], [0]),
    usesValue: true,
    ...changes,
  });
}

/** A weighed plan, with the values before and after they are judged anew. */
function judged(world: World) {
  const { plans, candidates, horizon } = world;
  const built = buildPlan(core, world);
  const tiles = tilesFor(plans * 4);
  const size = tiles * TILE * (1 + horizon * pad4(A)) + candidates;
  setPlan(core, built.plan, { judged: core.f32(size).fill(Number.NaN) });
  propose(core, built.plan);
  rollout(core, built.plan);
  weigh(core, built.plan);
  const values = () => Array.from({ length: plans }, (_, s) => built.info[4 * s]);
  const kept = [built.plan.words, built.actions, built.scores, built.weights].map((array) => [...array]);
  const before = values();
  judge(core, built.plan);
  const after = values();
  assert.equal(
    [built.plan.words, built.actions, built.scores, built.weights].map((array) => [...array]),
    kept,
    "nothing else changes",
  );
  return { built, before, after };
}

test("without chance the value is the mean score of four candidates, drawn systematically by their weights", () => {
  core.scope(() => {
    const random = mulberry32(2);
    const mean = Array.from({ length: 9 }, () => randomRow(random, 2 * A, -0.3, 0.3));
    const world = worldWith(0.7, {
      plans: 9,
      candidates: 12,
      horizon: 2,
      mean,
      std: mean.map(() => [1, 1, 1, 1]),
    });
    const { built, after } = judged({ ...world, starts: mean.map(([x]) => [x]), temperature: 0.5 });
    after.forEach((value, s) => {
      const [scores, weights] = [built.scores, built.weights].map((array) =>
        ofPlan(built as Built, array, s),
      );
      // of every candidate as many as 4 w, up to one
      const chosen = subsets(scores, weights);
      assert.ok(
        chosen.some((possible) => Math.abs(possible - value) < 1e-5),
        `${s}: ${value}`,
      );
    });
  });
});

/** Means of four candidates of which each is drawn ⌊4 w⌋ or ⌈4 w⌉ times: positions (j + u) / 4 for every u. */
function subsets(scores: readonly number[], weights: readonly number[]): number[] {
  return Array.from({ length: 2000 }, (_, i) => {
    const positions = [0, 1, 2, 3].map((j) => (j + (i + 0.5) / 2000) / 4);
    const chosen = positions.map((position) => {
      let cumulative = 0;
      const found = weights.findIndex((w) => {
        cumulative += w;
        return position < cumulative;
      });
      return scores[found < 0 ? scores.length - 1 : found];
    });
    return average(chosen);
  });
}

test("where actions do nothing the scores that were chosen are too high, and those that are judged anew are not", () => {
  core.scope(() => {
    const plans = 200;
    const world = worldWith(0, { plans, candidates: 32, usesNoise: true, temperature: 0.2, essShare: 0.1 });
    const { before, after } = judged({ ...world, starts: Array.from({ length: plans }, () => [0]) });
    // the change's deviation is 1 / √… of the head at 0: measured by the values themselves
    const error = Math.sqrt(average(after.map((value) => value * value)) / plans);
    assert.ok(error > 0.001, `chance is in the scores: ${error}`);
    assert.ok(Math.abs(average(after)) < 4 * error, `${average(after)} ± ${error}`);
    assert.ok(average(before) > 10 * error, `${average(before)} ± ${error}`);
  });
});

test("four candidates of equal weight are each judged", () => {
  core.scope(() => {
    const world = worldWith(0.5, { candidates: 4, temperature: 1e6 });
    const { built, after } = judged(world);
    assert.ok(Math.abs(after[0] - sum(ofPlan(built as Built, built.scores, 0)) / 4) < 1e-5);
  });
});

test.run();
