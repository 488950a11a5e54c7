import { adam } from "../../src/core/adam.ts";
import { createCore } from "../../src/core/core.ts";
import { gaussianHeadGradient, modeOfBins } from "../../src/core/heads.ts";
import {
  activationCount,
  mlpBackward,
  mlpForward,
  mlpPredict,
  mlpPredictRow,
  shapeValues,
  widestHidden,
} from "../../src/core/mlp.ts";
import { pad4, TILE, tilesFor } from "../../src/core/tiles.ts";
import { randomRow, randomRows, toTiles } from "../../test/reference/arrays.ts";
import { packNetwork, randomNetwork } from "../../test/reference/nn.ts";
import { mulberry32 } from "../../test/reference.ts";
import * as baseline from "../baseline/mlp.ts";
import { networkOf } from "../baseline/planner.ts";
import { compare } from "../compare.ts";

const core = await createCore({ bytes: 1 << 22 });
const random = mulberry32(1);
const widths = [16, 128, 128, 24];
const network = randomNetwork(random, widths, "tanh");
const shape = core.u32(shapeValues(widths, "tanh"));
const settings = { learningRate: 1e-4, weightDecay: 1e-5, maxNorm: 20 };

for (const rows of [1, 32, 1024])
  core.scope(() => {
    const xs = randomRows(random, rows, widths[0]);
    const parameters = core.f32(packNetwork(network.layers));
    const workspace = core.f32(2 * widestHidden(widths) * TILE);
    const x = core.f32(rows === 1 ? xs[0] : toTiles(xs));
    const out = core.f32(rows * 24);
    const plain = networkOf(network);
    const layers = baseline.allocateLayers(plain, rows);
    layers[0].set(xs.flat());
    const predict = rows === 1 ? mlpPredictRow : mlpPredict;
    compare(`forward  ${rows} × ${widths.join("-")} tanh`, {
      wasm: () => predict(core, out, x, workspace, parameters, shape),
      typescript: () => baseline.predict(plain, layers, rows),
    });
  });

core.scope(() => {
  const rows = 256;
  const tiles = tilesFor(rows);
  const xs = randomRows(random, rows, widths[0]);
  const targets = randomRows(random, rows, 12);
  const parameters = core.f32(packNetwork(network.layers));
  const gradient = core.f32(parameters.length);
  const first = core.f32(parameters.length);
  const second = core.f32(parameters.length);
  const kept = core.f32(activationCount(widths, tiles));
  const before = core.f32(kept.length);
  const dKept = core.f32(kept.length);
  const target = core.f32(toTiles(targets));
  kept.set(toTiles(xs));
  const head = kept.subarray(kept.length - rows * 24);
  const dHead = dKept.subarray(kept.length - rows * 24);
  const ended = core.f32((rows / 32) * 4 * 32);
  let step = 0;

  const plain = networkOf(network);
  const trainer = baseline.allocateTrainer(plain, rows);
  const plainTarget = Float32Array.from(targets.flat());
  trainer.layers[0].set(xs.flat());
  let plainStep = 0;

  compare(`training step  ${rows} × ${widths.join("-")} tanh`, {
    wasm: () => {
      mlpForward(core, kept, before, parameters, shape, tiles);
      gaussianHeadGradient(core, dHead, head, target, ended, { width: 12, rows: 24 });
      mlpBackward(core, gradient, dKept, kept, before, parameters, shape, tiles);
      return adam(core, parameters, gradient, first, second, { ...settings, step: ++step });
    },
    typescript: () => {
      const output = baseline.forward(plain, trainer.layers, trainer.before, rows);
      baseline.gaussianHeadGradient(trainer.gradients[3], output, plainTarget, 12, 24, rows);
      baseline.backward(plain, trainer, rows);
      return baseline.adam(plain, trainer, { ...settings, step: ++plainStep });
    },
  });
});

core.scope(() => {
  const habitWidths = [3, 64, 64, 21];
  const groups = { groups: 1, bins: 21 };
  const habit = randomNetwork(random, habitWidths, "silu");
  const habitShape = core.u32(shapeValues(habitWidths, "silu"));
  const parameters = core.f32(packNetwork(habit.layers));
  const workspace = core.f32(2 * widestHidden(habitWidths));
  const observation = randomRow(random, 3);
  const x = core.f32(observation);
  const out = core.f32(pad4(21));
  const logits = out.subarray(0, 21);
  const action = core.f32(1);
  const plain = networkOf(habit);
  const layers = baseline.allocateLayers(plain, 1);
  layers[0].set(observation);
  compare(`habit action  ${habitWidths.join("-")} silu`, {
    wasm: () => {
      mlpPredictRow(core, out, x, workspace, parameters, habitShape);
      return modeOfBins(core, action, logits, groups);
    },
    typescript: () => baseline.modeOfBins(baseline.predict(plain, layers, 1), 21),
  });
});
