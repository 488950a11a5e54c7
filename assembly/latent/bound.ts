import { F32, pad4, ROW, VEC } from "../memory";
import { traceOutput, traceOutputAdjoint } from "../nn/trace";
import { normal } from "../random/normal";
import { Chunk, evidenceFrom, inverseCount, modelOf, rowAt, transitionTrace } from "./chunk";
import { contrastBackward, contrastForward, marginal, observationTrace, outcomeTrace } from "./contrast";
import { decodeBackward, decodeForward } from "./decode";
import { inferBackward, inferForward } from "./infer";
import { latentBytes, LatentModel } from "./model";
import { overshoot } from "./overshoot";

/** Streams of random numbers, added to the chunk's own. */
const POSTERIOR: u32 = 0;
const CONTRAST: u32 = 1;

/**
 * The bound over a batch of chunks (`chunk.ts`), and its gradient: the M-step's descent direction.
 *
 * @param chunk  a `Chunk`; gradients of −L are accumulated into, `terms` and what a pass keeps are written
 */
export function chunkBound(chunk: usize): void {
  const c = changetype<Chunk>(chunk);
  const model = modelOf(c), size = c.steps * latentBytes(model);
  const inverse = inverseCount(c);
  clearAdjoints(c, model);
  normal(c.noise, c.seedLow, c.seedHigh, c.stream + POSTERIOR, 0, c.step, size / F32);
  inferForward(c);
  const evidence = evidenceFrom(c, 0);
  decodeForward(c.logLikelihoods, observationTrace(c, 0), outcomeTrace(c, 0), model, evidence, c.latents, c.steps);
  store<f32>(c.terms, <f32>meanLikelihood(c, inverse));
  store<f32>(c.terms, <f32>meanRewardError(c), 4 * F32);
  normal(c.freshNoise, c.seedLow, c.seedHigh, c.stream + CONTRAST, 0, c.step, c.contrasts * size / F32);
  contrastForward(c);
  store<f32>(c.terms, <f32>marginal(c, inverse), F32);
  decodeBackward(
    c.dLatents, c.dObservation, c.dOutcome, observationTrace(c, 0), outcomeTrace(c, 0), model, c.coefficients, c.steps,
  );
  if (c.marginalWeight != 0) contrastBackward(c);
  store<f32>(c.terms, c.overshoot > 0 ? <f32>overshoot(c, inverse) : 0, 3 * F32);
  store<f32>(c.terms, <f32>-inferBackward(c, inverse * c.divergenceWeight), 2 * F32);
}

function clearAdjoints(chunk: Chunk, model: LatentModel): void {
  memory.fill(chunk.dLatents, 0, chunk.steps * latentBytes(model));
  for (let t: usize = 1; t < chunk.steps; t++) {
    for (let e: usize = 0; e < model.members; e++)
      memory.fill(traceOutputAdjoint(transitionTrace(chunk, t, e), model.transitionShape, 1), 0, 2 * latentBytes(model));
  }
}

/** Σ valid ℓ / count */
function meanLikelihood(chunk: Chunk, inverse: f32): f64 {
  let sum: f64 = 0;
  for (let i: usize = 0; i < chunk.steps * ROW; i += F32)
    sum += <f64>(load<f32>(chunk.valid + i) * load<f32>(chunk.logLikelihoods + i));
  return sum * <f64>inverse;
}

/** Mean squared error of the rewards that count and did not come with an end, in units of the scaled reward. */
function meanRewardError(chunk: Chunk): f64 {
  const outcomes = traceOutput(outcomeTrace(chunk, 0), modelOf(chunk).outcomeShape, chunk.steps);
  let sum: f64 = 0, count: f64 = 0;
  for (let t: usize = 0; t < chunk.steps; t++) {
    for (let n: usize = 0; n < ROW; n += F32) {
      const i = rowAt(t) + n;
      const error = <f64>(load<f32>(outcomes + i) - load<f32>(chunk.rewards + i));
      const goesOn = load<f32>(chunk.outcomeSeen + i) * (1 - load<f32>(chunk.ended + i));
      const weight = <f64>(load<f32>(chunk.valid + t * ROW + n) * goesOn);
      sum += weight * error * error;
      count += weight;
    }
  }
  return sum / max<f64>(1, count);
}
