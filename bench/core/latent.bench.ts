/** One update of the latent model on 32 chunks, and where its time goes. */
import { createCore } from "../../src/core/core.ts";
import { chunkBound } from "../../src/core/latent.ts";
import { TILE } from "../../src/core/tiles.ts";
import { learnChunks } from "../../src/learning/chunkLearning.ts";
import {
  buildChunks,
  networksOf,
  pass,
  randomWorld,
  type Shape,
  type World,
} from "../../test/helpers/latent.ts";
import { type Network, widthsOf } from "../../test/reference/nn.ts";
import * as baseline from "../baseline/mlp.ts";
import { networkOf } from "../baseline/planner.ts";
import { compare } from "../compare.ts";

const core = await createCore({ bytes: 1 << 28 });

const STEPS = 16;
const shape: Shape = {
  kind: "gaussian",
  Z: 8,
  X: 3,
  A: 1,
  E: 1,
  hidden: [64, 64],
  decoderHidden: [64],
  activation: "silu",
  hasEndings: true,
  recognisesReward: true,
  steps: STEPS,
  overshoot: 8,
  overshootFrom: 3,
  overshootStarts: 4,
  contrasts: 1,
  lengths: Object.fromEntries(Array.from({ length: TILE }, (_, lane) => [lane, STEPS])),
};

/** Passes of TILE rows through each network: forward and back, and those that only go forward. */
function passesOf(shape: Shape, marginalWeight: number) {
  const { E, steps, overshoot, overshootFrom, overshootStarts, contrasts } = shape;
  let foreseen = 0;
  for (let k = 1; k <= overshoot; k++)
    foreseen += Math.max(0, Math.min(overshootStarts, steps - k - overshootFrom));
  const contrasted = contrasts * steps;
  const decoded = { both: steps + E * foreseen, forward: 0 };
  if (marginalWeight === 0) decoded.forward += contrasted;
  else decoded.both += contrasted;
  const transition = { both: steps - 1 + foreseen, forward: 0 };
  return { transition, recognition: { both: steps, forward: 0 }, observation: decoded, outcome: decoded };
}

/** Multiply-adds of one row. */
const products = (network: Network) =>
  widthsOf(network).reduce((sum, width, l, widths) => sum + (l === 0 ? 0 : width * widths[l - 1]), 0);

/** Every network with its passes: the transitions of all members have as many each. */
function workOf({ model, shape }: World, marginalWeight: number) {
  const passes = passesOf(shape, marginalWeight);
  return networksOf(model).map(([name, network]) => {
    const { both, forward } = passes[name.split(" ")[0] as keyof typeof passes];
    return { network, both, forward, macs: (3 * both + forward) * TILE * products(network) };
  });
}

/** The products and activations alone, each network's in one batch. */
function plainUpdate(work: ReturnType<typeof workOf>): () => void {
  const trainers = work.map(({ network, both, forward }) => {
    const plain = networkOf(network);
    const rows = both * TILE;
    return { plain, rows, extra: forward * TILE, trainer: baseline.allocateTrainer(plain, rows) };
  });
  return () => {
    for (const { plain, rows, extra, trainer } of trainers) {
      if (extra > 0) baseline.predict(plain, trainer.layers, extra);
      baseline.forward(plain, trainer.layers, trainer.before, rows);
      baseline.backward(plain, trainer, rows);
    }
  };
}

/** One pass of the bound over the chunks of a world. */
function bound(changes: Partial<Shape>, marginalWeight: number) {
  const world = randomWorld({ ...shape, ...changes });
  const built = buildChunks(core, world);
  pass(core, built, { marginalWeight, overshootWeight: 1 });
  return { run: () => chunkBound(core, built.learner.record), work: workOf(world, marginalWeight) };
}

for (const E of [1, 3])
  core.scope(() => {
    const whole = bound({ E }, 0);
    const [time] = compare(`bound  ${E === 1 ? "one member" : `${E} members`}`, {
      wasm: whole.run,
      "no overshoot": bound({ E, overshoot: 0 }, 0).run,
      "λ = .3": bound({ E }, 0.3).run,
      "λ = .3, 4 contrasts": bound({ E, contrasts: 4 }, 0.3).run,
      ...(E === 1 && { typescript: plainUpdate(whole.work) }),
    });
    const macs = whole.work.reduce((sum, { macs }) => sum + macs, 0);
    const rate = (2 * macs) / (1000 * time);
    console.log(`    ${(macs / 1e9).toPrecision(3)} GMAC, ${rate.toPrecision(3)} GFLOP/s`);
  });

core.scope(() => {
  const { learner } = buildChunks(core, randomWorld({ ...shape, E: 3 }));
  const weights = { marginalWeight: 0, endingOffset: 0 };
  compare("update  3 members", { wasm: () => learnChunks(core, learner, weights) });
});
