import { GAUSSIAN } from "../density/observationKind";
import { Floats, pad4, Words } from "../memory";

/*
 * A generative model that kernels can simulate, for one tile (32 lanes) of one particle of the belief at a time:
 *
 *   z' ∼ p(z' | z, a),   r = E[r | z, a, z'],   p_end(z, a, z'),   p(x' | z', a),   V(z)
 *
 * A state is pad4(stateRows) rows of a tile. Each kind of model has a file; `simulate.ts` chooses by `kind`.
 */
export const TABULAR: u32 = 0;
export const LINEAR_GAUSSIAN: u32 = 1;
export const LATENT: u32 = 2;
export const ENSEMBLE: u32 = 3;

/** What `simulate.ts` works on. */
@unmanaged
export class Model {
  kind: u32;
  /** Rows of a state: dimensions, or one that holds the index of a discrete state; the member of a learned model is one more. */
  stateRows: usize;
  /** A: dimensions of a continuous action, or the number of discrete ones. */
  actionSize: usize;
  /** D: dimensions of an observation, or the number O of discrete ones. */
  observationSize: usize;
  /** Of `density/observationKind.ts`. */
  observationKind: u32;
  /** Whether states carry the transition's noise; else they follow its mean, or its most probable outcome. */
  usesNoise: u32;
  /** Whether a continuous action is u, before tanh. */
  takesU: u32;
  /** Number of discrete states (tabular). */
  states: usize;
  /** Whether the siblings of a state follow the other members of the ensemble (latent). */
  mixesMembers: u32;
  /** The member that particles with e = 0 follow (ensemble). */
  firstMember: usize;
  /** A `LatentModel` (latent), or an `Ensemble`. */
  learned: Words;
  /** Tabular: [S][A][S] p(s' | s, a). Linear-Gaussian: dense layer [x, a, ε] → x'. */
  transition: Floats;
  /** Tabular: [S][A][S]. Linear-Gaussian: dense layer of [x', a], r = −½ v·(W v + b). */
  reward: Floats;
  /** Tabular: [S][A][S] probability of ending, or 0 where nothing ends. */
  ending: Floats;
  /** Tabular: [A][S][O] log p(x' | a, s'). Linear-Gaussian: dense layer x' → mean. */
  observation: Floats;
  /** [D] standard deviations of a Gaussian observation. */
  observationStd: Floats;
  /** Tabular: [S]. Linear-Gaussian: dense layer of x, V = −½ x·(W x + b). */
  value: Floats;
  // workspaces, in rows of TILE
  /** Linear-Gaussian: pad4(2 stateRows + A). */
  input: Floats;
  /** Linear-Gaussian: pad4(stateRows + A). */
  output: Floats;
}

/** Rows of one state, padded. */
// @ts-ignore: decorator
@inline
export function statePitch(model: Model): usize {
  return pad4(model.stateRows);
}

/** Rows of one head of an observation: D means and D standard deviations, D logits, or O log-probabilities. */
// @ts-ignore: decorator
@inline
export function observationRows(model: Model): usize {
  return pad4(model.observationKind == GAUSSIAN ? 2 * model.observationSize : model.observationSize);
}
