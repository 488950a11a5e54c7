import { adam } from "../core/adam.ts";
import type { Core } from "../core/core.ts";
import { allocateChunk, chunkBound, setChunk } from "../core/latent.ts";
import { activationCount } from "../core/mlp.ts";
import type { Resolved } from "../core/options.ts";
import { STREAMS } from "../core/streams.ts";
import { pad4, TILE } from "../core/tiles.ts";
import type { PLAN } from "../inference/options.ts";
import type { LatentModel } from "../models/latentModel.ts";
import { type Memory, type Network, tallyUpdate } from "../models/network.ts";
import type { LEARN } from "./options.ts";

/** Settings of learning from chunks; the symbols are those of `assembly/latent/chunk.ts`. */
export type ChunkSettings = Pick<
  Resolved<typeof LEARN & typeof PLAN, "latent">,
  | "bound"
  | "chunk"
  | "overshoot"
  | "overshootFrom"
  | "overshootStarts"
  | "overshootsInTurn"
  | "contrasts"
  | "rewardClip"
  | "learningRate"
  | "annealing"
  | "weightDecay"
  | "maxNorm"
>;

/** A network's gradient and Adam's moments. */
export interface Descent {
  readonly network: Network;
  readonly zeros: { readonly gradient: Float32Array };
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Batches of chunks, and what learning from them works on. */
export type ChunkLearner = ReturnType<typeof allocateChunkLearner>;

/** Evidence of T tiles, as `assembly/latent/chunk.ts` reads it. */
function allocateEvidence(memory: Memory, X: number, A: number, T: number) {
  const row = () => memory.f32(T * pad4(1) * TILE);
  return {
    observations: memory.f32(T * pad4(X) * TILE),
    seen: memory.f32(T * pad4(X) * TILE),
    previousActions: memory.f32(T * pad4(A) * TILE),
    rewards: row(),
    endingRewards: row(),
    ended: row(),
    outcomeSeen: row(),
    valid: memory.f32(T * TILE),
    complete: memory.f32(T * TILE),
  };
}

export function allocateChunkLearner(
  memory: Memory,
  model: LatentModel,
  settings: ChunkSettings,
  seed: readonly [number, number],
) {
  const { chunk: T, overshoot: K, contrasts } = settings;
  const { latentSize: Z, observationSize: X, coding, members: E } = model.sizes;
  const { transition, recognition, observation, outcome } = model;
  const traces = ({ widths }: Network, tiles: number, count: number) =>
    memory.f32(count * 3 * activationCount(widths, tiles));
  const latents = (count: number) => memory.f32(count * Z * TILE);
  const descent = (network: Network): Descent => ({
    network,
    zeros: { gradient: memory.f32(network.parameters.length) },
    first: memory.f32(network.parameters.length),
    second: memory.f32(network.parameters.length),
  });
  return {
    settings,
    seed,
    members: E,
    record: allocateChunk(memory),
    descents: {
      transition: descent(transition),
      recognition: descent(recognition),
      observation: descent(observation),
      outcome: descent(outcome),
    },
    work: {
      evidence: allocateEvidence(memory, X, coding.size, T),
      indices: memory.u32(T * TILE),
      /** What a pass over the batch writes. */
      pass: {
        latents: latents(T),
        dLatents: latents(T),
        noise: latents(T),
        predictedMeans: latents(T),
        logLikelihoods: memory.f32((contrasts + 1) * T * TILE),
        coefficients: memory.f32((contrasts + 1) * T * TILE),
        ratios: memory.f32(T * TILE),
        transitionTraces: traces(transition, 1, T * E),
        recognitionTraces: traces(recognition, 1, T),
        observationTraces: traces(observation, T, contrasts + 1),
        outcomeTraces: traces(outcome, T, contrasts + 1),
        freshLatents: latents(contrasts * T),
        freshNoise: latents(contrasts * T),
        dFresh: latents(T),
        imagined: latents(Math.max(1, K) * T),
        dImagined: latents(T),
        imaginedTransitionTraces: traces(transition, T, K),
        imaginedObservationTrace: traces(observation, T, 1),
        imaginedOutcomeTrace: traces(outcome, T, 1),
        imaginedLogLikelihoods: memory.f32(T * TILE),
        imaginedCoefficients: memory.f32(T * TILE),
        terms: memory.f32(8),
        residuals: memory.f32(X),
        rows: latents(2),
      },
    },
    zeros: memory.f32(Math.max(X, coding.size)),
    ones: memory.f32(Math.max(X, coding.size)).fill(1),
    counts: { updates: 0 },
    tally: { undone: 0 },
  };
}

/** Gives the kernels where a learner's arrays lie. */
export function prepareChunkLearner(
  core: Core,
  { record, settings, seed, descents, work }: ChunkLearner,
  { record: model, sizes: { members } }: Pick<LatentModel, "record" | "sizes">,
): void {
  setChunk(core, record, {
    model: model.words,
    steps: settings.chunk,
    overshoot: settings.overshoot,
    overshootStarts: settings.overshootStarts,
    overshootMembers: settings.overshootsInTurn ? 1 : members,
    contrasts: settings.contrasts,
    marginalWeight: 0,
    overshootWeight: 1,
    divergenceWeight: Number(settings.bound === "generative"),
    seedLow: seed[0],
    seedHigh: seed[1],
    stream: STREAMS.chunk,
    rewardClip: settings.rewardClip,
    endingOffset: 0,
    ...work.evidence,
    dTransition: descents.transition.zeros.gradient,
    dRecognition: descents.recognition.zeros.gradient,
    dObservation: descents.observation.zeros.gradient,
    dOutcome: descents.outcome.zeros.gradient,
    ...work.pass,
  });
}

/** What one update found, averaged over the batch; in nats but for the error. */
export interface ChunkTerms {
  /** log p(x, r | z). */
  readonly logLikelihood: number;
  /** log p(x, r | z) − log p̂(x, r) by prior contrast. */
  readonly informationGain: number;
  /** −KL(q(z) ‖ p(z)). */
  readonly stateConsistency: number;
  /** Mean log-likelihood of the overshoot. */
  readonly overshoot: number;
  /** Root mean square error of the reward, in its standard deviations. */
  readonly rewardError: number;
}

/** One update of the generative model on the batch in `evidence`: a step of Adam up the bound. */
export function learnChunks(
  core: Core,
  learner: ChunkLearner,
  {
    marginalWeight,
    endingOffset,
    isContrasted = true,
    longest = Infinity,
  }: {
    readonly marginalWeight: number;
    /** Whether fresh draws are decoded for the marginal; without them the information gain is 0. */
    readonly isContrasted?: boolean;
    readonly endingOffset: number;
    /** Rows of the longest episode. */
    readonly longest?: number;
  },
): ChunkTerms {
  const { record, settings, descents } = learner;
  const step = ++learner.counts.updates;
  setChunk(core, record, {
    step,
    marginalWeight,
    contrasts: isContrasted ? settings.contrasts : 0,
    endingOffset,
    overshootFrom: overshootStart(core, learner, longest),
    overshootMember: settings.overshootsInTurn ? step % learner.members : 0,
  });
  chunkBound(core, record);
  for (const { network, zeros, first, second } of Object.values(descents)) {
    const norm = adam(core, network.parameters, zeros.gradient, first, second, {
      learningRate: settings.learningRate / Math.sqrt(1 + step / settings.annealing),
      weightDecay: settings.weightDecay,
      maxNorm: settings.maxNorm,
      step,
    });
    tallyUpdate(learner.tally, norm);
  }
  const [logLikelihood, informationGain, stateConsistency, overshoot, error] = learner.work.pass.terms;
  return { logLikelihood, informationGain, stateConsistency, overshoot, rewardError: Math.sqrt(error) };
}

/** The step that this update's overshoots begin at: any that leaves room for all of them in the longest episode. */
function overshootStart(
  { kernels }: Core,
  { settings, counts, seed }: ChunkLearner,
  longest: number,
): number {
  const { chunk, overshootFrom, overshootStarts } = settings;
  const reach = Math.min(chunk, longest);
  const from = Math.max(0, Math.min(overshootFrom, reach - 1 - overshootStarts));
  const places = Math.max(1, reach - overshootStarts - from);
  return from + Math.floor(places * kernels.uniform64(seed[0], seed[1], STREAMS.overshoot, counts.updates));
}
