import { follow } from "../core/adam.ts";
import type { Core } from "../core/core.ts";
import { columnMoments, gatherTiles } from "../core/gather.ts";
import { huberGradient } from "../core/huber.ts";
import { drawIndices } from "../core/random.ts";
import { STREAMS } from "../core/streams.ts";
import { pad4 } from "../core/tiles.ts";
import type { GenerativeModel } from "../models/generativeModel.ts";
import { descend, forward, type Network } from "../models/network.ts";
import { inverse } from "../models/statistics.ts";
import { gatherStates, guideDescent, type Learner } from "./learner.ts";
import { type Lessons, lessonValues } from "./lessons.ts";

/** Huber threshold of the value's loss, in standard deviations of the values. */
const HUBER = 1;

/**
 * One update of the value on the planner's values of the newest lessons: each is a return over the horizon that ends in
 * the slow value, which then moves towards the value.
 */
export function learnValue(core: Core, learner: Learner, model: GenerativeModel, lessons: Lessons): void {
  const { value: trainer, settings, seed } = learner;
  const { valueTarget, indices } = learner.work;
  const step = ++learner.counts.valueUpdates;
  const { value, slowValue, statistics } = model;
  drawIndices(core, indices, lessons.counts.rows, seed[0], seed[1], STREAMS.valueBatch, step);
  gatherStates(core, trainer, model, { lessons, indices, ones: learner.ones });
  const { shift, scale } = statistics.value;
  gatherTiles(core, valueTarget, lessonValues(lessons), indices, shift, scale);
  forward(core, value, trainer);
  huberGradient(core, trainer.work.dOutput, trainer.work.output, valueTarget, HUBER);
  descend(core, value, trainer, guideDescent(settings), { step });
  follow(core, slowValue.parameters, value.parameters, settings.valueRate);
}

/** Least unit of the values, as a share of the unit of returns: what differs less is the same, up to errors. */
const LEAST_SHARE = 1e-3;

/**
 * Sets the unit of the value networks to the lessons' values, V = mean + std · output, and rewrites their last layers so
 * that the functions they compute stay the same (van Hasselt et al. 2016, https://arxiv.org/abs/1602.07714).
 *
 * @param unit of returns; 0 while nothing was gained: then equal values have no unit, and the value is their mean
 */
export function rescaleValue(
  core: Core,
  { work: { valueMoments } }: Learner,
  { value, slowValue, statistics }: GenerativeModel,
  lessons: Lessons,
  unit: number,
): void {
  if (lessons.counts.rows === 0) return;
  const [mean, std] = [valueMoments.subarray(0, 1), valueMoments.subarray(1)];
  columnMoments(core, mean, std, lessonValues(lessons), lessons.counts.rows);
  rescaleOutputs([value, slowValue], statistics.value, {
    mean: mean[0],
    std: Math.max(std[0], LEAST_SHARE * unit),
  });
}

/**
 * Sets the unit of networks with one output, f = shift + output / scale, and rewrites their last layers so that f stays the
 * same. Without a unit f is the shift; networks that get their first begin about there.
 * Moments that are not finite change nothing.
 */
export function rescaleOutputs(
  networks: readonly Network[],
  { shift, scale }: { readonly shift: Float32Array; readonly scale: Float32Array },
  { mean, std }: { readonly mean: number; readonly std: number },
): void {
  if (!Number.isFinite(mean) || !Number.isFinite(std)) return;
  const before = { mean: shift[0], std: inverse(scale[0]) };
  shift[0] = mean;
  scale[0] = inverse(std);
  if (before.std === 0 || std === 0) return;
  for (const network of networks) {
    const last = lastLayer(network);
    for (let i = 0; i < last.length; i++) last[i] *= before.std * scale[0];
    last[last.length - BIASES] += (before.mean - shift[0]) * scale[0];
  }
}

/** Biases of a layer with one output, padding included. */
const BIASES = pad4(1);

/** Weight, then bias, of the output layer. */
function lastLayer({ parameters, widths }: Network): Float32Array {
  const [inputs, outputs] = widths.slice(-2);
  return parameters.subarray(parameters.length - pad4(outputs) * (inputs + 1));
}
