import { latentStd, latentLogStdSlope } from "../density/latentHead";
import { expLanes, expShared } from "../math/exp";
import { logShared } from "../math/log";
import { sumOfLanes } from "../math/reduce";
import { ROW, VEC } from "../memory";
import { traceBytes, traceOutput, traceOutputAdjoint } from "../nn/trace";
import { at, Chunk, evidenceFrom, modelOf, transitionTrace } from "./chunk";
import { addTo, decodeBackward, decodeForward } from "./decode";
import { latentBytes } from "./model";

/*
 * The marginal of the bound by prior contrast: against z_0 ∼ q(z), fresh z_k of the prior from the same parent,
 *
 *   log p̂(x, r) = log 1/(K + 1) Σ_{k ≥ 0} exp ℓ_k,   ℓ_k = log p(x, r | z_k),
 *
 * so that ℓ_0 − log p̂ ≤ log(K + 1) is a lower bound of the information gained, in expectation.
 */

/** Member whose transition draws contrast k. */
// @ts-ignore: decorator
@inline
function memberOf(chunk: Chunk, k: usize): usize {
  return k % modelOf(chunk).members;
}

/** [T][TILE] ℓ of contrast k, counted from 1; 0 is that of z itself. */
// @ts-ignore: decorator
@inline
export function logLikelihoodOf(chunk: Chunk, k: usize): usize {
  return chunk.logLikelihoods + k * chunk.steps * ROW;
}

/** [T][TILE] ∂L/∂ℓ, as `logLikelihoodOf`. */
// @ts-ignore: decorator
@inline
export function coefficientOf(chunk: Chunk, k: usize): usize {
  return chunk.coefficients + k * chunk.steps * ROW;
}

// @ts-ignore: decorator
@inline
export function observationTrace(chunk: Chunk, k: usize): usize {
  return chunk.observationTraces + k * traceBytes(modelOf(chunk).observationShape, chunk.steps);
}

// @ts-ignore: decorator
@inline
export function outcomeTrace(chunk: Chunk, k: usize): usize {
  return chunk.outcomeTraces + k * traceBytes(modelOf(chunk).outcomeShape, chunk.steps);
}

/** Draws z_k and decodes them, for every step. */
export function contrastForward(chunk: Chunk): void {
  const model = modelOf(chunk), size = latentBytes(model), all = chunk.steps * size;
  for (let k: usize = 0; k < chunk.contrasts; k++) {
    const fresh = chunk.freshLatents + k * all, noise = chunk.freshNoise + k * all;
    memory.copy(fresh, noise, size); // N(0, 1) at the first step
    for (let t: usize = 1; t < chunk.steps; t++) drawFresh(chunk, k, t, fresh + t * size, noise + t * size);
    decodeForward(
      logLikelihoodOf(chunk, k + 1), observationTrace(chunk, k + 1), outcomeTrace(chunk, k + 1),
      model, evidenceFrom(chunk, 0), fresh, chunk.steps,
    );
  }
}

/** z_k = z + ½ d + σ ε */
function drawFresh(chunk: Chunk, k: usize, t: usize, to: usize, noise: usize): void {
  const model = modelOf(chunk), size = latentBytes(model);
  const head = traceOutput(transitionTrace(chunk, t, memberOf(chunk, k)), model.transitionShape, 1);
  const before = at(chunk, chunk.latents, t - 1), half = f32x4.splat(0.5);
  for (let i: usize = 0; i < size; i += VEC) {
    const mean = f32x4.add(v128.load(before + i), f32x4.mul(half, v128.load(head + i)));
    const std = latentStd(v128.load(head + size + i));
    v128.store(to + i, f32x4.add(mean, f32x4.mul(std, v128.load(noise + i))));
  }
}

/**
 * Adjoint of `contrastForward`, by the coefficients that `marginal` wrote.
 * Adds to `dLatents` of the step before, and ∂m_e, ∂y_e to the transitions' output adjoints.
 */
export function contrastBackward(chunk: Chunk): void {
  const model = modelOf(chunk), size = latentBytes(model), all = chunk.steps * size;
  const half = f32x4.splat(0.5);
  for (let k: usize = 0; k < chunk.contrasts; k++) {
    memory.fill(chunk.dFresh, 0, all);
    decodeBackward(
      chunk.dFresh, chunk.dObservation, chunk.dOutcome, observationTrace(chunk, k + 1), outcomeTrace(chunk, k + 1),
      model, coefficientOf(chunk, k + 1), chunk.steps,
    );
    for (let t: usize = 1; t < chunk.steps; t++) {
      const trace = transitionTrace(chunk, t, memberOf(chunk, k));
      const head = traceOutput(trace, model.transitionShape, 1);
      const dHead = traceOutputAdjoint(trace, model.transitionShape, 1);
      const dZ = chunk.dFresh + t * size, noise = chunk.freshNoise + k * all + t * size;
      // the share of z itself passes by the transition's mean, as ∂m_e does
      addTo(dHead, dZ, size);
      for (let i: usize = 0; i < size; i += VEC) {
        const y = v128.load(head + size + i), to = dHead + size + i;
        const dLogStd = f32x4.mul(v128.load(dZ + i), f32x4.mul(latentStd(y), v128.load(noise + i)));
        v128.store(to, f32x4.add(v128.load(to), f32x4.mul(dLogStd, latentLogStdSlope(y))));
      }
    }
  }
}

/**
 * The ratio ℓ_0 − log p̂ at every step, and the coefficients of all log-likelihoods.
 *
 *   ∂L/∂ℓ_0 = (1 − λ w_0) / count,   ∂L/∂ℓ_k = −λ w_k / count,   w_k = exp ℓ_k / Σ_j exp ℓ_j
 *
 * @returns mean ratio
 */
export function marginal(chunk: Chunk, inverse: f32): f64 {
  const size = chunk.steps * ROW, K = chunk.contrasts;
  const lambda = f32x4.splat(chunk.marginalWeight), share = f32x4.splat(<f32>1 / <f32>(K + 1));
  let sum: f64 = 0;
  for (let i: usize = 0; i < size; i += VEC) {
    const weight = f32x4.mul(f32x4.splat(inverse), v128.load(chunk.valid + i));
    const first = v128.load(chunk.logLikelihoods + i);
    let top = first;
    for (let k: usize = 1; k <= K; k++) top = f32x4.max(top, v128.load(logLikelihoodOf(chunk, k) + i));
    let total = f32x4.splat(0);
    for (let k: usize = 0; k <= K; k++)
      total = f32x4.add(total, expLanes(f32x4.sub(v128.load(logLikelihoodOf(chunk, k) + i), top)));
    const logMarginal = f32x4.add(top, logShared(f32x4.mul(total, share)));
    const ratio = f32x4.sub(first, logMarginal), counted = f32x4.mul(weight, ratio);
    sum += sumOfLanes(counted);
    const factor = f32x4.div(f32x4.mul(lambda, weight), total);
    for (let k: usize = 0; k <= K; k++) {
      const own = f32x4.mul(factor, expShared(f32x4.sub(v128.load(logLikelihoodOf(chunk, k) + i), top)));
      v128.store(coefficientOf(chunk, k) + i, k == 0 ? f32x4.sub(weight, own) : f32x4.neg(own));
    }
    v128.store(chunk.ratios + i, ratio);
  }
  return sum;
}
