import { F32, Floats, pad4, ROW, TILE, Words } from "../memory";
import { traceBytes } from "../nn/trace";
import { Evidence } from "./decode";
import { latentBytes, LatentModel } from "./model";

/*
 * The bound over chunks of experience: TILE chunks of T steps side by side, one chunk a lane. Backpropagation goes
 * through time, by reparametrised latents. Per chunk and step, in nats,
 *
 *   L = log p(x, r | z) − λ log p̂(x, r) − KL(q(z) ‖ p(z)) + 1/K Σ_k log p(x_{t+k}, r_{t+k} | z̃_{t+k}),
 *
 * averaged over the steps that exist: the bound with the marginal weighted by λ, and an overshoot: z̃ follows the mean
 * transition from z for k = 1 … K steps of the actions taken, so that the model can be planned with.
 */

/** What learning from chunks works on, with the evidence of its T steps. */
@unmanaged
export class Chunk extends Evidence {
  model: Words;
  // sizes
  /** T. */
  steps: usize;
  /** K, longest overshoot; 0 for none. */
  overshoot: usize;
  /** Steps that an overshoot begins at: so many from this one on, as far as the chunk goes. */
  overshootFrom: usize;
  overshootStarts: usize;
  /** Members whose transitions are overshot: so many from this one on; `members` from 0 on are all. */
  overshootMember: usize;
  overshootMembers: usize;
  /** Fresh draws of the latent in the marginal; 0 where it is not read: then the ratio is 0. */
  contrasts: usize;
  // parameters
  /** λ. */
  marginalWeight: f32;
  /** Weight of the overshoot. */
  overshootWeight: f32;
  /** Weight of the divergence: 1, or 0 where recognition need not agree with the transition. */
  divergenceWeight: f32;
  // random numbers
  seedLow: u32;
  seedHigh: u32;
  stream: u32;
  step: u32;
  /** [T][TILE] 1 where the chunk has a step, else 0. */
  valid: Floats;
  /** [T][TILE] 1 where every dimension of the observation was seen; where 0, the transition alone infers z. */
  complete: Floats;
  // gradients, as the parameters: accumulated into
  dTransition: Floats;
  dRecognition: Floats;
  dObservation: Floats;
  dOutcome: Floats;
  // what a pass keeps
  /** [T][Z][TILE] z. */
  latents: Floats;
  /** [T][Z][TILE] −∂L/∂z. */
  dLatents: Floats;
  /** [T][Z][TILE] ε. */
  noise: Floats;
  /** [T][Z][TILE] m, the mean of the transitions, which recognition corrects. */
  predictedMeans: Floats;
  /** [contrasts + 1][T][TILE] ℓ = log p(x, r | z), of z itself and of each contrast. */
  logLikelihoods: Floats;
  /** [contrasts + 1][T][TILE] ∂L/∂ℓ. */
  coefficients: Floats;
  /** [T][TILE] ℓ_0 − log p̂(x, r), in nats. */
  ratios: Floats;
  /** [T][E] traces of the transitions into each step; those of step 0 are not used. */
  transitionTraces: Floats;
  /** [T] traces. */
  recognitionTraces: Floats;
  /** Traces over T tiles, the first at z, the others at the contrasts. */
  observationTraces: Floats;
  outcomeTraces: Floats;
  /** [contrasts][T][Z][TILE] fresh latents, and their noise. */
  freshLatents: Floats;
  freshNoise: Floats;
  /** [T][Z][TILE] −∂L/∂ of the fresh latents of one contrast. */
  dFresh: Floats;
  /** [K][T][Z][TILE] z̃ of one member, and the adjoints of one step. */
  imagined: Floats;
  dImagined: Floats;
  /** [K] traces over T tiles. */
  imaginedTransitionTraces: Floats;
  /** One trace over T tiles, for one k after the other. */
  imaginedObservationTrace: Floats;
  imaginedOutcomeTrace: Floats;
  /** [T][TILE] ℓ of z̃ after k steps, and ∂L/∂ℓ; for one k after the other. */
  imaginedLogLikelihoods: Floats;
  imaginedCoefficients: Floats;
  /** [5] log-likelihood, log p(x, r | z) − log p̂(x, r), −KL, overshoot's log-likelihood, mean |reward error|²; means, KL times its weight. */
  terms: Floats;
  /** [X] mean squared error of the last member's prediction of the next scaled observation; where it is Gaussian, with an overshoot. */
  residuals: Floats;
  /** [2 · Z][TILE] workspace. */
  rows: Floats;
}

// @ts-ignore: decorator
@inline
export function modelOf(chunk: Chunk): LatentModel {
  return changetype<LatentModel>(chunk.model);
}

/** Row of tile t among [T][pad4(1)][TILE]. */
// @ts-ignore: decorator
@inline
export function rowAt(t: usize): usize {
  return t * pad4(1) * ROW;
}

/** z of step t, among [T][Z][TILE]. */
// @ts-ignore: decorator
@inline
export function at(chunk: Chunk, rows: usize, t: usize): usize {
  return rows + t * latentBytes(modelOf(chunk));
}

/** The trace of member e's transition into step t. */
// @ts-ignore: decorator
@inline
export function transitionTrace(chunk: Chunk, t: usize, e: usize): usize {
  const model = modelOf(chunk);
  return chunk.transitionTraces + (t * model.members + e) * traceBytes(model.transitionShape, 1);
}

// @ts-ignore: decorator
@inline
export function recognitionTrace(chunk: Chunk, t: usize): usize {
  return chunk.recognitionTraces + t * traceBytes(modelOf(chunk).recognitionShape, 1);
}

// @ts-ignore: decorator
@inline
export function gradientOf(chunk: Chunk, member: usize): usize {
  return chunk.dTransition + member * modelOf(chunk).transitionStride;
}

/** What was observed from step t on. */
export function evidenceFrom(chunk: Chunk, t: usize): Evidence {
  const model = modelOf(chunk), evidence = changetype<Evidence>(EVIDENCE);
  const X = pad4(model.observationSize) * ROW;
  evidence.observations = chunk.observations + t * X;
  evidence.seen = chunk.seen + t * X;
  evidence.previousActions = chunk.previousActions + t * pad4(model.actionSize) * ROW;
  evidence.rewards = chunk.rewards + rowAt(t);
  evidence.endingRewards = chunk.endingRewards + rowAt(t);
  evidence.ended = chunk.ended + rowAt(t);
  evidence.outcomeSeen = chunk.outcomeSeen + rowAt(t);
  evidence.rewardClip = chunk.rewardClip;
  evidence.endingOffset = chunk.endingOffset;
  return evidence;
}

const EVIDENCE = memory.data(offsetof<Evidence>(), 16);

/** 1 / Σ valid */
export function inverseCount(chunk: Chunk): f32 {
  let count: f32 = 0;
  for (let i: usize = 0; i < chunk.steps * TILE; i++) count += load<f32>(chunk.valid + i * F32);
  return 1 / max<f32>(1, count);
}
