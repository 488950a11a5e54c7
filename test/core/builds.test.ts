/** The optimised build and the debug build compute the same bits. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { adam } from "../../src/core/adam.ts";
import { type Core, createCore } from "../../src/core/core.ts";
import { endingHeadGradient, gaussianHeadGradient, modeOfBins } from "../../src/core/heads.ts";
import { realisedRatio } from "../../src/core/information.ts";
import {
  activationCount,
  mlpBackward,
  mlpForward,
  mlpInitialise,
  mlpPredictRow,
  parameterCount,
  shapeValues,
} from "../../src/core/mlp.ts";
import { labelFirstAction, propose, refine, rollout, walk, weigh } from "../../src/core/planner.ts";
import { TILE } from "../../src/core/tiles.ts";
import { learnChunks } from "../../src/learning/chunkLearning.ts";
import { headSize } from "../../src/models/generativeModel.ts";
import { debugCore } from "../helpers/debugCore.ts";
import { buildChunks, randomWorld, type Shape } from "../helpers/latent.ts";
import { stepParticles } from "../helpers/latentParticles.ts";
import { shapes } from "../helpers/latentShapes.ts";
import { buildPlan, worldOf } from "../helpers/plan.ts";
import { randomRows, toTiles } from "../reference/arrays.ts";
import { mulberry32 } from "../reference/kernels.ts";
import { randomNetwork } from "../reference/nn.ts";

const release = await createCore({ bytes: 1 << 22 });
const debug = debugCore();

/** Three training steps of a Gaussian head and the ending below it, and what they leave. */
function train(core: Core): number[] {
  return core.scope(() => {
    const widths = [5, 18, 7, 10];
    const [tiles, width, rows] = [2, 4, 12];
    const random = mulberry32(1);
    const shape = core.u32(shapeValues(widths, "silu"));
    const parameters = core.f32(parameterCount(widths));
    mlpInitialise(core, parameters, shape, 1, { seed: [1, 2], stream: 3 });
    const gradient = core.f32(parameters.length);
    const first = core.f32(parameters.length);
    const second = core.f32(parameters.length);
    const kept = core.f32(activationCount(widths, tiles));
    const slopes = core.f32(kept.length);
    const dKept = core.f32(kept.length);
    const from = kept.length - tiles * rows * TILE;
    const target = core.f32(toTiles(randomRows(random, 2 * TILE, width)));
    const ended = core.f32(toTiles(randomRows(random, 2 * TILE, 1, 0, 1).map((row) => row.map(Math.round))));
    const reward = core.f32(toTiles(randomRows(random, 2 * TILE, 1, -2, 2)));
    const norms = [1, 2, 3].map((step) => {
      kept.set(toTiles(randomRows(random, 2 * TILE, widths[0])));
      mlpForward(core, kept, slopes, parameters, shape, tiles);
      const head = kept.subarray(from);
      const dHead = dKept.subarray(from);
      gaussianHeadGradient(core, dHead, head, target, ended, { width, rows });
      endingHeadGradient(core, dHead, head, ended, reward, { offset: 0, row: 2 * width, rows });
      mlpBackward(core, gradient, dKept, kept, slopes, parameters, shape, tiles);
      const settings = { learningRate: 1e-2, weightDecay: 1e-3, maxNorm: 0.1, step };
      return adam(core, parameters, gradient, first, second, settings);
    });
    const row = mlpPredictRow(core, core.f32(rows), core.f32(widths[0]), core.f32(64), parameters, shape);
    const mode = modeOfBins(core, core.f32(1), row.subarray(0, 9), { groups: 1, bins: 9 });
    const sizes = { noise: 0.05, members: 1, width, rows };
    const ratio = realisedRatio(core, core.f32(2), row, core.f32(width), sizes);
    return [...norms, ...parameters, ...second, ...row, ...mode, ...ratio];
  });
}

/** Two iterations of a plan with everything switched on. */
function plan(core: Core, isDiscrete: boolean): number[] {
  return core.scope(() => {
    const random = mulberry32(2);
    const [D, A, bins] = [3, 2, isDiscrete ? 2 : 9];
    const network = (inputs: number, outputs: number, name: "silu" | "tanh" | "relu") =>
      randomNetwork(random, [inputs, 10, outputs], name);
    const world = worldOf(D, A, {
      plans: 3,
      candidates: 20,
      horizon: 4,
      isDiscrete,
      bins,
      habitCandidates: 7,
      models: [1, 2, 3].map(() => network(D + A, headSize(D), "silu")),
      habit: network(D, isDiscrete ? A : A * bins, "tanh"),
      value: network(D, 1, "relu"),
      usesInformation: true,
      usesNoise: true,
      hasEndings: true,
      usesValue: true,
      endingMean: 3,
      endingStd: 2,
      correlation: 0.6,
      essShare: 0.3,
      starts: randomRows(random, 3, D),
    });
    const built = buildPlan(core, world);
    walk(core, built.plan, 4);
    for (let iteration = 0; iteration < 2; iteration++) {
      propose(core, built.plan);
      rollout(core, built.plan);
      weigh(core, built.plan);
      refine(core, built.plan);
      labelFirstAction(core, built.plan);
    }
    const { states, mean, std, scores, weights, info, label } = built;
    return [states, mean, std, scores.subarray(0, 60), weights.subarray(0, 60), info, label].flatMap(
      (array) => [...array],
    );
  });
}

/** What learning from chunks and a step of the belief leave, for one shape of a latent model. */
function latent(core: Core, shape: Shape): number[] {
  const world = randomWorld(shape);
  const learnt = core.scope(() => {
    const { learner } = buildChunks(core, world);
    const weights = { marginalWeight: 0.5, endingOffset: 0.25 };
    const terms = [1, 2].map(() => learnChunks(core, learner, weights)).flatMap(Object.values);
    const parameters = Object.values(learner.descents).flatMap(({ network }) => [...network.parameters]);
    return [...terms, ...parameters];
  });
  const step = world.chunks[0][0];
  const { next, logIncrements } = stepParticles(core, shape, world.model, step, {
    isFirst: false,
    isComplete: true,
  });
  return [...learnt, ...next.flat(), ...logIncrements];
}

test("the builds agree on a training step, to the bit", () => {
  const expected = train(debug);
  assert.ok(expected.every(Number.isFinite));
  assert.equal(train(release), expected);
});

for (const isDiscrete of [false, true])
  test(`the builds agree on a ${isDiscrete ? "discrete" : "continuous"} plan, to the bit`, () => {
    const expected = plan(debug, isDiscrete);
    assert.ok(expected.every(Number.isFinite));
    assert.equal(plan(release, isDiscrete), expected);
  });

for (const [name, shape] of Object.entries(shapes))
  test(`the builds agree on a latent model, to the bit: ${name}`, () => {
    const expected = latent(debug, shape);
    assert.ok(expected.every(Number.isFinite));
    assert.equal(latent(release, shape), expected);
  });

test.run();
