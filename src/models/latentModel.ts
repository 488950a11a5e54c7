import type { Activation } from "../core/activation.ts";
import type { Core } from "../core/core.ts";
import type { Instance } from "../core/fields.ts";
import { allocateLatentModel, setLatentModel } from "../core/latent.ts";
import { widestHidden } from "../core/mlp.ts";
import { type ObservationKind, observationKinds } from "../core/observationKind.ts";
import {
  allocateSimulatedModel,
  MODEL_KINDS,
  type SimulatedModel,
  setSimulatedModel,
} from "../core/simulation.ts";
import { STREAMS } from "../core/streams.ts";
import { pad4, TILE } from "../core/tiles.ts";
import type { ActionCoding } from "./actionCoding.ts";
import { allocateGuideView, bindGuide, type GuideView } from "./learned/guide.ts";
import { allocateNetwork, initialiseNetwork, type Memory, type Network } from "./network.ts";
import type { Simulated } from "./simulated.ts";

/** Sizes of a latent model. */
export interface LatentSizes {
  /** Z, a multiple of 4. */
  readonly latentSize: number;
  /** X, length of an observation. */
  readonly observationSize: number;
  readonly coding: ActionCoding;
  /** E. */
  readonly members: number;
  readonly hidden: readonly number[];
  /** Of the observation and outcome networks. */
  readonly decoderHidden: readonly number[];
  readonly activation: Activation;
  readonly observationKind: ObservationKind;
}

/** Mean and inverse deviation of one or more columns: networks see and predict numbers of size one. */
export interface Scale {
  readonly shift: Float32Array;
  readonly scale: Float32Array;
}

/**
 * The distributions of an agent that does not observe the state (`assembly/latent/model.ts`), and what acts on their latent:
 *
 *   transition, recognition, observation, outcome      p_a(z' | z, a), q(z' | …), p_a(x | z), p_a(r, end | z, a)
 *   habit   z → logits [labels]                        action prior p_a(a | z)
 *   value   z → (V(z) − shift) · scale;  slowValue follows it, and is what plans end in
 */
export interface LatentModel {
  readonly sizes: LatentSizes;
  readonly transition: Network;
  readonly recognition: Network;
  readonly observation: Network;
  readonly outcome: Network;
  readonly habit: Network;
  readonly value: Network;
  readonly slowValue: Network;
  /** [X] standard deviations of p_a(x | z), of scaled observations. */
  readonly observationStd: Float32Array;
  /** [2] standard deviations of p(r | z, a), of scaled rewards: of those that did not come with an end, and those that did. */
  readonly rewardStd: Float32Array;
  /** [X] 1 where readings far from all others count as ones of eight deviations, else 0. */
  readonly isSpoilt: Float32Array;
  readonly scales: {
    /** [X]. */
    readonly observation: Scale;
    /** [1] each: rewards that did not come with an end, and those that did; values of plans. */
    readonly reward: Scale;
    readonly ending: Scale;
    readonly value: Scale;
  };
  /** Habit and slow value as plans ask them. */
  readonly guideView: GuideView;
  /** The kernels' view of it. */
  readonly record: Instance;
  /** The kernels' view of it as one of the models that plans simulate. */
  readonly simulated: SimulatedModel;
  /** What the kernels write before they read. */
  readonly work: {
    readonly input: Float32Array;
    readonly output: Float32Array;
    readonly hidden: Float32Array;
  };
}

/** Outputs of the outcome network: reward, logit of ending, the reward that ending brings. */
export const OUTCOMES = 3;

export function allocateLatent(memory: Memory, sizes: LatentSizes): LatentModel {
  const { latentSize: Z, observationSize: X, coding, members, hidden, decoderHidden, activation } = sizes;
  const network = (inputs: number, outputs: number, count = 1, widths = hidden) =>
    allocateNetwork(memory, [inputs, ...widths, outputs], activation, count);
  const networks = {
    transition: network(Z + coding.size, 2 * Z, members),
    recognition: network(Z + X + 2, 2 * Z),
    observation: network(Z, X, 1, decoderHidden),
    outcome: network(Z + coding.size, OUTCOMES, 1, decoderHidden),
    habit: network(Z, coding.labels),
    value: network(Z, 1),
    slowValue: network(Z, 1),
  };
  return {
    sizes,
    ...networks,
    observationStd: memory.f32(X).fill(1),
    rewardStd: memory.f32(2),
    isSpoilt: memory.f32(X),
    scales: {
      observation: allocateScale(memory, X),
      reward: allocateScale(memory, 1),
      ending: allocateScale(memory, 1),
      value: allocateScale(memory, 1),
    },
    guideView: allocateGuideView(memory, networks),
    record: allocateLatentModel(memory),
    simulated: allocateSimulatedModel(memory),
    work: {
      input: memory.f32(pad4(Z + Math.max(coding.size, X + 2)) * TILE),
      output: memory.f32(2 * pad4(Math.max(2 * Z, X, OUTCOMES)) * TILE),
      hidden: memory.f32(2 * widestHidden([0, ...hidden, ...decoderHidden, 0]) * TILE),
    },
  };
}

function allocateScale(memory: Memory, size: number): Scale {
  const scale = { shift: memory.f32(size), scale: memory.f32(size) };
  scale.scale.fill(1);
  return scale;
}

/** Scale of the initial last layer of habit and value: they begin almost flat. */
const FLAT = 0.01;

/** Where a deviation of the reward that follows the data begins. */
const FIRST_REWARD_NOISE = 0.05;

/** Draws the initial parameters, and gives the kernels where everything lies. */
export function initialiseLatent(
  core: Core,
  model: LatentModel,
  {
    seed,
    rewardNoise,
    recognisesReward,
  }: {
    readonly seed: readonly [number, number];
    /** Standard deviation of p(r | z, a), in those of the reward. */
    readonly rewardNoise: number | "auto";
    readonly recognisesReward: boolean;
  },
): void {
  const { sizes, transition, recognition, observation, outcome, record } = model;
  const draw = (network: Network, outputScale: number, stream: number) =>
    initialiseNetwork(core, network, { outputScale, seed, stream });
  draw(transition, 1, STREAMS.modelInitial);
  draw(recognition, 1, STREAMS.recognitionInitial);
  draw(observation, 1, STREAMS.observationInitial);
  draw(outcome, 1, STREAMS.outcomeInitial);
  draw(model.habit, FLAT, STREAMS.habitInitial);
  draw(model.value, FLAT, STREAMS.valueInitial);
  model.rewardStd.fill(rewardNoise === "auto" ? FIRST_REWARD_NOISE : rewardNoise);
  model.slowValue.parameters.set(model.value.parameters);
  setLatentModel(core, record, {
    latentSize: sizes.latentSize,
    observationSize: sizes.observationSize,
    actionSize: sizes.coding.size,
    members: sizes.members,
    observationKind: observationKinds.indexOf(sizes.observationKind),
    recognisesReward: Number(recognisesReward),
    hasEndings: 0,
    rewardNoise: model.rewardStd[0],
    endingNoise: model.rewardStd[1],
    transitionShape: transition.shape,
    transitionParameters: transition.parameters,
    transitionStride: transition.members[0].byteLength,
    recognitionShape: recognition.shape,
    recognitionParameters: recognition.parameters,
    observationShape: observation.shape,
    observationParameters: observation.parameters,
    outcomeShape: outcome.shape,
    outcomeParameters: outcome.parameters,
    observationStd: model.observationStd,
    ...model.work,
  });
  bindGuide(core, model.guideView, model);
}

/** How plans simulate a latent model. */
export interface LatentSimulation {
  /** Whether simulated states carry the model's noise, or follow its mean. */
  readonly simulatesNoise: boolean;
  /** "member": a ratio compares a particle with siblings that follow the other members. */
  readonly conditioning: "path" | "belief" | "member";
}

/** The model as planners simulate it: a state is z, and the member that the particle follows. */
export function simulatedLatent({ sizes, simulated, guideView: guide, record }: LatentModel): Simulated {
  const { latentSize: Z, observationSize: X, coding, members } = sizes;
  return {
    ...{ record: simulated, learned: { record }, guide, coding, members },
    stateRows: Z + 1,
    headRows: pad4(sizes.observationKind === "gaussian" ? 2 * X : X),
    ratioRows: sizes.observationKind === "categorical" ? 1 : X,
    isObserved: false,
  };
}

/** Gives the kernels how plans simulate the model. */
export function bindSimulation(
  core: Core,
  { sizes, simulated, record }: LatentModel,
  { simulatesNoise, conditioning }: LatentSimulation,
): void {
  setSimulatedModel(core, simulated, {
    kind: MODEL_KINDS.latent,
    stateRows: sizes.latentSize + 1,
    actionSize: sizes.coding.size,
    observationSize: sizes.observationSize,
    observationKind: observationKinds.indexOf(sizes.observationKind),
    usesNoise: Number(simulatesNoise),
    mixesMembers: Number(conditioning === "member"),
    learned: record.words,
  });
}
