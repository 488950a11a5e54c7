import { Floats, pad4, ROW, TILE, Words } from "../memory";

/*
 * Planning as inference (Marino & Yue 2019): q(a_t) ∝ p_a(a_t | z_t) exp(L̂(a_t) / η), approached by repeatedly
 * proposing, simulating and weighting action sequences. With `priorWeight` κ = 0 the weights are exp(L̂ / η) alone, the
 * action prior p_a enters as the source of a share of the candidates, and no density of the proposal is divided out; with
 * κ = 1 they are those of importance sampling, and the posterior is exact whatever the proposal. `plans` problems are
 * solved side by side; each has `candidates` action sequences, one lane each: lane n = plan · candidates + candidate,
 * in tiles of TILE. All particles of a candidate share its actions, so that averaging over particles stands inside
 * the exponent, and a plan is not optimistic about luck. States are normalised throughout: x̂ = (x − shift) · scale,
 * kept within ±8.
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
  /** D. */
  observationSize: usize;
  /** A: dimensions of a continuous action, or the number of discrete ones. */
  actionSize: usize;
  isDiscrete: u32;
  /** E. */
  members: usize;
  /** Simulations of a candidate, particle k by member (k + firstMember) mod E; 1 with information. */
  particles: usize;
  firstMember: usize;
  /** Candidates 1 … habitCandidates follow the action prior. */
  habitCandidates: usize;
  /** Bins of one dimension of the action prior; the number of actions when discrete. */
  bins: usize;
  // switches
  usesInformation: u32;
  usesNoise: u32;
  usesTermination: u32;
  usesValue: u32;
  // parameters
  /** γ. */
  discount: f32;
  /** η. */
  temperature: f32;
  /** β. */
  informationWeight: f32;
  /** Standard deviation of the observation model, in standard deviations of the target. */
  likelihoodNoise: f32;
  rewardMean: f32;
  rewardStd: f32;
  rewardLow: f32;
  rewardHigh: f32;
  /** Of the rewards that came with an end. */
  endingMean: f32;
  endingStd: f32;
  /** V = valueShift + valueScale · output. */
  valueShift: f32;
  valueScale: f32;
  /** Smallest share of effective candidates that tempering allows. */
  essShare: f32;
  /** Smallest σ of a refined plan (continuous). */
  minimumStd: f32;
  /** Share of the uniform distribution in a refined plan (discrete). */
  uniformShare: f32;
  /** ρ of the candidates' noise between steps, in [0, 1). */
  correlation: f32;
  // random numbers
  seedLow: u32;
  seedHigh: u32;
  stream: u32;
  step: u32;
  // arrays
  /** [plans][D] observations. */
  starts: Floats;
  /** [D]. */
  shift: Floats;
  /** [D]. */
  scale: Floats;
  /** [D] size of one unit of the predicted change, in normalised state. */
  stepScale: Floats;
  modelShape: Words;
  modelParameters: Floats;
  /** Bytes between the parameters of two members. */
  modelStride: usize;
  habitShape: Words;
  habitParameters: Floats;
  valueShape: Words;
  valueParameters: Floats;
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
  /** [plans][groups][bins] histogram of the weighted first actions; one group a dimension, or one in all when discrete. */
  label: Floats;
  // workspaces, in rows of TILE
  /** pad4(D + A): the state, then the action. */
  input: Floats;
  /** (E + 1) heads. */
  heads: Floats;
  /** 2 · pad4(widest layer). */
  hidden: Floats;
  /** max(E (D + 1), 2A); at least H with `broadShare`. */
  noise: Floats;
  /** pad4(groups · bins). */
  logits: Floats;
  /** E (2 (D + 1) + 2). */
  ratioWorkspace: Floats;
  /** ratio, alive, gain, reward, ending: 5 rows; or `rowCount` of `cloud.ts`. */
  rows: Floats;

  // planning from beliefs (`cloud.ts`): `observationSize` is that of a state, `particles` those of the belief
  /** A `Model`. */
  model: Words;
  /** Whether the ratio's denominator is mixed over the belief; else over fresh states of one parent. */
  conditionsOnBelief: u32;
  /** K, fresh states beside the one that the observation comes from; where the belief is not conditioned on. */
  contrasts: usize;
  /** Standard deviation of the reward as a part of the observation, or 0 where the ratio is that of x alone. */
  rewardNoise: f32;
  /** Whether a candidate scores its evidence η log E exp(gain / η); else the mean gain. */
  usesEvidence: u32;
  /** [plans][M][stateRows]. */
  beliefStates: Floats;
  /** [plans][M] in nats, unnormalised. */
  beliefLogWeights: Floats;
  /** `cloudRows` of `cloud.ts` for one tile; for every tile when sequential. */
  clouds: Floats;
  /** M observations. */
  observations: Floats;

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
  /** [tiles · TILE] score + κ η ratio. */
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
  /** [tiles][H + 1][D][TILE] states of particle 0 on its way; unused without `keepsPaths`. */
  paths: Floats;
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
export function tilesOf(plan: Plan): usize {
  return (plan.plans * plan.candidates + TILE - 1) / TILE;
}

/** The actions of a tile at one step: `[pad4(A)][TILE]`. */
// @ts-ignore: decorator
@inline
export function actionsAt(plan: Plan, tile: usize, time: usize): usize {
  return plan.actions + (tile * plan.horizon + time) * pad4(plan.actionSize) * ROW;
}

/** paths[tile][time] = x̂ of particle 0, where paths are kept */
export function keepState(plan: Plan, tile: usize, time: usize, states: usize): void {
  if (!plan.keepsPaths) return;
  const bytes = plan.observationSize * ROW;
  memory.copy(plan.paths + (tile * (plan.horizon + 1) + time) * bytes, states, bytes);
}

/** Rows of one head of the model: m and y of D + 1 targets, the logit of ending and the reward it brings. */
// @ts-ignore: decorator
@inline
export function headRows(plan: Plan): usize {
  return pad4(2 * (plan.observationSize + 1) + 2);
}
