/** The training step by the kernels and by plain TypeScript. */

import { adam } from "../../src/core/adam.ts";
import type { Core } from "../../src/core/core.ts";
import { gaussianHeadGradient } from "../../src/core/heads.ts";
import { mlpBackward } from "../../src/core/mlp.ts";
import { pad4, TILE, tilesFor } from "../../src/core/tiles.ts";
import { allocateNetwork, allocateTrainer, forward } from "../../src/models/network.ts";
import { type Rows, toTiles } from "../../test/reference/arrays.ts";
import * as baseline from "../baseline/mlp.ts";
import { ADAM, BATCH, HEAD, type Problem, WIDTH } from "./peer.ts";

const settingsOf = (step: number) => ({
  ...{ learningRate: ADAM.rate, weightDecay: 0, maxNorm: Infinity, step },
});

/** A step at every call; returns the heads before it, in tiles. */
export function trainKernels(
  core: Core,
  parameters: Float32Array,
  { inputs, targets }: { readonly inputs: Rows; readonly targets: Rows },
  widths: readonly number[],
): () => Float32Array {
  const tiles = tilesFor(BATCH);
  const network = allocateNetwork(core, widths, "tanh");
  network.parameters.set(parameters);
  const trainer = allocateTrainer(core, network, tiles);
  trainer.work.input.set(toTiles(inputs.slice(0, BATCH)));
  const target = core.f32(toTiles(targets, WIDTH));
  const ended = core.f32(tiles * pad4(1) * TILE);
  const { first, second } = trainer;
  const { dActivations, activations, slopes } = trainer.work;
  const { gradient } = trainer.zeros;
  let step = 0;
  return () => {
    forward(core, network, trainer, 0);
    gaussianHeadGradient(core, trainer.work.dOutput, trainer.work.output, target, ended, {
      width: WIDTH,
      rows: HEAD,
    });
    mlpBackward(
      core,
      gradient,
      dActivations,
      activations,
      slopes,
      network.parameters,
      network.shape,
      tiles,
      0,
    );
    adam(core, network.parameters, gradient, first, second, settingsOf(++step));
    return trainer.work.output;
  };
}

/** A step at every call; returns the heads before it. */
export function trainTypescript({ models: [model], inputs, targets }: Problem): () => Float32Array {
  const network: baseline.Network = {
    ...model,
    weights: model.weights.map((weight) => weight.slice()),
    biases: model.biases.map((bias) => bias.slice()),
  };
  const trainer = baseline.allocateTrainer(network, BATCH);
  const { layers, before, gradients } = trainer;
  layers[0].set(inputs.subarray(0, layers[0].length));
  const ended = new Float32Array(BATCH);
  let step = 0;
  return () => {
    const heads = baseline.forward(network, layers, before, BATCH);
    baseline.gaussianHeadGradient(gradients[3], heads, targets, ended, WIDTH, HEAD, BATCH);
    baseline.backward(network, trainer, BATCH);
    baseline.adam(network, trainer, settingsOf(++step));
    return heads;
  };
}
