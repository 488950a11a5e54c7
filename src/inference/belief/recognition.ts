import type { Core } from "../../core/core.ts";
import type { Draw } from "../../core/draw.ts";
import { allocateLatentFilter, latentFilterStep, setLatentFilter } from "../../core/latent.ts";
import { pad4, TILE } from "../../core/tiles.ts";
import type { LatentModel } from "../../models/latentModel.ts";
import type { StateSpaceModel } from "../../models/model.ts";
import type { Memory } from "../../models/network.ts";
import { bounded, STATE_BOUND } from "../../models/statistics.ts";

/** Particles of a belief about the latent: one tile. */
export const PARTICLES = TILE;

/** What one step of a belief works on. */
export type BeliefWorkspace = ReturnType<typeof allocateBeliefWorkspace>;

export function allocateBeliefWorkspace(memory: Memory, { sizes }: LatentModel) {
  const { latentSize: Z, observationSize: X, coding, members } = sizes;
  const row = () => memory.f32(pad4(1) * TILE);
  return {
    record: allocateLatentFilter(memory),
    work: {
      evidence: {
        observations: memory.f32(pad4(X) * TILE),
        seen: memory.f32(pad4(X) * TILE),
        previousActions: memory.f32(pad4(coding.size) * TILE),
        rewards: row(),
        outcomeSeen: row(),
      },
      /** What a step writes. */
      pass: {
        noise: memory.f32(Z * TILE),
        logLikelihoods: memory.f32(TILE),
        heads: memory.f32(members * 2 * Z * TILE),
        correction: memory.f32(2 * Z * TILE),
        prior: memory.f32(3 * Z * TILE),
      },
    },
    // what is filtered never ended
    zeros: { endingRewards: row(), ended: row() },
  };
}

/** The learned model as the particle filter takes it. */
export interface LatentStateSpace extends StateSpaceModel {
  /** Whether particles are weighed; else all are draws of recognition, and count alike. */
  isWeighed: boolean;
  /**
   * The reward that comes with the next observation, in its own units; undefined where it is not known; it is then left
   * out of the weights. (Endings need no weight: the belief is reset when an episode ends.)
   */
  reward: number | undefined;
}

/**
 * A latent model as a state-space model for the particle filter: PARTICLES particles (z, e) in one tile, the member e as
 * their last row, and recognition as the proposal. Actions are read as the model's inputs, observations in their units.
 * Where a dimension is NaN, the transition proposes, and the dimensions that were seen weigh.
 */
export function latentStateSpace(
  core: Core,
  model: LatentModel,
  { record, work: { evidence, pass }, zeros }: BeliefWorkspace,
): LatentStateSpace {
  const { latentSize: Z, members } = model.sizes;
  const infinite = 1e9;
  setLatentFilter(core, record, {
    model: model.record.words,
    rewardClip: infinite,
    endingOffset: 0,
    ...evidence,
    ...zeros,
    ...pass,
  });
  const advance = (
    next: Float32Array,
    previous: Float32Array,
    logIncrements: Float32Array,
    isFirst: boolean,
    draw: Draw,
  ) => {
    draw.normal(pass.noise);
    setLatentFilter(core, record, { isFirst: Number(isFirst) });
    latentFilterStep(core, record, next, logIncrements, previous);
    if (!stateSpace.isWeighed) logIncrements.fill(0);
  };
  const stateSpace: LatentStateSpace = {
    stateSize: Z + 1,
    continuousSize: Z,
    observationSize: model.sizes.observationSize,
    isWeighed: true,
    reward: undefined,
    initialise(particles, logIncrements, observation, draw) {
      const ownMembers = particles.subarray(Z * TILE);
      // in blocks, so that particles spread over the set spread over the members
      for (let n = 0; n < TILE; n++) ownMembers[n] = Math.floor((n * members) / TILE);
      see(core, model, { record, evidence }, observation);
      evidence.outcomeSeen.fill(0);
      evidence.rewards.fill(0);
      evidence.previousActions.fill(0);
      advance(particles, particles, logIncrements, true, draw);
    },
    step(next, previous, logIncrements, { action, observation }, draw) {
      const { shift, scale } = model.scales.reward;
      const { reward } = stateSpace;
      see(core, model, { record, evidence }, observation);
      if (action?.length) broadcast(evidence.previousActions, action);
      else evidence.previousActions.fill(0);
      fillRow(evidence.outcomeSeen, 0, reward === undefined ? 0 : 1);
      fillRow(
        evidence.rewards,
        0,
        reward === undefined ? 0 : Math.max(-STATE_BOUND, bounded((reward - shift[0]) * scale[0], FURTHEST)),
      );
      advance(next, previous, logIncrements, false, draw);
    },
  };
  return stateSpace;
}

/** Deviations beyond which evidence counts as if it lay there: its square stays a number of 32 bits. */
const FURTHEST = 1e4;

/** Writes an observation to every lane, scaled; what is NaN is not seen. */
function see(
  core: Core,
  { scales, isSpoilt, sizes }: LatentModel,
  { record, evidence }: Pick<BeliefWorkspace, "record"> & Pick<BeliefWorkspace["work"], "evidence">,
  observation: ArrayLike<number> | undefined,
): void {
  const { shift, scale } = scales.observation;
  let isComplete = observation !== undefined;
  for (let d = 0; d < sizes.observationSize; d++) {
    const value = observation?.[d] ?? Number.NaN;
    const isKnown = !Number.isNaN(value);
    isComplete &&= isKnown;
    fillRow(
      evidence.observations,
      d,
      isKnown ? bounded((value - shift[d]) * scale[d], isSpoilt[d] ? STATE_BOUND : FURTHEST) : 0,
    );
    fillRow(evidence.seen, d, Number(isKnown));
  }
  setLatentFilter(core, record, { isComplete: Number(isComplete) });
}

function broadcast(rows: Float32Array, values: ArrayLike<number>): void {
  for (let d = 0; d < values.length; d++) fillRow(rows, d, values[d]);
}

function fillRow(rows: Float32Array, row: number, value: number): void {
  rows.fill(value, row * TILE, (row + 1) * TILE);
}
