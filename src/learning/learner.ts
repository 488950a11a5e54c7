import { compressRow } from "../core/compress.ts";
import type { Core } from "../core/core.ts";
import { gatherTiles } from "../core/gather.ts";
import { categoricalHeadGradient, endingHeadGradient, gaussianHeadGradient } from "../core/heads.ts";
import type { Resolved } from "../core/options.ts";
import { drawIndices } from "../core/random.ts";
import { clipRows } from "../core/running.ts";
import { STREAMS } from "../core/streams.ts";
import { pad4, TILE } from "../core/tiles.ts";
import { type GenerativeModel, headSize } from "../models/generativeModel.ts";
import { allocateTrainer, descend, forward, type Memory, type Trainer } from "../models/network.ts";
import { STATE_BOUND } from "../models/statistics.ts";
import { type Experience, endedColumn, inputColumns, rewardColumn, targetColumns } from "./experience.ts";
import { type Lessons, lessonLabels, lessonStates } from "./lessons.ts";
import type { LEARN } from "./options.ts";
import { drawRareRows } from "./rare.ts";
import { drawRows, endingSurplus } from "./terminals.ts";
import { allocateTrustRegion, anchorLabels, type TrustRegion } from "./trustRegion.ts";

/** Settings of the M-step. */
export type LearnerSettings = Pick<
  Resolved<typeof LEARN, "observed">,
  | "batch"
  | "learningRate"
  | "guideRate"
  | "rareShare"
  | "annealing"
  | "weightDecay"
  | "valueRate"
  | "trustRegion"
>;

/** Trainers of the three networks and their batches. */
export interface Learner {
  readonly settings: LearnerSettings;
  readonly seed: readonly [number, number];
  readonly dynamics: Trainer;
  readonly habit: Trainer;
  readonly trust: TrustRegion | undefined;
  readonly value: Trainer;
  readonly work: {
    readonly indices: Uint32Array;
    readonly target: Float32Array;
    readonly ended: Float32Array;
    readonly endingReward: Float32Array;
    readonly label: Float32Array;
    readonly valueTarget: Float32Array;
    /** Mean and deviation of the lessons' values. */
    readonly valueMoments: Float32Array;
  };
  /** Shift 0 and scale 1, as long as any group of columns. */
  readonly zeros: Float32Array;
  readonly ones: Float32Array;
  readonly counts: { modelUpdates: number; lessonUpdates: number; valueUpdates: number };
}

export function allocateLearner(
  memory: Memory,
  { sizes, dynamics, habit, value }: GenerativeModel,
  settings: LearnerSettings,
  seed: readonly [number, number],
): Learner {
  const tiles = settings.batch / TILE;
  const { labels } = sizes.coding;
  const longest = Math.max(labels, sizes.observationSize + 1);
  return {
    settings,
    seed,
    dynamics: allocateTrainer(memory, dynamics, tiles),
    habit: allocateTrainer(memory, habit, tiles),
    trust: settings.trustRegion > 0 ? allocateTrustRegion(memory, habit, tiles) : undefined,
    value: allocateTrainer(memory, value, tiles),
    work: {
      indices: memory.u32(settings.batch),
      target: memory.f32(tiles * pad4(sizes.observationSize + 1) * TILE),
      ended: memory.f32(tiles * pad4(1) * TILE),
      endingReward: memory.f32(tiles * pad4(1) * TILE),
      label: memory.f32(tiles * pad4(labels) * TILE),
      valueTarget: memory.f32(tiles * pad4(1) * TILE),
      valueMoments: memory.f32(2),
    },
    zeros: memory.f32(longest),
    ones: memory.f32(longest).fill(1),
    counts: { modelUpdates: 0, lessonUpdates: 0, valueUpdates: 0 },
  };
}

/**
 * One update of every member of the ensemble, each on its own batch: towards the maximum likelihood of (x', r), with
 * each coordinate's gradient weighted by its predicted deviation (`assembly/density/gaussianHead.ts`), and of
 * termination and the reward it brings.
 *
 * @returns root mean square error of the predictions in units of the scaled targets (1 is about the error of predicting
 *          no change and the mean reward), averaged over members
 */
export function learnDynamics(
  core: Core,
  learner: Learner,
  { dynamics, statistics, sizes }: GenerativeModel,
  experience: Experience,
): number {
  const { dynamics: trainer, settings, zeros, ones } = learner;
  const { indices, target, ended, endingReward } = learner.work;
  const { input, output, dOutput } = trainer.work;
  const { inputShift, inputScale, targetShift, targetScale, stepScale } = statistics;
  const states = ones.subarray(0, sizes.observationSize);
  const [noShift, noScale] = [first(zeros), first(ones)];
  const width = sizes.observationSize + 1;
  const rows = pad4(headSize(sizes.observationSize));
  const step = ++learner.counts.modelUpdates;
  const { counts, terminals } = experience;
  const offset = endingSurplus(core, terminals.counts.rows / counts.rows);
  const { rows: remembered } = counts;
  const { seed } = learner;
  const { rareShare: share } = settings;
  const { modelBatch: stream } = STREAMS;
  let error = 0;
  for (let member = 0; member < sizes.members; member++) {
    drawRows(core, indices, experience.terminals, { rows: remembered, seed, stream, step, member });
    drawRareRows(core, indices, experience.rare, { share, rows: remembered, seed, step, member });
    gatherTiles(core, input, inputColumns(experience), indices, inputShift, inputScale);
    clipRows(core, input, states, { bound: STATE_BOUND, rows: inputShift.length });
    gatherTiles(core, target, targetColumns(experience), indices, targetShift, targetScale);
    // a state within its bounds changes by no more than their distance
    clipRows(core, target, stepScale, { bound: 2 * STATE_BOUND, rows: width });
    compressRow(core, target, statistics.slopes, { row: width - 1, rows: pad4(width) });
    gatherTiles(core, ended, endedColumn(experience), indices, noShift, noScale);
    forward(core, dynamics, trainer, member);
    error += Math.sqrt(gaussianHeadGradient(core, dOutput, output, target, ended, { width, rows }));
    if (terminals.counts.terminations > 0) {
      const { shift, scale } = statistics.ending;
      gatherTiles(core, endingReward, rewardColumn(experience), indices, shift, scale);
      endingHeadGradient(core, dOutput, output, ended, endingReward, { offset, row: 2 * width, rows });
    }
    descend(core, dynamics, trainer, settings, { step, member });
  }
  return error / sizes.members;
}

/** The part of an array that belongs to one column. */
function first(array: Float32Array): Float32Array {
  return array.subarray(0, 1);
}

/**
 * Planning distillation: one update of the habit by maximum likelihood on the planner's weighted actions, which moves
 * p_a(a | x) towards q(a), and so raises the bound's action consistency −KL(q(a) ‖ p_a(a | x)).
 *
 * @returns cross-entropy of the habit in nats
 */
export function distil(core: Core, learner: Learner, model: GenerativeModel, lessons: Lessons): number {
  const { seed, habit, zeros, ones } = learner;
  const { indices, label } = learner.work;
  const { input, output, dOutput } = habit.work;
  const step = ++learner.counts.lessonUpdates;
  const { groups, labels } = model.sizes.coding;
  drawIndices(core, indices, lessons.counts.rows, seed[0], seed[1], STREAMS.distillation, step);
  gatherStates(core, habit, model, { lessons, indices, ones });
  gatherTiles(
    core,
    label,
    lessonLabels(lessons),
    indices,
    zeros.subarray(0, labels),
    ones.subarray(0, labels),
  );
  const { trustRegion: share } = learner.settings;
  if (learner.trust) anchorLabels(core, learner.trust, model.habit, label, input, groups, { share, step });
  forward(core, model.habit, habit);
  const crossEntropy = categoricalHeadGradient(core, dOutput, output, label, groups);
  descend(core, model.habit, habit, guideDescent(learner.settings), { step });
  return crossEntropy;
}

/** Habit and value descend at a rate of their own. */
export function guideDescent({ guideRate, annealing, weightDecay }: LearnerSettings) {
  return { learningRate: guideRate, annealing, weightDecay };
}

/** Fills a trainer's input with the states of lessons, within the bounds of plans. */
export function gatherStates(
  core: Core,
  trainer: Trainer,
  { statistics, sizes }: GenerativeModel,
  {
    lessons,
    indices,
    ones,
  }: { readonly lessons: Lessons } & Pick<Learner, "ones"> & Pick<Learner["work"], "indices">,
): void {
  const shift = statistics.inputShift.subarray(0, sizes.observationSize);
  const scale = statistics.inputScale.subarray(0, sizes.observationSize);
  gatherTiles(core, trainer.work.input, lessonStates(lessons), indices, shift, scale);
  clipRows(core, trainer.work.input, ones.subarray(0, sizes.observationSize), {
    bound: STATE_BOUND,
    rows: sizes.observationSize,
  });
}
