import { F32, Floats, pad4, ROW, TILE, Words } from "../memory";
import { Model } from "../simulation/model";

/*
 * Planning as inference (Marino & Yue 2019): q(a_t) ∝ p_a(a_t | z_t) exp(L̂(a_t) / η), approached by repeatedly
 * proposing, simulating and weighting action sequences. With `priorWeight` κ = 0 the weights are exp(L̂ / η) alone, the
 * action prior p_a enters as the source of a share of the candidates, and no density of the proposal is divided out; with
 * κ = 1 they are those of importance sampling, and the posterior is exact whatever the proposal. `plans` problems are
 * solved side by side; each has `candidates` action sequences, one lane each: lane n = plan · candidates + candidate,
 * in tiles of TILE. All particles of a candidate share its actions, so that averaging over particles stands inside
 * the exponent, and a plan is not optimistic about luck. What is simulated is a `Model`, from the particles of a belief
 * on (`cloud.ts`); habit and value are a `Guide`.
 */

/** What the planner's kernels work on. */
@unmanaged
export class Plan {
  // sizes
  plans: usize;
  /** C, a multiple of 4. */
  candidates: usize;
  /** H. */
  horizon: usize;
  /** A: dimensions of a continuous action, or choices of all groups of a discrete one. */
  actionSize: usize;
  isDiscrete: u32;
  /** M, particles of the belief. */
  particles: usize;
  /** Candidates 1 … habitCandidates follow the action prior. */
  habitCandidates: usize;
  /** G: categoricals of the habit and of the first action's histogram: one a dimension, or one a group of choices when discrete. */
  groups: usize;
  /** [G] bins of each: of a dimension, or the choices of a group; these add up to A. */
  sizes: Words;
  // switches
  usesInformation: u32;
  usesValue: u32;
  /** Whether the ratio's denominator is mixed over the belief; else over fresh states of one parent. */
  conditionsOnBelief: u32;
  /** Whether a candidate scores its evidence η log E exp(gain / η); else the mean gain. */
  usesEvidence: u32;
  // parameters
  /** γ. */
  discount: f32;
  /** η. */
  temperature: f32;
  /** β. */
  informationWeight: f32;
  /** K, fresh states beside the one that the observation comes from; where the belief is not conditioned on. */
  contrasts: usize;
  /** Standard deviation of the reward as a part of the observation, or 0 where the ratio is that of x alone. */
  rewardNoise: f32;
  /** Smallest share of effective candidates that tempering allows. */
  essShare: f32;
  /** Smallest σ of a refined plan (continuous). */
  minimumStd: f32;
  /** Share of the uniform distribution in a refined plan (discrete). */
  uniformShare: f32;
  /** [PERSISTENCES] ρ in [0, 1) of the candidates' noise between steps: of four candidates each, in turn; 0: none. */
  persistence: Floats;
  /** Whether a refined plan follows the heavier of two modes (continuous): `modes.ts`. */
  followsMode: u32;
  /** Whether rewards are left out of the gains: information alone is sought. */
  ignoresRewards: u32;
  /** Every so many steps a share `stopShare` of what is alive ends in the value; 0: at the horizon alone. */
  stopEvery: usize;
  /** Steps before the first of them, at least 1. */
  stopFirst: usize;
  stopShare: f32;
  /** Whether all candidates are simulated with the same random numbers, and particle 2j + 1 with those of 2j mirrored. */
  sharesDraws: u32;
  // random numbers
  seedLow: u32;
  seedHigh: u32;
  stream: u32;
  step: u32;
  // what is planned with
  /** A `Model`. */
  model: Words;
  /** A `Guide`, or 0: then no candidate follows the habit, and the value is the model's. */
  guide: Words;
  /** [plans][M][stateRows]. */
  beliefStates: Floats;
  /** [plans][M] in nats, unnormalised; 0 where all particles are equally likely. */
  beliefLogWeights: Floats;
  // what is found
  /** [plans][A] 1 where the first action may take a choice, else 0; one or more of each group. 0: all may (discrete, no `broadShare`). */
  mask: Floats;
  /** [plans][H][A] μ, or the probabilities of discrete actions. */
  mean: Floats;
  /** [plans][H][A] σ. */
  std: Floats;
  /** [tiles][H][pad4(A)][TILE] u before tanh, or one-hot. */
  actions: Floats;
  /** [tiles · TILE]. */
  scores: Floats;
  /** [tiles · TILE]. */
  weights: Floats;
  /** [plans][4]: value Σ w·score, tempering k, effective sample size, best score. */
  info: Floats;
  /** [plans][Σ sizes] histograms of the weighted first actions, one group after the other. */
  label: Floats;
  // workspaces, in rows of TILE
  /** pad4(stateRows): the mean of the particles. */
  features: Floats;
  /** pad4(A): the action as the model takes it. */
  action: Floats;
  /** max(stateRows, 2A); at least H with `broadShare`. */
  noise: Floats;
  /** `cloudRows` of `cloud.ts` for one tile; for every tile when sequential. */
  clouds: Floats;
  /** `rowCount` of `cloud.ts`. */
  rows: Floats;
  /** `headCount` of `cloud.ts`. */
  heads: Floats;
  /** M · `ratioRows` of the model. */
  observations: Floats;
  /** (A + 3) C + 3A numbers, in no rows; unused without `followsMode`. */
  modes: Floats;

  // the action prior in the weights (`prior.ts`), and what the proposal adds to the plan
  /** κ of the prior's log-ratio in the log-weights; 0 lets the proposal play the prior. */
  priorWeight: f32;
  /** Standard deviation of the prior N(0, priorStd²) of u (continuous). */
  priorStd: f32;
  /** [A] probabilities of the prior, or 0 for the uniform one (discrete). */
  prior: Floats;
  /** Share of a broad distribution in the proposal, N(0, broadStd²) of u or uniform; then without persistent noise. */
  broadShare: f32;
  broadStd: f32;
  /** Whether candidate 0 is drawn like the others; else it is the plan's centre. */
  drawsCentre: u32;
  /** ε > 0 of the dual that sets the temperature (`temperature.ts`), in nats; 0 keeps `temperature`. */
  klBudget: f32;
  /** [tiles · TILE] Σ_τ log p_a − log proposal. */
  priorRatios: Floats;
  /** Whether the prior is the habit mixed with a broad distribution, of the first action alone (`habitPrior.ts`). */
  weighsHabit: u32;
  /** Share of the habit in that prior; 0 until the habit is in use. */
  habitMass: f32;
  /** [plans][3][Σ sizes] log-probabilities of a first action by habit, broad distribution and plan. */
  firstPriors: Floats;
  /** [tiles · TILE] score + κ η / k ratio. */
  targets: Floats;
  /** [plans] η that the dual found. */
  temperatures: Floats;

  // sequential Monte Carlo (`smc.ts`)
  /** [tiles · TILE] scores at the last resampling. */
  baselines: Floats;
  /** [C] u32. */
  ancestors: Words;
  /** [C]. */
  spare: Floats;

  // inspection
  /** Whether `paths` is written. */
  keepsPaths: u32;
  /** [tiles][H + 1][stateRows][TILE] states of particle 0 on its way; unused without `keepsPaths`. */
  paths: Floats;
}

/** Values of ρ that candidates take in turn. */
export const PERSISTENCES: usize = 4;

/** ρ of four candidates that begin at a lane. */
export function persistenceOf(plan: Plan, lane: usize): f32 {
  if (!plan.persistence) return 0;
  return load<f32>(plan.persistence + lane % plan.candidates / 4 % PERSISTENCES * F32);
}

/** Streams of random numbers, added to the plan's own; particle p's model noise is MODEL + p. */
export const PROPOSAL: u32 = 0;
export const HABIT: u32 = 1;
export const RATIO: u32 = 2;
export const MEMBER: u32 = 3;
export const WALK: u32 = 4;
export const MODEL: u32 = 5;

// @ts-ignore: decorator
@inline
export function modelOf(plan: Plan): Model {
  return changetype<Model>(plan.model);
}

/** Bins of a group. */
// @ts-ignore: decorator
@inline
export function sizeOf(plan: Plan, group: usize): usize {
  return <usize>load<u32>(plan.sizes + group * 4);
}

/** Bins of all groups. */
export function labelSize(plan: Plan): usize {
  let size: usize = 0;
  for (let g: usize = 0; g < plan.groups; g++) size += sizeOf(plan, g);
  return size;
}

// @ts-ignore: decorator
@inline
export function tilesOf(plan: Plan): usize {
  return (plan.plans * plan.candidates + TILE - 1) / TILE;
}

/** The actions of a tile at one step: `[pad4(A)][TILE]`. */
// @ts-ignore: decorator
@inline
export function actionsAt(plan: Plan, tile: usize, time: usize): usize {
  return plan.actions + (tile * plan.horizon + time) * pad4(plan.actionSize) * ROW;
}

/** paths[tile][time] = the state of particle 0, where paths are kept */
export function keepState(plan: Plan, tile: usize, time: usize, state: usize): void {
  if (!plan.keepsPaths) return;
  const bytes = modelOf(plan).stateRows * ROW;
  memory.copy(plan.paths + (tile * (plan.horizon + 1) + time) * bytes, state, bytes);
}
