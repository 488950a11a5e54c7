import { widthOf } from "../information/observation";
import { ROW, TILE } from "../memory";
import { normal } from "../random/normal";
import { uniform } from "../random/uniform";
import * as ensemble from "./ensemble";
import * as latent from "./latent";
import * as linearGaussian from "./linearGaussian";
import { ENSEMBLE, LATENT, LINEAR_GAUSSIAN, Model, TABULAR } from "./model";
import * as tabular from "./tabular";

/*
 * The model's functions for one tile. A new kind of model is a file with these functions and a case in each of them;
 * a particle that follows its own member of an ensemble carries the member's index as a row of its state.
 */

/** The random numbers of one transition: uniform or normal, [noiseRows][TILE]. @returns `noise`, or 0 without noise */
export function drawNoise(
  model: Model, noise: usize, seedLow: u32, seedHigh: u32, stream: u32, tile: u32, step: u32,
): usize {
  if (!model.usesNoise) return 0;
  const size = noiseRows(model) * TILE;
  if (model.kind == TABULAR) uniform(noise, seedLow, seedHigh, stream, tile, step, size);
  else normal(noise, seedLow, seedHigh, stream, tile, step, size);
  return noise;
}

/** Rows of random numbers of one transition: the row of a member draws none. */
export function noiseRows(model: Model): usize {
  return model.kind == LATENT || model.kind == ENSEMBLE ? model.stateRows - 1 : model.stateRows;
}

/**
 * next ∼ p(z' | z, a)
 *
 * @param next    [pad4(stateRows)][TILE]  written; not `state`
 * @param state   [pad4(stateRows)][TILE]
 * @param action  [pad4(A)][TILE]          one-hot; or tanh u, or u where the model takes u
 * @param noise   [noiseRows][TILE]        of `drawNoise`; 0: the mean, or the most probable outcome
 * @param sibling number of the state among those of one parent that a ratio compares: 0 is where the particle goes
 * @param columns bytes of a row that are needed, a multiple of those of `PARTICLES`: an ensemble computes no others
 */
export function nextState(
  model: Model, next: usize, state: usize, action: usize, noise: usize, sibling: usize, columns: usize,
): void {
  if (model.kind == TABULAR) tabular.nextState(model, next, state, action, noise);
  else if (model.kind == LATENT) latent.nextState(model, next, state, action, noise, sibling);
  else if (model.kind == ENSEMBLE) ensemble.nextState(model, next, state, action, noise, columns);
  else linearGaussian.nextState(model, next, state, action, noise);
}

/**
 * reward[n] = E[r | z, a, z'],  ending[n] = the probability that the world ends with this step; [TILE] each, written
 *
 * To be called after `nextState` with the same state and action: an ensemble predicts all of it at once.
 */
export function outcome(model: Model, reward: usize, ending: usize, state: usize, action: usize, next: usize): void {
  if (model.kind == TABULAR) tabular.outcome(model, reward, ending, state, action, next);
  else if (model.kind == LATENT) latent.outcome(model, reward, ending, action, next);
  else if (model.kind == ENSEMBLE) ensemble.outcome(model, reward, ending);
  else {
    linearGaussian.rewardOf(model, reward, action, next);
    memory.fill(ending, 0, ROW);
  }
}

/** The observation of the next state: head [observationRows][TILE], written. An ensemble's states are observed themselves. */
export function observe(model: Model, head: usize, next: usize, action: usize): void {
  if (model.kind == TABULAR) tabular.observe(model, head, next, action);
  else if (model.kind == LATENT) latent.observe(model, head, next);
  else if (model.kind == LINEAR_GAUSSIAN) linearGaussian.observe(model, head, next);
}

/** value[n] = V(z[n]); [TILE], written. Of the known models; that of a learned one is its guide's. */
export function valueOf(model: Model, value: usize, state: usize): void {
  if (model.kind == TABULAR) tabular.valueOf(model, value, state);
  else if (model.kind == LINEAR_GAUSSIAN) linearGaussian.valueOf(model, value, state);
}

/** Whether a step with information is `informedStep`, which all members take together, instead of the functions above. */
export function hasInformedStep(model: Model): bool {
  return model.kind == ENSEMBLE;
}

/** Rows of random numbers that the ratio of one particle takes. */
export function ratioRows(model: Model): usize {
  if (model.kind == ENSEMBLE) return ensemble.ratioRows(model);
  return widthOf(model.observationSize, model.observationKind);
}

export { informedStep } from "./ensemble";

/** Whether the habit proposes at the state of the first particle; else at the mean of them all. */
export function isGuidedByFirst(model: Model): bool {
  return model.kind == ENSEMBLE;
}
