import { follow } from "../core/adam.ts";
import type { Core } from "../core/core.ts";
import { gatherTiles } from "../core/gather.ts";
import { categoricalHeadGradient } from "../core/heads.ts";
import { huberGradient } from "../core/huber.ts";
import { lambdaReturns, maskTiles } from "../core/latent.ts";
import { mlpPredict } from "../core/mlp.ts";
import type { Resolved } from "../core/options.ts";
import { pad4, TILE } from "../core/tiles.ts";
import type { PLAN } from "../inference/options.ts";
import type { LatentModel } from "../models/latentModel.ts";
import { allocateTrainer, descend, forward, type Memory } from "../models/network.ts";
import type { ChunkLearner } from "./chunkLearning.ts";
import type { LEARN } from "./options.ts";
import { labelColumns, plannedColumn, planValueColumn, type Sequences } from "./sequences.ts";
import { allocateTrustRegion, anchorLabels } from "./trustRegion.ts";
import { rescaleOutputs } from "./valueLearning.ts";

/** Settings of what habit and value learn. */
export type LatentLessonSettings = Pick<
  Resolved<typeof LEARN & typeof PLAN, "latent">,
  | "chunk"
  | "learningRate"
  | "annealing"
  | "weightDecay"
  | "discount"
  | "returnDecay"
  | "valueRate"
  | "trustRegion"
  | "imagination"
>;

/** Habit and value learn at the latents of the batch of chunks that the model has just learned from. */
export type LatentLessons = ReturnType<typeof allocateLatentLessons>;

export function allocateLatentLessons(memory: Memory, model: LatentModel, settings: LatentLessonSettings) {
  const T = settings.chunk;
  const { labels } = model.sizes.coding;
  const single = () => memory.f32(T * pad4(1) * TILE);
  const ones = memory.f32(labels).fill(1);
  return {
    settings,
    habit: allocateTrainer(memory, model.habit, T),
    trust: settings.trustRegion > 0 ? allocateTrustRegion(memory, model.habit, T) : undefined,
    value: allocateTrainer(memory, model.value, T),
    /** Returns of the last batch, and where they are known: the value's unit follows them. */
    target: single(),
    known: single(),
    work: {
      label: memory.f32(T * pad4(labels) * TILE),
      planned: single(),
      slow: single(),
    },
    zeros: memory.f32(labels),
    ones,
    counts: { updates: 0 },
  };
}

/**
 * Planning distillation at the latents: one update of the habit by maximum likelihood on the posteriors that were
 * planned at the batch's steps; those that were not planned, or lie beyond a chunk's end, are left out.
 *
 * @returns cross-entropy in nats, averaged over all steps
 */
export function distilLatents(
  core: Core,
  lessons: LatentLessons,
  model: LatentModel,
  learner: ChunkLearner,
  sequences: Sequences,
): number {
  const { habit: trainer, zeros, ones, settings, counts } = lessons;
  const { label, planned } = lessons.work;
  const { input, output, dOutput } = trainer.work;
  const { groups } = model.sizes.coding;
  const first = (array: Float32Array) => array.subarray(0, 1);
  input.set(learner.work.pass.latents);
  gatherTiles(core, label, labelColumns(sequences), learner.work.indices, zeros, ones);
  gatherTiles(core, planned, plannedColumn(sequences), learner.work.indices, first(zeros), first(ones));
  keepExisting(planned, learner.work.evidence.valid);
  const { trustRegion: share } = settings;
  if (lessons.trust)
    anchorLabels(core, lessons.trust, model.habit, label, input, groups, { share, step: counts.updates });
  forward(core, model.habit, trainer);
  const crossEntropy = categoricalHeadGradient(core, dOutput, output, label, groups);
  maskTiles(core, dOutput, planned);
  descend(core, model.habit, trainer, settings, { step: counts.updates });
  return crossEntropy;
}

/** mask[t, 0, n] ← mask[t, 0, n] valid[t, n], valid 0 or 1 */
function keepExisting(mask: Float32Array, valid: Float32Array): void {
  for (let i = 0; i < valid.length; i++)
    if (valid[i] === 0) mask[Math.floor(i / TILE) * pad4(1) * TILE + (i % TILE)] = 0;
}

/** Huber threshold of the value's loss, in standard deviations of the values. */
const HUBER = 1;

/**
 * One update of the value. Its targets are the λ-returns of the batch: discounted sums of r + β · ratio, the score of plans.
 * Steps that were planned again have the new plan's value as their target, since their return comes from an older policy.
 * Then the slow copy of the value, which plans use at their horizon, moves towards the value.
 */
export function learnLatentValue(
  core: Core,
  lessons: LatentLessons,
  model: LatentModel,
  learner: ChunkLearner,
  sequences: Sequences,
  informationWeight: number,
): void {
  const { value: trainer, target, known, settings, counts } = lessons;
  const { value, slowValue } = model;
  const { slow } = lessons.work;
  const { input, output, dOutput } = trainer.work;
  input.set(learner.work.pass.latents);
  mlpPredict(core, slow, input, model.work.hidden, slowValue.parameters, slowValue.shape);
  const { discount, returnDecay: decay } = settings;
  lambdaReturns(core, target, known, slow, model.guideView.record, learner.record, {
    discount,
    decay,
    informationWeight,
  });
  if (settings.imagination > 0) preferPlans(core, lessons, model, learner, sequences);
  if (!target.every(Number.isFinite)) {
    // nothing to learn from, and no unit to follow
    for (const row of [target, known]) row.fill(0);
    trainer.tally.undone++;
    return;
  }
  forward(core, value, trainer);
  huberGradient(core, dOutput, output, target, HUBER);
  maskTiles(core, dOutput, known);
  descend(core, value, trainer, settings, { step: counts.updates });
  follow(core, slowValue.parameters, value.parameters, settings.valueRate);
}

/** target[t, n] ← (value of the plan − shift) · scale, and known, where the batch's step was planned */
function preferPlans(
  core: Core,
  { target, known, work, zeros, ones }: LatentLessons,
  { scales: { value } }: LatentModel,
  learner: ChunkLearner,
  sequences: Sequences,
): void {
  const { planned, slow: values } = work;
  const { indices, evidence } = learner.work;
  gatherTiles(core, planned, plannedColumn(sequences), indices, zeros.subarray(0, 1), ones.subarray(0, 1));
  gatherTiles(core, values, planValueColumn(sequences), indices, value.shift, value.scale);
  keepExisting(planned, evidence.valid);
  for (let i = 0; i < planned.length; i++) {
    if (planned[i] === 0) continue;
    target[i] = values[i];
    known[i] = 1;
  }
}

/**
 * Sets the unit of the value networks to the spread of the last batch's returns; before they have learned, to the spread of
 * what was gained, in which they begin.
 *
 * @param least unit
 * @param first unit
 */
export function rescaleLatentValue(
  { target, known, counts }: LatentLessons,
  model: LatentModel,
  { least, first }: { readonly least: number; readonly first: number },
): void {
  const { shift, scale } = model.scales.value;
  if (counts.updates === 0) {
    scale[0] = 1 / first;
    return;
  }
  let [count, sum, squares] = [0, 0, 0];
  for (let t = 0; t < target.length; t += pad4(1) * TILE)
    for (let i = t; i < t + TILE; i++) {
      const value = target[i] / scale[0] + shift[0];
      count += known[i];
      sum += known[i] * value;
      squares += known[i] * value * value;
    }
  if (count === 0) return;
  const mean = sum / count;
  const std = Math.sqrt(Math.max(0, squares / count - mean * mean));
  rescaleOutputs([model.value, model.slowValue], model.scales.value, { mean, std: Math.max(std, least) });
}
