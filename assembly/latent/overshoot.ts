import { sumOfLanes } from "../math/reduce";
import { F32, pad4, ROW, VEC } from "../memory";
import { traceBackward, traceBytes, traceForward, traceInputAdjoint, traceOutput, traceOutputAdjoint } from "../nn/trace";
import { at, Chunk, evidenceFrom, gradientOf, modelOf } from "./chunk";
import { addTo, decodeBackward, decodeForward } from "./decode";
import { latentBytes, LatentModel, transitionOf } from "./model";

/** Starts from which k steps stay within the chunk: from overshootFrom on, up to T − 1 − k. */
// @ts-ignore: decorator
@inline
function startsFor(chunk: Chunk, k: usize): usize {
  const last = chunk.steps - k;
  return last > chunk.overshootFrom ? min(chunk.overshootStarts, last - chunk.overshootFrom) : 0;
}

/** z̃ after k = 1 … K steps, [starts][Z][TILE]. */
// @ts-ignore: decorator
@inline
function imaginedAt(chunk: Chunk, k: usize): usize {
  return chunk.imagined + (k - 1) * chunk.steps * latentBytes(modelOf(chunk));
}

// @ts-ignore: decorator
@inline
function transitionAt(chunk: Chunk, k: usize): usize {
  return chunk.imaginedTransitionTraces + (k - 1) * traceBytes(modelOf(chunk).transitionShape, chunk.steps);
}

/**
 * The overshoot: from z of `overshootStarts` steps, from `overshootFrom` on, the members' mean transitions with the actions taken.
 * Of the members those that are their turn.
 *
 *   z̃_0 = z_t,   z̃_k = z̃_{k−1} + ½ d_e(z̃_{k−1}, a_{t+k−1}),   L += weight / (K E) Σ_e Σ_k log p(x_{t+k}, r_{t+k} | z̃_k)
 *
 * Adds the adjoints to the gradients and to `dLatents`.
 *
 * @returns mean log-likelihood of the observations at z̃
 */
export function overshoot(chunk: Chunk, inverse: f32): f64 {
  const model = modelOf(chunk);
  const longest = min(chunk.overshoot, chunk.steps - 1);
  const share = inverse / <f32>(chunk.overshoot * chunk.overshootMembers);
  let sum: f64 = 0;
  for (let i: usize = 0; i < chunk.overshootMembers; i++) {
    const e = (chunk.overshootMember + i) % model.members;
    for (let k: usize = 1; k <= longest && startsFor(chunk, k) > 0; k++) imagineStep(chunk, model, e, k);
    memory.fill(chunk.dImagined, 0, chunk.steps * latentBytes(model));
    for (let k = longest; k > 0; k--)
      if (startsFor(chunk, k) > 0) sum += backwardStep(chunk, model, e, k, share);
    addTo(at(chunk, chunk.dLatents, chunk.overshootFrom), chunk.dImagined, startsFor(chunk, 1) * latentBytes(model));
  }
  return sum;
}

/** z̃_k from z̃_{k−1} */
function imagineStep(chunk: Chunk, model: LatentModel, e: usize, k: usize): void {
  const starts = startsFor(chunk, k), size = latentBytes(model);
  const from = k == 1 ? at(chunk, chunk.latents, chunk.overshootFrom) : imaginedAt(chunk, k - 1);
  const to = imaginedAt(chunk, k), half = f32x4.splat(0.5);
  const trace = transitionAt(chunk, k);
  const previousActions = evidenceFrom(chunk, chunk.overshootFrom + k).previousActions, A = pad4(model.actionSize) * ROW;
  const inputs = pad4(model.latentSize + model.actionSize) * ROW;
  for (let s: usize = 0; s < starts; s++) {
    memory.copy(trace + s * inputs, from + s * size, size);
    memory.copy(trace + s * inputs + size, previousActions + s * A, model.actionSize * ROW);
  }
  traceForward(trace, transitionOf(model, e), model.transitionShape, starts);
  const d = traceOutput(trace, model.transitionShape, starts);
  for (let s: usize = 0; s < starts; s++) {
    for (let i = s * size; i < (s + 1) * size; i += VEC)
      v128.store(to + i, f32x4.add(v128.load(from + i), f32x4.mul(half, v128.load(d + s * size + i))));
  }
}

/**
 * residuals[d] = Σ seen (x̂ − x)² / Σ seen of what z̃_1 decodes to: the squared error of the one-step prediction; −1 where
 * nothing was seen.
 */
function storeResiduals(chunk: Chunk, model: LatentModel, starts: usize): void {
  const heads = traceOutput(chunk.imaginedObservationTrace, model.observationShape, starts);
  const X = pad4(model.observationSize), first = chunk.overshootFrom + 1;
  for (let d: usize = 0; d < model.observationSize; d++) {
    let sum: f64 = 0, count: f64 = 0;
    for (let s: usize = 0; s < starts; s++) {
      for (let n: usize = 0; n < ROW; n += F32) {
        const place = ((first + s) * X + d) * ROW + n;
        const seen = <f64>(load<f32>(chunk.seen + place) * load<f32>(chunk.valid + (first + s) * ROW + n));
        const error = <f64>(load<f32>(heads + (s * X + d) * ROW + n) - load<f32>(chunk.observations + place));
        sum += seen * error * error;
        count += seen;
      }
    }
    store<f32>(chunk.residuals + d * F32, count > 0 ? <f32>(sum / count) : -1);
  }
}

/** Decodes z̃_k, and takes its adjoints back to z̃_{k−1}, which `dImagined` then holds. @returns Σ share · log-likelihood */
function backwardStep(chunk: Chunk, model: LatentModel, e: usize, k: usize, share: f32): f64 {
  const starts = startsFor(chunk, k), size = latentBytes(model);
  const observation = chunk.imaginedObservationTrace, outcome = chunk.imaginedOutcomeTrace;
  const evidence = evidenceFrom(chunk, chunk.overshootFrom + k);
  decodeForward(chunk.imaginedLogLikelihoods, observation, outcome, model, evidence, imaginedAt(chunk, k), starts);
  if (k == 1) storeResiduals(chunk, model, starts);
  // ∂L/∂ℓ = weight · share where the chunk still has a step
  const valid = chunk.valid + (chunk.overshootFrom + k) * ROW;
  let sum: f64 = 0;
  for (let i: usize = 0; i < starts * ROW; i += VEC) {
    const weight = f32x4.mul(f32x4.splat(share), v128.load(valid + i));
    sum += sumOfLanes(f32x4.mul(weight, v128.load(chunk.imaginedLogLikelihoods + i)));
    v128.store(chunk.imaginedCoefficients + i, f32x4.mul(f32x4.splat(chunk.overshootWeight), weight));
  }
  decodeBackward(
    chunk.dImagined, chunk.dObservation, chunk.dOutcome, observation, outcome, model, chunk.imaginedCoefficients, starts,
  );
  // ∂d = ½ ∂z̃_k,  ∂z̃_{k−1} = ∂z̃_k + ∂ of the transition's input;  ∂y = 0: nothing is drawn
  const trace = transitionAt(chunk, k);
  const dHead = traceOutputAdjoint(trace, model.transitionShape, starts), half = f32x4.splat(0.5);
  for (let s: usize = 0; s < starts; s++) {
    for (let i = s * size; i < (s + 1) * size; i += VEC)
      v128.store(dHead + s * size + i, f32x4.mul(half, v128.load(chunk.dImagined + i)));
    memory.fill(dHead + (2 * s + 1) * size, 0, size);
  }
  traceBackward(trace, gradientOf(chunk, e), transitionOf(model, e), model.transitionShape, model.latentSize, starts);
  const dInputs = traceInputAdjoint(trace, model.transitionShape, starts);
  const inputs = pad4(model.latentSize + model.actionSize) * ROW;
  for (let s: usize = 0; s < starts; s++) addTo(chunk.dImagined + s * size, dInputs + s * inputs, size);
  return sum;
}
