/** Latent models and chunks of experience: the same numbers for the kernels and for their twin. */
import type { Activation } from "../../src/core/activation.ts";
import type { Core } from "../../src/core/core.ts";
import { chunkBound, setChunk, setLatentModel } from "../../src/core/latent.ts";
import type { ObservationKind } from "../../src/core/observationKind.ts";
import { pad4, TILE } from "../../src/core/tiles.ts";
import { box } from "../../src/environments/environment.ts";
import {
  allocateChunkLearner,
  type ChunkLearner,
  type ChunkSettings,
  prepareChunkLearner,
} from "../../src/learning/chunkLearning.ts";
import { type ActionCoding, codingOf } from "../../src/models/actionCoding.ts";
import { allocateLatent, initialiseLatent, type LatentModel } from "../../src/models/latentModel.ts";
import { type Random, type Rows, randomRow } from "../reference/arrays.ts";
import { mulberry32 } from "../reference/kernels.ts";
import type { Model, Step } from "../reference/latent.ts";
import { type Network, packNetwork, randomNetwork } from "../reference/nn.ts";

/** Sizes and kinds of one model and its chunks. */
export interface Shape {
  readonly kind: ObservationKind;
  readonly Z: number;
  readonly X: number;
  readonly A: number;
  readonly E: number;
  readonly hidden: readonly number[];
  readonly decoderHidden: readonly number[];
  readonly activation: Activation;
  readonly hasEndings: boolean;
  readonly recognisesReward: boolean;
  /** T. */
  readonly steps: number;
  readonly overshoot: number;
  readonly overshootFrom: number;
  readonly overshootStarts: number;
  readonly contrasts: number;
  /** Steps of the chunk in a lane; none in the others, where there are numbers all the same. */
  readonly lengths: Readonly<Record<number, number>>;
}

/** The members differ by this much: enough to see, not enough to drown the rest in their divergence. */
const DISAGREEMENT = 0.04;
/** Scale of recognition's correction, as small for the same reason. */
const CORRECTION = 0.04;
/** Added to y: σ = .04, near the upper bound, where the divergence's scale 1/σ² is smallest; or .0003, the lower. */
const BROAD = 3;
export const NARROW = -8;

/** A twin whose divergence, likelihoods and overshoot are of one size. */
export function randomModel(random: Random, shape: Shape, spread = BROAD): Model {
  const { kind, Z, X, A, E, hidden, decoderHidden, activation, hasEndings, recognisesReward } = shape;
  const network = (inputs: number, outputs: number, widths = hidden) =>
    randomNetwork(random, [inputs, ...widths, outputs], activation);
  const common = withSpread(network(Z + A, 2 * Z), { Z, scale: 1, spread });
  const other = (values: readonly number[]) =>
    values.map((value) => Math.fround(value + DISAGREEMENT * (random() - 0.5)));
  return {
    kind,
    observationStd: randomRow(random, X, 0.5, 1),
    rewardNoise: 0.5,
    recognisesReward,
    hasEndings,
    endingOffset: 0.75,
    transitions: Array.from({ length: E }, () => ({
      ...common,
      layers: common.layers.map(({ weight, bias }) => ({ weight: weight.map(other), bias: other(bias) })),
    })),
    recognition: withSpread(network(Z + X + 2, 2 * Z), { Z, scale: CORRECTION, spread }),
    observation: network(Z, X, decoderHidden),
    outcome: network(Z + A, 3, decoderHidden),
  };
}

/** The network with its first `Z` outputs scaled, and `spread` added to the others. */
function withSpread(
  { layers, activation }: Network,
  { Z, scale, spread }: { readonly Z: number; readonly scale: number; readonly spread: number },
): Network {
  const { weight, bias } = layers[layers.length - 1];
  const last = {
    weight: weight.map((row, o) => row.map((w) => Math.fround(o < Z ? scale * w : 0.5 * w))),
    bias: bias.map((b, o) => Math.fround(o < Z ? scale * b : b + spread)),
  };
  return { activation, layers: [...layers.slice(0, -1), last] };
}

/** [lane][t]: numbers in every lane and at every step. */
export function randomChunks(random: Random, shape: Shape): Step[][] {
  return Array.from({ length: TILE }, () =>
    Array.from({ length: shape.steps }, (_, t) => randomStep(random, shape, t === 0)),
  );
}

export function randomStep(random: Random, { kind, X, A, hasEndings }: Shape, isFirst: boolean): Step {
  const isComplete = random() < 0.25 ? 0 : 1;
  const seen = Array.from({ length: X }, () =>
    kind === "categorical" ? isComplete : Math.max(isComplete, Number(random() < 0.5)),
  );
  const one = Math.floor(random() * X);
  const observation = seen.map((isSeen, d) => {
    if (kind === "gaussian") return isSeen * randomRow(random, 1)[0];
    return isSeen * Number(kind === "bernoulli" ? random() < 0.5 : d === one);
  });
  const ended = hasEndings && !isFirst && random() < 0.3 ? 1 : 0;
  return {
    observation,
    seen,
    previousAction: randomRow(random, A),
    reward: randomRow(random, 1)[0],
    endingReward: randomRow(random, 1)[0],
    ended,
    outcomeSeen: Number(random() < 0.8),
  };
}

/** The twin and its experience. */
export function randomWorld(shape: Shape, spread?: number) {
  const random = mulberry32(1);
  const model = randomModel(random, shape, spread);
  return { shape, model, chunks: randomChunks(random, shape) };
}
export type World = ReturnType<typeof randomWorld>;

/** The kernels' copy of a twin. */
export function buildModel(
  core: Core,
  model: Model,
  { Z, X, A, E, hidden, decoderHidden, activation, kind }: Shape,
): LatentModel {
  const coding: ActionCoding = {
    ...codingOf(false, new Array<number>(A).fill(3)),
    space: box(new Array<number>(A).fill(-1), new Array<number>(A).fill(1)),
    low: [],
    high: [],
  };
  const built = allocateLatent(core, {
    latentSize: Z,
    observationSize: X,
    coding,
    members: E,
    hidden,
    decoderHidden,
    activation,
    observationKind: kind,
  });
  const { rewardNoise, recognisesReward } = model;
  initialiseLatent(core, built, { seed: [1, 2], rewardNoise, recognisesReward });
  setLatentModel(core, built.record, { hasEndings: Number(model.hasEndings) });
  built.observationStd.set(model.observationStd);
  built.transition.parameters.set(model.transitions.flatMap(({ layers }) => packNetwork(layers)));
  built.recognition.parameters.set(packNetwork(model.recognition.layers));
  built.observation.parameters.set(packNetwork(model.observation.layers));
  built.outcome.parameters.set(packNetwork(model.outcome.layers));
  return built;
}

/** The kernels' copy of a world. */
export interface Built {
  readonly built: LatentModel;
  readonly learner: ChunkLearner;
}

/** Builds the kernels' copy, ready for `chunkBound`. */
export function buildChunks(
  core: Core,
  { shape, model, chunks }: World,
  settings: Partial<ChunkSettings> = {},
): Built {
  const built = buildModel(core, model, shape);
  const { overshoot, overshootFrom, overshootStarts, contrasts } = shape;
  const learner = allocateChunkLearner(
    core,
    built,
    {
      bound: "generative",
      chunk: shape.steps,
      overshoot,
      overshootFrom,
      overshootStarts,
      overshootsInTurn: false,
      contrasts,
      rewardClip: 1000,
      learningRate: 1e-3,
      annealing: 1000,
      weightDecay: 0,
      maxNorm: 20,
      ...settings,
    },
    [3, 4],
  );
  prepareChunkLearner(core, learner, built);
  setChunk(core, learner.record, { step: 1, endingOffset: model.endingOffset, overshootFrom });
  fillEvidence(learner.work.evidence, chunks);
  for (const [lane, length] of Object.entries(shape.lengths))
    for (let t = 0; t < length; t++) learner.work.evidence.valid[t * TILE + Number(lane)] = 1;
  return { built, learner };
}

/** Arrays of evidence, [T][pad4(·)][TILE]. */
type Evidence = Readonly<
  Record<
    "observations" | "seen" | "previousActions" | "rewards" | "endingRewards" | "ended" | "outcomeSeen",
    Float32Array
  >
> & { readonly complete?: Float32Array };

/** Writes the steps of each lane. */
export function fillEvidence(evidence: Evidence, chunks: readonly (readonly Step[])[]): void {
  const fill = (rows: Float32Array, values: (step: Step) => readonly number[]) => {
    chunks.forEach((steps, lane) => {
      steps.forEach((step, t) => {
        const height = pad4(values(step).length);
        values(step).forEach((value, d) => {
          rows[(t * height + d) * TILE + lane] = value;
        });
      });
    });
  };
  fill(evidence.observations, ({ observation }) => observation);
  fill(evidence.seen, ({ seen }) => seen);
  fill(evidence.previousActions, ({ previousAction }) => previousAction);
  fill(evidence.rewards, ({ reward }) => [reward]);
  fill(evidence.endingRewards, ({ endingReward }) => [endingReward]);
  fill(evidence.ended, ({ ended }) => [ended]);
  fill(evidence.outcomeSeen, ({ outcomeSeen }) => [outcomeSeen]);
  chunks.forEach((steps, lane) => {
    steps.forEach(({ seen }, t) => {
      if (evidence.complete !== undefined)
        evidence.complete[t * TILE + lane] = Number(seen.every((isSeen) => isSeen === 1));
    });
  });
}

/** One pass of the bound, from gradients of zero. */
export function pass(
  core: Core,
  { learner }: Built,
  weights: { marginalWeight: number; overshootWeight: number },
) {
  setChunk(core, learner.record, weights);
  for (const {
    zeros: { gradient },
  } of Object.values(learner.descents))
    gradient.fill(0);
  chunkBound(core, learner.record);
}

/** Lane `lane` of [T][Z][TILE]. */
export function laneOf(rows: ArrayLike<number>, lane: number, { steps, Z }: Shape, first = 0): Rows {
  return Array.from({ length: steps }, (_, t) =>
    Array.from({ length: Z }, (_, d) => rows[((first + t) * Z + d) * TILE + lane]),
  );
}

/** The noise that the kernels drew for one lane. */
export function noiseOf(
  {
    learner: {
      work: { pass },
    },
  }: Built,
  lane: number,
  shape: Shape,
) {
  return {
    member: lane % shape.E,
    latents: laneOf(pass.noise, lane, shape),
    contrasts: Array.from({ length: shape.contrasts }, (_, k) =>
      laneOf(pass.freshNoise, lane, shape, k * shape.steps),
    ),
  };
}

/** The lanes that hold a chunk, and its steps. */
export function chunksOf({ shape, chunks }: World): [lane: number, steps: Step[]][] {
  return Object.entries(shape.lengths).map(([lane, length]) => [
    Number(lane),
    chunks[Number(lane)].slice(0, length),
  ]);
}

/** Every network of a twin by its name, the members one by one. */
export function networksOf(model: Model): [name: string, network: Network][] {
  return [
    ...model.transitions.map((network, e): [string, Network] => [`transition ${e}`, network]),
    ["recognition", model.recognition],
    ["observation", model.observation],
    ["outcome", model.outcome],
  ];
}
