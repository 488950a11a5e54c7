import { softmaxLanes } from "../density/categoricalHead";
import { CATEGORICAL, GAUSSIAN } from "../density/observationKind";
import { logShared } from "../math/log";
import { sigmoidShared } from "../math/sigmoid";
import { softplusShared } from "../math/softplus";
import { F32, Floats, pad4, ROW, VEC } from "../memory";
import { traceBackward, traceForward, traceInputAdjoint, traceOutput, traceOutputAdjoint } from "../nn/trace";
import { latentBytes, LatentModel } from "./model";

const HALF_LOG_2PI: f32 = 0.9189385332046727; // ½ log 2π

/** What was observed at `tiles` successive steps. */
@unmanaged
export class Evidence {
  /** [tiles][pad4(X)][TILE] scaled; 0 where not seen. */
  observations: Floats;
  /** [tiles][pad4(X)][TILE] 1 where seen, else 0. */
  seen: Floats;
  /** [tiles][pad4(A)][TILE] the action that led to the observation. */
  previousActions: Floats;
  /** [tiles][pad4(1)][TILE] scaled as rewards of steps that do not end the world. */
  rewards: Floats;
  /** [tiles][pad4(1)][TILE] the same rewards, scaled as those of steps that end it. */
  endingRewards: Floats;
  /** [tiles][pad4(1)][TILE] 1 where the world ended. */
  ended: Floats;
  /** [tiles][pad4(1)][TILE] 1 where the reward and whether the world ended were seen, else 0. */
  outcomeSeen: Floats;
  /** Huber threshold of the reward error, in units of the scaled reward. */
  rewardClip: f32;
  /** Log-odds of an ending in the batch minus those in the experience. */
  endingOffset: f32;
}

/**
 * Log-likelihood of the evidence at latents, and the adjoints of its negative at the networks' outputs.
 *
 *   logLikelihood[n] = log p(x | z) + log p(r, end | z, a)
 *
 * @param logLikelihood  [tiles][TILE]     written
 * @param observation    trace of the observation network over `tiles`
 * @param outcome        trace of the outcome network over `tiles`
 * @param latents        [tiles][Z][TILE]
 */
export function decodeForward(
  logLikelihood: usize, observation: usize, outcome: usize, model: LatentModel, evidence: Evidence,
  latents: usize, tiles: usize,
): void {
  memory.copy(observation, latents, tiles * latentBytes(model));
  traceForward(observation, model.observationParameters, model.observationShape, tiles);
  const A = pad4(model.actionSize) * ROW, inputs = pad4(model.latentSize + model.actionSize) * ROW;
  for (let tile: usize = 0; tile < tiles; tile++) {
    const to = outcome + tile * inputs;
    memory.copy(to, latents + tile * latentBytes(model), latentBytes(model));
    memory.copy(to + latentBytes(model), evidence.previousActions + tile * A, model.actionSize * ROW);
  }
  traceForward(outcome, model.outcomeParameters, model.outcomeShape, tiles);
  const heads = traceOutput(observation, model.observationShape, tiles);
  const dHeads = traceOutputAdjoint(observation, model.observationShape, tiles);
  const outcomes = traceOutput(outcome, model.outcomeShape, tiles);
  const dOutcomes = traceOutputAdjoint(outcome, model.outcomeShape, tiles);
  const X = pad4(model.observationSize) * ROW, four = pad4(1) * ROW;
  // their padding, and what has no likelihood
  memory.fill(dHeads, 0, tiles * X);
  memory.fill(dOutcomes, 0, tiles * four);
  for (let tile: usize = 0; tile < tiles; tile++) {
    const to = logLikelihood + tile * ROW, place = tile * X, row = tile * four;
    observationLogLikelihood(to, dHeads + place, heads + place, evidence.observations + place, evidence.seen + place, model);
    addOutcomeLogLikelihood(to, dOutcomes + row, outcomes + row, evidence, row, model);
  }
}

/**
 * Adjoint of `decodeForward`, of −L.
 *
 * @param dLatents       [tiles][Z][TILE]      accumulated into
 * @param dObservation   as the observation's parameters, accumulated into
 * @param dOutcome       as the outcome's parameters, accumulated into
 * @param coefficient    [tiles][TILE]         ∂L/∂logLikelihood
 */
export function decodeBackward(
  dLatents: usize, dObservation: usize, dOutcome: usize, observation: usize, outcome: usize,
  model: LatentModel, coefficient: usize, tiles: usize,
): void {
  const observationShape = model.observationShape, outcomeShape = model.outcomeShape;
  scaleRows(traceOutputAdjoint(observation, observationShape, tiles), coefficient, pad4(model.observationSize), tiles);
  scaleRows(traceOutputAdjoint(outcome, outcomeShape, tiles), coefficient, pad4(3), tiles);
  traceBackward(observation, dObservation, model.observationParameters, observationShape, model.latentSize, tiles);
  traceBackward(outcome, dOutcome, model.outcomeParameters, outcomeShape, model.latentSize, tiles);
  const size = latentBytes(model), inputs = pad4(model.latentSize + model.actionSize) * ROW;
  addTo(dLatents, traceInputAdjoint(observation, observationShape, tiles), tiles * size);
  const dInputs = traceInputAdjoint(outcome, outcomeShape, tiles);
  for (let tile: usize = 0; tile < tiles; tile++) addTo(dLatents + tile * size, dInputs + tile * inputs, size);
}

/** out[i] += x[i] */
export function addTo(out: usize, x: usize, bytes: usize): void {
  for (const end = out + bytes; out < end; out += VEC, x += VEC) v128.store(out, f32x4.add(v128.load(out), v128.load(x)));
}

/** d[tile, row, n] ← coefficient[tile, n] d[tile, row, n] */
function scaleRows(d: usize, coefficient: usize, rows: usize, tiles: usize): void {
  for (let tile: usize = 0; tile < tiles; tile++, coefficient += ROW) {
    for (let i: usize = 0; i < rows * ROW; i += VEC, d += VEC)
      v128.store(d, f32x4.mul(v128.load(d), v128.load(coefficient + (i & (ROW - 1)))));
  }
}

/** logLikelihood[n] = log p(x | z) of one tile; dHead = −∂ log p(x | z) / ∂head. */
export function observationLogLikelihood(
  logLikelihood: usize, dHead: usize, head: usize, x: usize, seen: usize, model: LatentModel,
): void {
  memory.fill(logLikelihood, 0, ROW);
  if (model.observationKind == CATEGORICAL) return categorical(logLikelihood, dHead, head, x, seen, model.observationSize);
  for (let d: usize = 0; d < model.observationSize; d++) {
    const std = load<f32>(model.observationStd + d * F32);
    const precision = f32x4.splat(1 / (std * std));
    const normaliser = f32x4.add(logShared(f32x4.splat(std)), f32x4.splat(HALF_LOG_2PI));
    for (let i = d * ROW; i < (d + 1) * ROW; i += VEC) {
      const isSeen = v128.load(seen + i), to = logLikelihood + (i & (ROW - 1));
      const m = v128.load(head + i), value = v128.load(x + i);
      let slope: v128, logDensity: v128;
      if (model.observationKind == GAUSSIAN) {
        // log p = −½ (x − m)² / σ² − log σ − ½ log 2π
        const error = f32x4.sub(m, value);
        slope = f32x4.mul(error, precision);
        logDensity = f32x4.neg(f32x4.add(f32x4.mul(f32x4.splat(0.5), f32x4.mul(slope, error)), normaliser));
      } else {
        // log p = x l − log(1 + exp l)
        slope = f32x4.sub(sigmoidShared(m), value);
        logDensity = f32x4.sub(f32x4.mul(value, m), softplusShared(m));
      }
      v128.store(dHead + i, f32x4.mul(isSeen, slope));
      v128.store(to, f32x4.add(v128.load(to), f32x4.mul(isSeen, logDensity)));
    }
  }
}

/** log p = Σ_k x[k] l[k] − log Σ_k exp l[k], x one-hot; not seen at all where x[0] is not seen */
function categorical(logLikelihood: usize, dHead: usize, head: usize, x: usize, seen: usize, X: usize): void {
  for (let n: usize = 0; n < ROW; n += VEC) {
    const normaliser = softmaxLanes(dHead + n, head + n, X);
    const isSeen = v128.load(seen + n);
    let sum = f32x4.neg(normaliser);
    for (let i = n; i < X * ROW; i += ROW) {
      const value = v128.load(x + i);
      sum = f32x4.add(sum, f32x4.mul(value, v128.load(head + i)));
      v128.store(dHead + i, f32x4.mul(isSeen, f32x4.sub(v128.load(dHead + i), value)));
    }
    v128.store(logLikelihood + n, f32x4.mul(isSeen, sum));
  }
}

/**
 * logLikelihood[n] += log p(r, end | z, a) of one tile where the outcome was seen; dOutcome = −∂ of it.
 *
 *   log N(r; m, σ²) where the world goes on, log N(g; v, σ_g²) where it ended;  t l − log(1 + exp l),  t = [ended]
 */
export function addOutcomeLogLikelihood(
  logLikelihood: usize, dOutcome: usize, outcome: usize, evidence: Evidence, row: usize, model: LatentModel,
): void {
  const clip = f32x4.splat(evidence.rewardClip);
  const precisionOn = precisionOf(model.rewardNoise), precisionEnd = precisionOf(model.endingNoise);
  const normaliserOn = normaliserOf(model.rewardNoise), normaliserEnd = normaliserOf(model.endingNoise);
  const one = f32x4.splat(1), half = f32x4.splat(0.5), offset = f32x4.splat(evidence.endingOffset);
  for (let n: usize = 0; n < ROW; n += VEC) {
    const outcomeSeen = v128.load(evidence.outcomeSeen + row + n), t = v128.load(evidence.ended + row + n);
    const goesOn = f32x4.sub(one, t);
    const miss = f32x4.sub(v128.load(outcome + n), v128.load(evidence.rewards + row + n));
    const missEnd = f32x4.sub(v128.load(outcome + n, 2 * ROW), v128.load(evidence.endingRewards + row + n));
    const error = f32x4.add(f32x4.mul(goesOn, miss), f32x4.mul(t, missEnd));
    const isEnd = f32x4.gt(t, f32x4.splat(0));
    const precision = v128.bitselect(precisionEnd, precisionOn, isEnd);
    const normaliser = v128.bitselect(normaliserEnd, normaliserOn, isEnd);
    let logDensity = f32x4.neg(f32x4.add(f32x4.mul(half, f32x4.mul(precision, f32x4.mul(error, error))), normaliser));
    const pull = f32x4.mul(outcomeSeen, f32x4.mul(precision, f32x4.min(clip, f32x4.max(f32x4.neg(clip), error))));
    v128.store(dOutcome + n, f32x4.mul(goesOn, pull));
    v128.store(dOutcome + n, f32x4.mul(t, pull), 2 * ROW);
    if (model.hasEndings) {
      const logit = f32x4.add(v128.load(outcome + n, ROW), offset);
      v128.store(dOutcome + n, f32x4.mul(outcomeSeen, f32x4.sub(sigmoidShared(logit), t)), ROW);
      logDensity = f32x4.add(logDensity, f32x4.sub(f32x4.mul(t, logit), softplusShared(logit)));
    }
    v128.store(logLikelihood + n, f32x4.add(v128.load(logLikelihood + n), f32x4.mul(outcomeSeen, logDensity)));
  }
}

/** 1 / σ² */
function precisionOf(std: f32): v128 {
  return f32x4.splat(1 / (std * std));
}

/** log σ + ½ log 2π */
function normaliserOf(std: f32): v128 {
  return f32x4.add(logShared(f32x4.splat(std)), f32x4.splat(HALF_LOG_2PI));
}
