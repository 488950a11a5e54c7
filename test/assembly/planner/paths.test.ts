/** What `rollout` keeps of the states on its way. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { propose, rollout, setPlan } from "../../../src/core/planner.ts";
import { TILE, tilesFor } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { buildPlan, constant, worldOf } from "../../helpers/plan.ts";
import { maxAbsError } from "../../reference/kernels.ts";

const core = debugCore();

/** 3 plans of 12 candidates: more than one tile, and one that is not full. */
const starts = [
  [11, -5],
  [8, -3.5],
  [10, -4],
];
const [D, horizon, candidates] = [2, 4, 12];
const S = D + 1;

/** The scores, and the paths [tiles][H + 1][D][TILE] where they are kept. */
function run(keepsPaths: number) {
  return core.scope(() => {
    // x̂' = x̂ + stepScale · (c, −c), by member 0; member 1 stands still
    const models = [constant(D + 1, [0.25, -0.25, 0, 0, 0, 0, 0, 0]), constant(D + 1, new Array(8).fill(0))];
    const [shift, scale, stepScale] = [
      [10, -4],
      [0.5, 2],
      [0.8, 0.4],
    ];
    const changes = { plans: 3, particles: 2, starts, shift, scale, stepScale, models, horizon, candidates };
    const built = buildPlan(core, worldOf(D, 1, changes));
    const paths = core.f32(tilesFor(36) * (horizon + 1) * S * TILE).fill(Number.NaN);
    setPlan(core, built.plan, { keepsPaths, paths });
    propose(core, built.plan);
    rollout(core, built.plan);
    return { scores: built.scores.slice(), paths: paths.slice() };
  });
}

test("every state of the first particle is kept, from the start to the horizon", () => {
  const { paths } = run(1);
  const expected = Float32Array.from(paths, (_, i) => {
    const [n, d] = [i % TILE, Math.floor(i / TILE) % S];
    const time = Math.floor(i / TILE / S) % (horizon + 1);
    const tile = Math.floor(i / TILE / S / (horizon + 1));
    // lanes beyond the last plan repeat it
    const start = starts[Math.min(Math.floor((tile * TILE + n) / candidates), 2)];
    if (d === D) return 0; // the member that the particle follows
    return d === 0 ? (start[0] - 10) * 0.5 + time * 0.8 * 0.25 : (start[1] + 4) * 2 - time * 0.4 * 0.25;
  });
  // sums of five f32 numbers below 8
  assert.ok(maxAbsError(paths, expected) < 5e-6);
});

test("keeping them changes no score, and none is written where nobody asks", () => {
  const [kept, unkept] = [run(1), run(0)];
  assert.equal(kept.scores, unkept.scores);
  assert.ok(unkept.paths.every(Number.isNaN));
});

test.run();
