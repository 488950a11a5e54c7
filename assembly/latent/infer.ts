import { latentLogStd, latentLogStdSlope, latentStd } from "../density/latentHead";
import { expShared } from "../math/exp";
import { sumOfLanes } from "../math/reduce";
import { F32, pad4, ROW, VEC } from "../memory";
import { traceBackward, traceForward, traceInputAdjoint, traceOutput, traceOutputAdjoint } from "../nn/trace";
import { addTo } from "./decode";
import { at, Chunk, gradientOf, modelOf, recognitionTrace, rowAt, transitionTrace } from "./chunk";
import { latentBytes, LatentModel, transitionOf, writeEvidence, writeStateAction } from "./model";

const HALF: f32 = 0.5; // the share of the transition's output that moves the mean: networks begin near no change

/**
 * State inference along the chunks: predicts each step by the transitions, corrects by recognition, draws z.
 *
 *   m = 1/E Σ_e (z + ½ d_e),   z' = m + d_q + σ_q ε    (m = 0 at the first step)
 *
 * An observation that was not seen completely is not recognised, as in the filter: there z' = z + ½ d_e + σ_e ε of the
 * lane's own member e = n mod E, or ε at the first step, without a divergence.
 */
export function inferForward(chunk: Chunk): void {
  const model = modelOf(chunk);
  const first = chunk.rows;
  for (let t: usize = 0; t < chunk.steps; t++) {
    const predicted = at(chunk, chunk.predictedMeans, t);
    if (t == 0) memory.fill(predicted, 0, latentBytes(model));
    else predict(chunk, model, t, predicted);
    fillRow(first, t == 0 ? 1 : 0);
    const trace = recognitionTrace(chunk, t);
    const observation = chunk.observations + t * pad4(model.observationSize) * ROW;
    writeEvidence(trace, model, predicted, observation, chunk.rewards + rowAt(t), chunk.outcomeSeen + rowAt(t), first);
    traceForward(trace, model.recognitionParameters, model.recognitionShape, 1);
    correct(chunk, model, t, predicted, traceOutput(trace, model.recognitionShape, 1));
  }
}

function fillRow(row: usize, value: f32): void {
  for (let n: usize = 0; n < ROW; n += VEC) v128.store(row + n, f32x4.splat(value));
}

/** predicted = 1/E Σ_e (z + ½ d_e) */
function predict(chunk: Chunk, model: LatentModel, t: usize, predicted: usize): void {
  const z = at(chunk, chunk.latents, t - 1), size = latentBytes(model);
  const previousAction = chunk.previousActions + t * pad4(model.actionSize) * ROW;
  const share = f32x4.splat(HALF / <f32>model.members);
  memory.copy(predicted, z, size);
  for (let e: usize = 0; e < model.members; e++) {
    const trace = transitionTrace(chunk, t, e);
    writeStateAction(trace, model, z, previousAction);
    traceForward(trace, transitionOf(model, e), model.transitionShape, 1);
    const d = traceOutput(trace, model.transitionShape, 1);
    for (let i: usize = 0; i < size; i += VEC)
      v128.store(predicted + i, f32x4.add(v128.load(predicted + i), f32x4.mul(share, v128.load(d + i))));
  }
}

/** `complete` of four lanes from byte `row` on. */
// @ts-ignore: decorator
@inline
function completeAt(chunk: Chunk, t: usize, row: usize): v128 {
  return v128.load(chunk.complete + t * ROW + row);
}

/** Which of the four lanes from byte `row` on follow member e. */
function followersOf(e: usize, row: usize, E: usize): v128 {
  const n = row / F32;
  const members = i32x4(<i32>(n % E), <i32>((n + 1) % E), <i32>((n + 2) % E), <i32>((n + 3) % E));
  return i32x4.eq(members, i32x4.splat(<i32>e));
}

/** z + ½ d_e + σ_e ε of the lanes' own members; ε at the first step. */
function drawPrior(chunk: Chunk, model: LatentModel, t: usize, i: usize, noise: v128): v128 {
  let z = noise;
  for (let e: usize = 0; t > 0 && e < model.members; e++) {
    const output = traceOutput(transitionTrace(chunk, t, e), model.transitionShape, 1) + i;
    const change = f32x4.mul(f32x4.splat(HALF), v128.load(output));
    const mean = f32x4.add(v128.load(at(chunk, chunk.latents, t - 1) + i), change);
    const drawn = f32x4.add(mean, f32x4.mul(latentStd(v128.load(output + latentBytes(model))), noise));
    z = v128.bitselect(drawn, z, followersOf(e, i & (ROW - 1), model.members));
  }
  return z;
}

/** Adjoint of `drawPrior`, for the lanes' own members: ∂m_e += ∂z,  ∂y_e += ∂z ε ∂σ_e/∂y */
function drawPriorBackward(chunk: Chunk, model: LatentModel, t: usize, i: usize, dz: v128): void {
  const noise = v128.load(at(chunk, chunk.noise, t) + i), size = latentBytes(model);
  for (let e: usize = 0; e < model.members; e++) {
    const trace = transitionTrace(chunk, t, e);
    const y = v128.load(traceOutput(trace, model.transitionShape, 1) + size + i);
    const dOutput = traceOutputAdjoint(trace, model.transitionShape, 1) + i;
    const own = v128.and(dz, followersOf(e, i & (ROW - 1), model.members));
    const dStd = f32x4.mul(own, f32x4.mul(noise, f32x4.mul(latentStd(y), latentLogStdSlope(y))));
    v128.store(dOutput, f32x4.add(v128.load(dOutput), own));
    v128.store(dOutput + size, f32x4.add(v128.load(dOutput + size), dStd));
  }
}

/** z = m + d + σ ε where the observation was seen completely, else a draw from the prior */
function correct(chunk: Chunk, model: LatentModel, t: usize, predicted: usize, head: usize): void {
  const size = latentBytes(model), z = at(chunk, chunk.latents, t), noise = at(chunk, chunk.noise, t);
  for (let i: usize = 0; i < size; i += VEC) {
    const std = latentStd(v128.load(head + size + i));
    const mean = f32x4.add(v128.load(predicted + i), v128.load(head + i));
    const epsilon = v128.load(noise + i), isComplete = f32x4.gt(completeAt(chunk, t, i & (ROW - 1)), f32x4.splat(0));
    let drawn = f32x4.add(mean, f32x4.mul(std, epsilon));
    if (!i32x4.all_true(isComplete)) drawn = v128.bitselect(drawn, drawPrior(chunk, model, t, i, epsilon), isComplete);
    v128.store(z + i, drawn);
  }
}

/**
 * Adjoint of `inferForward`, with the divergence of each step from its prior.
 *
 *   KL = 1/E Σ_e Σ_d log σ_e / σ_q + (σ_q² + (m + d_q − m_e)²) / 2σ_e² − ½,   p(z) = N(0, 1) at the first step
 *
 * `dLatents` holds −∂L/∂z from everything else, transitions' output adjoints what the contrasts left there.
 *
 * @param inverse  1 / Σ valid
 * @returns mean KL
 */
export function inferBackward(chunk: Chunk, inverse: f32): f64 {
  const model = modelOf(chunk);
  const size = latentBytes(model);
  let divergence: f64 = 0;
  for (let t = chunk.steps; t-- > 0; ) {
    const trace = recognitionTrace(chunk, t);
    divergence += t == 0 ? standardDivergence(chunk, model, trace, inverse) : stepDivergence(chunk, model, t, trace, inverse);
    // nothing was predicted at the first step
    const wanted: usize = t == 0 ? 0 : model.latentSize;
    traceBackward(trace, chunk.dRecognition, model.recognitionParameters, model.recognitionShape, wanted, 1);
    if (t == 0) continue;
    // ∂m = ∂z + ∂ of recognition's input, shared among the members: ∂z_{t−1} += ∂m_e,  ∂d_e += ½ ∂m_e
    const dPredicted = chunk.rows, dBefore = at(chunk, chunk.dLatents, t - 1);
    memory.copy(dPredicted, at(chunk, chunk.dLatents, t), size);
    addTo(dPredicted, traceInputAdjoint(trace, model.recognitionShape, 1), size);
    for (let e: usize = 0; e < model.members; e++) backwardTransition(chunk, model, t, e, dPredicted, dBefore);
  }
  return divergence;
}

/** The step's adjoints through member e, whose output adjoint holds ∂m_e (not yet ½) and ∂y_e of the divergence. */
function backwardTransition(
  chunk: Chunk, model: LatentModel, t: usize, e: usize, dPredicted: usize, dBefore: usize,
): void {
  const trace = transitionTrace(chunk, t, e), size = latentBytes(model);
  const dHead = traceOutputAdjoint(trace, model.transitionShape, 1);
  const share = f32x4.splat(<f32>1 / <f32>model.members), half = f32x4.splat(HALF);
  for (let i: usize = 0; i < size; i += VEC) {
    const dMean = f32x4.add(v128.load(dHead + i), f32x4.mul(share, v128.load(dPredicted + i)));
    v128.store(dBefore + i, f32x4.add(v128.load(dBefore + i), dMean));
    v128.store(dHead + i, f32x4.mul(half, dMean));
  }
  traceBackward(trace, gradientOf(chunk, e), transitionOf(model, e), model.transitionShape, model.latentSize, 1);
  addTo(dBefore, traceInputAdjoint(trace, model.transitionShape, 1), size);
}

/** At the first step: adjoints at recognition's output of KL(q ‖ N(0, 1)) and of z = m + d + σ ε. @returns Σ KL · inverse */
function standardDivergence(chunk: Chunk, model: LatentModel, trace: usize, inverse: f32): f64 {
  const size = latentBytes(model);
  const head = traceOutput(trace, model.recognitionShape, 1), dHead = traceOutputAdjoint(trace, model.recognitionShape, 1);
  const dZ = chunk.dLatents, noise = chunk.noise, half = f32x4.splat(0.5), one = f32x4.splat(1);
  let sum: f64 = 0;
  for (let i: usize = 0; i < size; i += VEC) {
    const row = i & (ROW - 1), complete = completeAt(chunk, 0, row);
    const weight = f32x4.mul(f32x4.splat(inverse), f32x4.mul(v128.load(chunk.valid + row), complete));
    const mean = v128.load(head + i), y = v128.load(head + size + i);
    const logStd = latentLogStd(y), std = expShared(logStd), variance = f32x4.mul(std, std);
    const square = f32x4.add(variance, f32x4.mul(mean, mean));
    const kl = f32x4.sub(f32x4.mul(half, f32x4.sub(square, one)), logStd);
    sum += sumOfLanes(f32x4.mul(weight, kl));
    const dz = f32x4.mul(complete, v128.load(dZ + i));
    v128.store(dHead + i, f32x4.add(dz, f32x4.mul(weight, mean)));
    const dLogStd = f32x4.add(
      f32x4.mul(dz, f32x4.mul(std, v128.load(noise + i))), f32x4.mul(weight, f32x4.sub(variance, one)),
    );
    v128.store(dHead + size + i, f32x4.mul(dLogStd, latentLogStdSlope(y)));
    v128.store(dZ + i, v128.load(dHead + i));
  }
  return sum;
}

/** As `standardDivergence`, from the transitions; adds ∂m_e and ∂y_e to their output adjoints, and leaves ∂m in `dLatents`. */
function stepDivergence(chunk: Chunk, model: LatentModel, t: usize, trace: usize, inverse: f32): f64 {
  const size = latentBytes(model), E = model.members;
  const head = traceOutput(trace, model.recognitionShape, 1), dHead = traceOutputAdjoint(trace, model.recognitionShape, 1);
  const dZ = at(chunk, chunk.dLatents, t), noise = at(chunk, chunk.noise, t);
  const before = at(chunk, chunk.latents, t - 1), predicted = at(chunk, chunk.predictedMeans, t);
  const half = f32x4.splat(0.5), share = f32x4.splat(inverse / <f32>E);
  let sum: f64 = 0;
  for (let i: usize = 0; i < size; i += VEC) {
    const row = i & (ROW - 1), complete = completeAt(chunk, t, row);
    const weight = f32x4.mul(share, f32x4.mul(v128.load(chunk.valid + t * ROW + row), complete));
    const correction = v128.load(head + i), y = v128.load(head + size + i);
    const logStd = latentLogStd(y), std = expShared(logStd), variance = f32x4.mul(std, std);
    const dAny = v128.load(dZ + i), dz = f32x4.mul(complete, dAny), dPrior = f32x4.sub(dAny, dz);
    if (v128.any_true(f32x4.ne(dPrior, f32x4.splat(0)))) drawPriorBackward(chunk, model, t, i, dPrior);
    let dMean = dz, dLogStd = f32x4.mul(dz, f32x4.mul(std, v128.load(noise + i)));
    for (let e: usize = 0; e < E; e++) {
      const prior = transitionTrace(chunk, t, e);
      const output = traceOutput(prior, model.transitionShape, 1) + i;
      const dOutput = traceOutputAdjoint(prior, model.transitionShape, 1) + i;
      const yPrior = v128.load(output + size);
      const logStdPrior = latentLogStd(yPrior);
      const precision = expShared(f32x4.mul(f32x4.splat(-2), logStdPrior));
      // m_q − m_e, whose own mean is z + ½ d_e; of one member exactly d_q
      const meanPrior = f32x4.add(v128.load(before + i), f32x4.mul(f32x4.splat(HALF), v128.load(output)));
      const distance = f32x4.add(correction, f32x4.sub(v128.load(predicted + i), meanPrior));
      const scaled = f32x4.mul(precision, f32x4.add(variance, f32x4.mul(distance, distance)));
      const kl = f32x4.add(f32x4.sub(logStdPrior, logStd), f32x4.mul(half, f32x4.sub(scaled, f32x4.splat(1))));
      sum += sumOfLanes(f32x4.mul(weight, kl));
      const pull = f32x4.mul(weight, f32x4.mul(precision, distance));
      dMean = f32x4.add(dMean, pull);
      dLogStd = f32x4.add(dLogStd, f32x4.mul(weight, f32x4.sub(f32x4.mul(precision, variance), f32x4.splat(1))));
      v128.store(dOutput, f32x4.sub(v128.load(dOutput), pull));
      const dLogStdPrior = f32x4.mul(weight, f32x4.sub(f32x4.splat(1), scaled));
      const slope = latentLogStdSlope(yPrior);
      v128.store(dOutput + size, f32x4.add(v128.load(dOutput + size), f32x4.mul(dLogStdPrior, slope)));
    }
    v128.store(dHead + i, dMean);
    v128.store(dHead + size + i, f32x4.mul(dLogStd, latentLogStdSlope(y)));
    v128.store(dZ + i, dMean);
  }
  return sum;
}
