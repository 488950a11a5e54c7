import type { Core } from "../../core/core.ts";
import { columnChanges, columnMoments, gatherTiles, pick } from "../../core/gather.ts";
import { separateSeen, setLatentModel } from "../../core/latent.ts";
import { scalarMath } from "../../core/math.ts";
import { drawIndices } from "../../core/random.ts";
import { STREAMS } from "../../core/streams.ts";
import { pad4, TILE } from "../../core/tiles.ts";
import { type ChunkTerms, learnChunks } from "../../learning/chunkLearning.ts";
import { distilLatents, learnLatentValue, rescaleLatentValue } from "../../learning/latentLessons.ts";
import { deviation } from "../../learning/moments.ts";
import {
  appendObservation,
  arrivalColumns,
  endedColumn,
  labelNewest,
  listedTerminals,
  observationColumns,
  placeChunks,
  rewardColumn,
} from "../../learning/sequences.ts";
import { encodeAction } from "../../models/actionCoding.ts";
import type { LearnInfo, Transition } from "../learn.ts";
import { actionConsistency } from "./bound.ts";
import { scaleFields } from "./save.ts";
import type { LatentState } from "./state.ts";

/** Stores a transition and learns from the experience so far: the M-step. */
export function learnLatent(state: LatentState, transition: Transition): LearnInfo {
  const { counts, settings, episode } = state;
  remember(state, transition);
  const reward = transition.reward / settings.temperature;
  const action = episode.hasLesson ? actionConsistency(state) : 0;
  const { informationGain, stateConsistency } = episode.terms;
  const total = reward + informationGain + stateConsistency + action;
  const bound = { reward, informationGain, stateConsistency, actionConsistency: action, total };
  counts.steps++;
  episode.hasLesson = false;
  if (counts.steps < settings.warmup) return { bound, modelError: Number.NaN };
  if (isTimeToRefresh(counts.steps, settings.warmup) || isSurprising(state, transition)) refresh(state);
  const updates = settings.updates + (counts.steps === settings.warmup ? settings.warmupUpdates : 0);
  let terms: ChunkTerms | undefined;
  for (let i = 0; i < updates; i++) {
    drawBatch(state);
    terms = update(state);
  }
  return { bound, modelError: terms?.rewardError ?? Number.NaN };
}

/** One update of the model, and of what acts on its latent, on the batch that was drawn. */
function update({ core, settings, counts, learner, lessons, model, sequences }: LatentState): ChunkTerms {
  const progress = settings.marginalSteps > 0 ? counts.steps / settings.marginalSteps : 1;
  const terms = learnChunks(core, learner, {
    marginalWeight: settings.marginalWeight * Math.min(1, progress),
    endingOffset: oversampling(core, sequences, settings.chunk),
  });
  if (settings.observationNoise === "learned") followResiduals(model.observationStd, learner.kept.residuals);
  if (counts.steps < settings.warmup + 1) return terms;
  lessons.counts.updates++;
  if (settings.habitShare > 0) distilLatents(core, lessons, model, learner, sequences);
  if (settings.usesValue) learnLatentValue(core, lessons, model, learner);
  return terms;
}

function remember(state: LatentState, transition: Transition): void {
  const { sequences, model, episode, counts, acting } = state;
  const { observation, action, reward, nextObservation, terminated } = transition;
  const { X } = sequences;
  expectSeen("observation", observation, X);
  expectSeen("nextObservation", nextObservation, X);
  if (!Number.isFinite(reward)) throw new RangeError(`reward: expected a finite number, got ${reward}`);
  if (typeof terminated !== "boolean")
    throw new TypeError(`terminated: expected true or false, got ${String(terminated)}`);
  encodeAction(model.sizes.coding, action, episode.action);
  if (!episode.isRemembered) appendObservation(sequences, observation);
  if (episode.hasLesson) labelNewest(sequences, acting.planner.label);
  appendObservation(sequences, nextObservation, { action: episode.action, reward, terminated });
  episode.isRemembered = true;
  episode.reward = reward;
  counts.rewardLow = Math.min(counts.rewardLow, reward);
  counts.rewardHigh = Math.max(counts.rewardHigh, reward);
}

/** @throws TypeError or RangeError unless it holds `size` numbers, finite or NaN where nothing was seen */
export function expectSeen(name: string, observation: ArrayLike<number>, size: number): void {
  if (observation?.length !== size)
    throw new TypeError(
      `${name}: expected ${size} numbers, got ${observation?.length ?? String(observation)}`,
    );
  for (let d = 0; d < size; d++)
    if (typeof observation[d] !== "number" || Math.abs(observation[d]) === Infinity)
      throw new RangeError(`${name}[${d}]: expected a finite number or NaN, got ${observation[d]}`);
}

/** Of 8 chunks one ends where the world did, while there are such. */
const TERMINAL_SHARE = 1 / 8;

/** Draws TILE chunks, and puts their evidence into the learner's tiles. */
function drawBatch({ core, learner, sequences, model, seed, row }: LatentState): void {
  const { evidence, indices, counts, settings } = learner;
  const { observation, reward, ending } = model.scales;
  const step = counts.updates;
  const ends = row.ends;
  drawIndices(core, ends, sequences.counts.rows, seed[0], seed[1], STREAMS.chunkBatch, step);
  const terminals = listedTerminals(sequences);
  if (terminals.length > 0) {
    const part = ends.subarray(ends.length * (1 - TERMINAL_SHARE));
    drawIndices(core, part, terminals.length, seed[0], seed[1], STREAMS.terminalBatch, step);
    pick(core, part, sequences.terminals, part);
  }
  placeChunks(sequences, indices, evidence.valid, ends);
  const unit = { shift: learner.zeros, scale: learner.ones };
  const gather = (out: Float32Array, columns: Parameters<typeof gatherTiles>[2], { shift, scale } = unit) =>
    gatherTiles(
      core,
      out,
      columns,
      indices,
      shift.subarray(0, columns.width),
      scale.subarray(0, columns.width),
    );
  gather(evidence.observations, observationColumns(sequences), observation);
  gather(evidence.arrivals, arrivalColumns(sequences));
  gather(evidence.rewards, rewardColumn(sequences), reward);
  gather(evidence.endingRewards, rewardColumn(sequences), ending);
  gather(evidence.ended, endedColumn(sequences));
  separateSeen(core, evidence.observations, evidence.seen, evidence.valid);
  for (let t = 0; t < settings.chunk; t++)
    for (let n = 0; n < TILE; n++)
      evidence.counts[t * pad4(1) * TILE + n] = t === 0 ? 0 : evidence.valid[t * TILE + n];
}

/** Largest share of endings that log-odds are taken of. */
const MOST_ENDINGS = 0.9;

/** Log-odds of an ending in a batch, minus its log-odds in the experience. */
function oversampling(core: Core, { counts }: LatentState["sequences"], chunk: number): number {
  if (counts.terminations === 0) return 0;
  const share = Math.min(counts.ending.count / (counts.ending.count + counts.continuing.count), MOST_ENDINGS);
  const drawn = TERMINAL_SHARE * Math.max(share, 1 / chunk) + (1 - TERMINAL_SHARE) * share;
  const { log } = scalarMath(core);
  return log(drawn / (1 - drawn)) - log(share / (1 - share));
}

/** Share of the way that learned variances move to a batch's residuals. */
const RESIDUAL_RATE = 0.02;
/** Least learned deviation: below it the likelihood of a well predicted dimension would swallow all others. */
const LEAST_NOISE = 0.01;

function followResiduals(std: Float32Array, residuals: Float32Array): void {
  for (let d = 0; d < std.length; d++) {
    const variance = std[d] * std[d] + RESIDUAL_RATE * (residuals[d] - std[d] * std[d]);
    std[d] = Math.max(LEAST_NOISE, Math.sqrt(variance));
  }
}

/** The scales follow the experience: at the end of the warm-up, every 50 steps up to 400, then every 200. */
function isTimeToRefresh(steps: number, warmup: number): boolean {
  return steps === warmup || steps % (steps <= 400 ? 50 : 200) === 0;
}

/** Deviations from the mean beyond which a reward changes the scales at once. */
const SURPRISE = 10;

function isSurprising({ sequences }: LatentState, { reward, terminated }: Transition): boolean {
  const { continuing, ending } = sequences.counts;
  if (terminated) return ending.count === 1;
  return Math.abs(reward - continuing.mean) > SURPRISE * deviation(continuing);
}

/** Coordinates that vary less than this keep the scale 1. */
const LEAST_DEVIATION = 1e-8;
const inverse = (std: number) => (std > LEAST_DEVIATION ? 1 / std : 1);
/** Least and greatest deviation of an observation that follows from its changes. */
const [LEAST_CHANGE, GREATEST_CHANGE] = [2e-3, 1];

function refresh(state: LatentState): void {
  const { core, model, sequences, settings, row, lessons } = state;
  const { observation, reward, ending } = model.scales;
  const { continuing, ending: final } = sequences.counts;
  const columns = observationColumns(sequences);
  columnMoments(core, observation.shift, row.spread, columns, sequences.counts.rows);
  for (let d = 0; d < columns.width; d++) observation.scale[d] = inverse(row.spread[d]);
  refreshNoise(state);
  reward.shift[0] = continuing.mean;
  reward.scale[0] = inverse(deviation(continuing));
  ending.shift[0] = final.mean;
  ending.scale[0] = inverse(deviation(final));
  if (settings.usesValue) rescaleLatentValue(lessons, model);
  setLatentModel(core, model.record, scaleFields(state));
}

/** σ of the scaled observations. */
function refreshNoise({ core, model, sequences, settings, learner, row }: LatentState): void {
  const { observationStd, scales } = model;
  const { observationNoise, changeShare } = settings;
  if (typeof observationNoise === "number") {
    observationStd.fill(observationNoise);
    return;
  }
  if (observationNoise === "learned" && learner.counts.updates > 0) return;
  columnChanges(core, row.spread, observationColumns(sequences), sequences.ages, sequences.counts.rows);
  for (let d = 0; d < observationStd.length; d++)
    observationStd[d] = Math.min(
      GREATEST_CHANGE,
      Math.max(LEAST_CHANGE, changeShare * row.spread[d] * scales.observation.scale[d]),
    );
}
