import { ROW, TILE } from "../memory";
import { normal } from "../random/normal";
import { uniform } from "../random/uniform";
import * as latent from "./latent";
import * as linearGaussian from "./linearGaussian";
import { LATENT, Model, TABULAR } from "./model";
import * as tabular from "./tabular";

/*
 * The model's functions for one tile. A new kind of model is a file with these functions and a case in each of them;
 * a particle that follows its own member of an ensemble carries the member's index as a row of its state.
 */

/** The random numbers of one transition: uniform or normal, [stateRows][TILE]; none without noise. */
export function drawNoise(
  model: Model, noise: usize, seedLow: u32, seedHigh: u32, stream: u32, tile: u32, step: u32,
): void {
  if (!model.usesNoise) return;
  const size = model.stateRows * TILE;
  if (model.kind == TABULAR) uniform(noise, seedLow, seedHigh, stream, tile, step, size);
  else normal(noise, seedLow, seedHigh, stream, tile, step, size);
}

/**
 * next ∼ p(z' | z, a)
 *
 * @param next    [pad4(stateRows)][TILE]  written; not `state`
 * @param state   [pad4(stateRows)][TILE]
 * @param action  [pad4(A)][TILE]          one-hot; or tanh u, or u where the model takes u
 * @param noise   [stateRows][TILE]        of `drawNoise`
 * @param sibling number of the state among those of one parent that a ratio compares: 0 is where the particle goes
 */
export function nextState(
  model: Model, next: usize, state: usize, action: usize, noise: usize, sibling: usize,
): void {
  if (model.kind == TABULAR) tabular.nextState(model, next, state, action, noise);
  else if (model.kind == LATENT) latent.nextState(model, next, state, action, noise, sibling);
  else linearGaussian.nextState(model, next, state, action, noise);
}

/** reward[n] = E[r | z, a, z'],  ending[n] = the probability that the world ends with this step; [TILE] each, written */
export function outcome(model: Model, reward: usize, ending: usize, state: usize, action: usize, next: usize): void {
  if (model.kind == TABULAR) tabular.outcome(model, reward, ending, state, action, next);
  else if (model.kind == LATENT) latent.outcome(model, reward, ending, action, next);
  else {
    linearGaussian.rewardOf(model, reward, action, next);
    memory.fill(ending, 0, ROW);
  }
}

/** The observation of the next state: head [observationRows][TILE], written. */
export function observe(model: Model, head: usize, next: usize, action: usize): void {
  if (model.kind == TABULAR) tabular.observe(model, head, next, action);
  else if (model.kind == LATENT) latent.observe(model, head, next);
  else linearGaussian.observe(model, head, next);
}

/** value[n] = V(z[n]); [TILE], written */
export function valueOf(model: Model, value: usize, state: usize): void {
  if (model.kind == TABULAR) tabular.valueOf(model, value, state);
  else if (model.kind == LATENT) latent.valueOf(model, value, state);
  else linearGaussian.valueOf(model, value, state);
}
