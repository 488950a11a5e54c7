import type { Core } from "../../core/core.ts";
import { gaussianHeadGradient, modeOfBins } from "../../core/heads.ts";
import { mlpPredict, mlpPredictRow, widestHidden } from "../../core/mlp.ts";
import { pad4, TILE, tilesFor } from "../../core/tiles.ts";
import {
  allocateNetwork,
  allocateTrainer,
  descend,
  forward,
  initialiseNetwork,
} from "../../models/network.ts";
import { type Case, operationsOf, REFERENCE } from "../case.ts";
import { filled } from "./filled.ts";

const { widths, activation } = REFERENCE;
const initial = { outputScale: 1, seed: [1, 0], stream: 1 } as const;

/** The reference network, forward, for some rows. */
export function forwardCases(core: Core): Case<number>[] {
  const network = allocateNetwork(core, widths, activation);
  initialiseNetwork(core, network, initial);
  const workspace = core.f32(2 * widestHidden(widths) * TILE);
  return [1, 32, 1024].map((rows) => {
    const x = filled(core, rows * widths[0]);
    const out = core.f32(rows * widths[3]);
    const predict = rows === 1 ? mlpPredictRow : mlpPredict;
    return {
      name: `forward  ${rows} × ${widths.join("-")} ${activation}`,
      sizes: rows,
      operations: rows * operationsOf(widths),
      run: () => predict(core, out, x, workspace, network.parameters, network.shape),
    };
  });
}

/** Forward, Gaussian negative log-likelihood, backward and Adam on one batch. */
export function trainingCases(core: Core): Case<number>[] {
  const rows = 256;
  const tiles = tilesFor(rows);
  const width = widths[3] / 2;
  const network = allocateNetwork(core, widths, activation);
  initialiseNetwork(core, network, initial);
  const trainer = allocateTrainer(core, network, tiles);
  trainer.work.input.set(filled(core, trainer.work.input.length));
  const target = filled(core, tiles * width * TILE);
  const ended = core.f32(tiles * pad4(1) * TILE);
  const settings = { learningRate: 1e-4, annealing: Infinity, weightDecay: 1e-5 };
  let step = 0;
  const run = () => {
    forward(core, network, trainer, 0);
    gaussianHeadGradient(core, trainer.work.dOutput, trainer.work.output, target, ended, {
      width,
      rows: widths[3],
    });
    return descend(core, network, trainer, settings, { step: ++step });
  };
  const name = `training step  ${rows} × ${widths.join("-")} ${activation}`;
  return [{ name, sizes: rows, operations: 3 * rows * operationsOf(widths), run }];
}

/** The habit of Pendulum: one action. */
export function habitCases(core: Core): Case<readonly number[]>[] {
  const habitWidths = [3, 64, 64, 21];
  const network = allocateNetwork(core, habitWidths, "silu");
  initialiseNetwork(core, network, initial);
  const workspace = core.f32(2 * widestHidden(habitWidths));
  const x = filled(core, 3);
  const out = core.f32(pad4(21));
  const logits = out.subarray(0, 21);
  const action = core.f32(1);
  const run = () => {
    mlpPredictRow(core, out, x, workspace, network.parameters, network.shape);
    return modeOfBins(core, action, logits, { groups: 1, bins: 21 });
  };
  const operations = operationsOf(habitWidths);
  return [{ name: `habit action  ${habitWidths.join("-")} silu`, sizes: habitWidths, operations, run }];
}
