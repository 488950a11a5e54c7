import type { Core } from "../../core/core.ts";
import { resampleSystematic } from "../../core/resample.ts";
import { TILE } from "../../core/tiles.ts";
import { weightedMoments } from "../../core/weights.ts";
import type { FilterInfo, ParticleFilter } from "../../inference/belief/filter.ts";
import {
  type BeliefWorkspace,
  type LatentStateSpace,
  PARTICLES,
} from "../../inference/belief/recognition.ts";
import { decodeLatents, particleRows } from "../../inference/decode.ts";
import type { Round } from "../../inference/planner.ts";
import type { Level } from "../../learning/level.ts";
import type { LatentModel } from "../../models/latentModel.ts";
import type { Memory } from "../../models/network.ts";
import type { BeliefSummary } from "../interface.ts";
import type { LaneBelief, StateTerms } from "../lane.ts";

/** What the beliefs of all lanes work with. */
export interface Recognition {
  readonly core: Core;
  readonly model: LatentModel;
  readonly stateSpace: LatentStateSpace;
  readonly believing: BeliefWorkspace;
  readonly work: { readonly particles: ParticleWorkspace };
  readonly seed: readonly [number, number];
  /** [X] what observations are counted from, and rewards. */
  readonly origin: { readonly counts: readonly number[] };
  readonly level: Level;
}

/** The belief's weights before a step, moments of what they weigh, and who is drawn to be planned from. */
export type ParticleWorkspace = ReturnType<typeof allocateParticleWorkspace>;

export function allocateParticleWorkspace(memory: Memory) {
  return {
    weights: memory.f32(PARTICLES),
    mean: memory.f32(1),
    deviation: memory.f32(1),
    ancestors: memory.u32(PARTICLES),
  };
}

/** A belief about the latent, as particles of the learned model; its features are their mean. */
export function recognitionBelief(recognition: Recognition, filter: ParticleFilter): LaneBelief {
  const { model, stateSpace } = recognition;
  const { particles } = recognition.work;
  return {
    state: filter.state,
    reset: () => filter.reset(),
    update({ action, observation, reward }, step) {
      filter.draw.step = step;
      stateSpace.reward = reward === undefined ? undefined : reward - recognition.level.counts.first;
      // a belief begins with equal weights, whatever the last episode's were
      if (filter.state.counts.time === 0) particles.weights.fill(1 / PARTICLES);
      else particles.weights.set(filter.state.weights);
      const info = filter.update({ action, observation });
      return stateSpace.isWeighed ? stateTerms(recognition, filter, info) : NO_TERMS;
    },
    particles: ({ states }, draws) => spreadParticles(recognition, filter, states, draws),
    features: (out) => out.set(filter.moments().mean.subarray(0, model.sizes.latentSize)),
    summary: () => summaryOf(recognition, filter),
  };
}

const NO_TERMS: StateTerms = { informationGain: 0, stateConsistency: 0 };

/**
 * Two terms of the bound at one step of the belief, in nats, with q the recognition from the particles before it:
 *
 *   informationGain = E_q[ log p(x, r | z) ] − log p̂(x, r),   stateConsistency = −E_q[ log q(z) / p(z) ]
 *
 * Their sum is never positive (Jensen): −KL(q ‖ p(z | x, r)), by the same particles.
 */
function stateTerms(
  { core, believing, work: { particles } }: Recognition,
  filter: ParticleFilter,
  { logEvidenceIncrement, recoveredLogEvidence, hasResampled, isLost }: FilterInfo,
): StateTerms {
  // `particles.weights` holds the weights before the step
  if (hasResampled || isLost) particles.weights.fill(1 / particles.weights.length);
  const mean = (values: Float32Array) => {
    weightedMoments(core, particles.mean, particles.deviation, values, particles.weights);
    return particles.mean[0];
  };
  const likelihood = mean(believing.work.pass.logLikelihoods);
  const increment = mean(filter.state.work.logIncrements);
  return {
    informationGain: likelihood - (isLost ? recoveredLogEvidence : logEvidenceIncrement),
    stateConsistency: increment - likelihood,
  };
}

/** Writes M particles that stand for the entire set: every (N / M)-th of N systematic draws. @param states [M][Z + 1] */
function spreadParticles(
  { core, model, work: { particles }, seed }: Recognition,
  filter: ParticleFilter,
  states: Float32Array,
  { stream, step }: Pick<Round, "stream" | "step">,
): void {
  const size = model.sizes.latentSize + 1;
  const count = states.length / size;
  particles.weights.set(filter.state.weights);
  resampleSystematic(core, particles.ancestors, particles.weights, seed[0], seed[1], stream, step);
  for (let k = 0; k < count; k++) {
    const ancestor = particles.ancestors[Math.floor(((k + 0.5) * PARTICLES) / count)];
    for (let d = 0; d < size; d++) states[k * size + d] = filter.state.particles[d * TILE + ancestor];
  }
}

/** The belief in numbers to be kept; undefined before anything was seen. */
function summaryOf({ core, model, origin }: Recognition, filter: ParticleFilter): BeliefSummary | undefined {
  const { state } = filter;
  if (state.counts.time === 0) return undefined;
  const { latentSize: Z, observationSize: X } = model.sizes;
  const { mean, std } = filter.moments();
  const latents = model.work.input.subarray(0, Z * TILE);
  latents.set(state.particles.subarray(0, Z * TILE));
  return {
    mean: mean.slice(0, Z),
    std: std.slice(0, Z),
    effectiveSampleSize: state.counts.effectiveSampleSize,
    logEvidence: state.counts.logEvidence,
    particles: particleRows(latents, Z),
    weights: state.weights.slice(0, PARTICLES),
    observations: particleRows(seenFrom({ core, model, origin }, latents), X),
  };
}

/** [X][TILE] what would be seen in latents, in the observation space's units. @param latents [Z][TILE] */
export function seenFrom(
  { core, model, origin }: Pick<Recognition, "core" | "model" | "origin">,
  latents: Float32Array,
): Float32Array {
  const rows = decodeLatents(core, model, latents);
  if (model.sizes.observationKind !== "gaussian") return rows;
  for (let i = 0; i < rows.length; i++) rows[i] += origin.counts[Math.floor(i / TILE)] ?? 0;
  return rows;
}
