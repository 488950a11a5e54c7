/** The problem all peers are given, and the two that need no installation: the kernels and plain TypeScript. */
import { createCore } from "../../src/core/core.ts";
import { mlpPredict, mlpPredictRow, shapeValues, widestHidden } from "../../src/core/mlp.ts";
import { propose, refine, rollout, weigh } from "../../src/core/planner.ts";
import { setSimulatedModel } from "../../src/core/simulation.ts";
import { TILE } from "../../src/core/tiles.ts";
import { headSize } from "../../src/models/generativeModel.ts";
import { actionsOf, buildPlan, worldOf } from "../../test/helpers/plan.ts";
import { fromTiles, randomRows, toTiles } from "../../test/reference/arrays.ts";
import { mulberry32 } from "../../test/reference/kernels.ts";
import { packNetwork, randomNetwork } from "../../test/reference/nn.ts";
import { allocateLayers, predict } from "../baseline/mlp.ts";
import { allocatePlan, iterate, networkOf } from "../baseline/planner.ts";
import { A, BATCH, D, HEAD, type Peer, type Problem, STEP_SCALE, WIDTH } from "./peer.ts";
import { trainKernels, trainTypescript } from "./training.ts";

const ROWS = 1024;
const WIDTHS = [D + A, 128, 128, headSize(D)];

/**
 * @param candidates a multiple of 32
 * @param module of the kernels; the inlined ones without
 */
export async function createProblem({
  candidates = 1024,
  horizon = 20,
  module,
}: {
  readonly candidates?: number;
  readonly horizon?: number;
  readonly module?: Uint8Array;
} = {}) {
  const random = mulberry32(1);
  const core = await createCore({ bytes: 1 << 23, ...(module && { module }) });
  const inputs = randomRows(random, ROWS, WIDTHS[0]);
  const targets = randomRows(random, BATCH, WIDTH);
  const discount = 0.99;
  const world = worldOf(D, A, {
    models: [1, 2, 3, 4, 5].map(() => randomNetwork(random, WIDTHS, "tanh")),
    ...{ candidates, horizon, discount, particles: 5, usesNoise: true, essShare: 0.1, minimumStd: 0.15 },
    starts: randomRows(random, 1, D),
    stepScale: new Array<number>(D).fill(STEP_SCALE),
  });
  const built = buildPlan(core, world);
  propose(core, built.plan);
  // what all are compared by, whatever was planned since
  const proposed = built.actions.slice();
  const actions = new Float32Array(horizon * candidates * A);
  for (let n = 0; n < candidates; n++)
    actionsOf(built, 0, n).forEach((row, time) => {
      actions.set(row.map(Math.tanh), (time * candidates + n) * A);
    });
  const problem: Problem = {
    inputs: Float32Array.from(inputs.flat()),
    models: world.models.map(networkOf),
    ...{ candidates, horizon, discount, actions },
    start: Float32Array.from(world.starts[0]),
    targets: Float32Array.from(targets.flat()),
  };

  const parameters = core.f32(packNetwork(world.models[0].layers));
  const shape = core.u32(shapeValues(WIDTHS, "tanh"));
  const workspace = core.f32(2 * widestHidden(WIDTHS) * TILE);
  const row = { x: core.f32(inputs[0]), out: core.f32(HEAD) };
  const tiles = new Map(
    [32, ROWS].map((rows) => [
      rows,
      { x: core.f32(toTiles(inputs.slice(0, rows))), out: core.f32(rows * HEAD) },
    ]),
  );
  const ours: Peer = {
    name: "generative-agent",
    forward(rows) {
      if (rows === 1) return mlpPredictRow(core, row.out, row.x, workspace, parameters, shape);
      const { x, out } = tiles.get(rows) ?? row;
      return mlpPredict(core, out, x, workspace, parameters, shape);
    },
    plan(usesNoise) {
      if (usesNoise) propose(core, built.plan);
      else built.actions.set(proposed);
      setSimulatedModel(core, built.model, { usesNoise: Number(usesNoise) });
      rollout(core, built.plan);
      if (usesNoise) {
        weigh(core, built.plan);
        refine(core, built.plan);
      }
      return built.scores.subarray(0, candidates);
    },
    train: trainKernels(core, parameters, { inputs, targets }, WIDTHS),
  };
  const plain = allocatePlan(world);
  const layers = allocateLayers(problem.models[0], ROWS);
  layers[0].set(problem.inputs);
  const typescript: Peer = {
    name: "plain TypeScript",
    forward: (rows) => predict(problem.models[0], layers, rows).subarray(0, rows * HEAD),
    plan() {
      iterate(plain);
      return plain.scores;
    },
    train: trainTypescript(problem),
  };
  const fromOurs = (tiles: Float32Array, rows: number) =>
    Float32Array.from(fromTiles(tiles, rows, HEAD).flat());
  return { problem, ours, typescript, fromOurs };
}
