import type { Activation } from "../core/activation.ts";
import type { Core } from "../core/core.ts";
import { allocateEnsembleRecord, recallsIn, setEnsemble } from "../core/ensemble.ts";
import type { Instance } from "../core/fields.ts";
import { widestHidden } from "../core/mlp.ts";
import { observationKinds } from "../core/observationKind.ts";
import {
  allocateSimulatedModel,
  MODEL_KINDS,
  type SimulatedModel,
  setSimulatedModel,
} from "../core/simulation.ts";
import { STREAMS } from "../core/streams.ts";
import { pad4, TILE } from "../core/tiles.ts";
import type { ActionCoding } from "./actionCoding.ts";
import {
  allocateGuideView,
  bindGuide,
  type GuideView,
  setValueBounds,
  setValueUnits,
} from "./learned/guide.ts";
import { allocateNetwork, initialiseNetwork, type Memory, type Network } from "./network.ts";
import type { Simulated } from "./simulated.ts";
import { allocateStatistics, inverse, type Statistics } from "./statistics.ts";

/** Sizes of the generative model. */
export interface ModelSizes {
  /** D, length of an observation. */
  readonly observationSize: number;
  /** [D] n where a number belongs to the one-hot of n choices, 0 elsewhere. Left out: none does. */
  readonly choices?: readonly number[];
  readonly coding: ActionCoding;
  /** E. */
  readonly members: number;
  readonly hidden: readonly number[];
  readonly activation: Activation;
}

/**
 * The agent's distributions over z = (x, r), with p_a(x', r | x, a) an ensemble; x̂ is x scaled (`Statistics`).
 *
 *   dynamics  [x̂, a] → m(D+1), y(D+1), logit, v     change of x and reward, Gaussian; ending and its reward
 *   habit     x̂ → logits [labels]                                action prior p_a(a | z)
 *   value     x̂ → (V(x) − shift) · scale;  slowValue follows it, and is what plans end in
 */
export interface GenerativeModel {
  readonly sizes: ModelSizes;
  readonly dynamics: Network;
  readonly habit: Network;
  readonly value: Network;
  readonly slowValue: Network;
  readonly statistics: Statistics;
  /** Habit and slow value as plans ask them. */
  readonly guideView: GuideView;
  /** The kernels' view of the dynamics, and what they write before they read. */
  readonly ensemble: {
    readonly record: Instance;
    /** [D] n at the first number of a one-hot, 0 elsewhere; `undefined` without one-hots. */
    readonly words: Uint32Array | undefined;
    readonly work: Readonly<
      Record<"input" | "heads" | "hidden" | "ratioWorkspace" | "novelty", Float32Array>
    >;
  };
  /** The kernels' view of it as one of the models that plans simulate. */
  readonly simulated: SimulatedModel;
}

export function allocateModel(memory: Memory, sizes: ModelSizes): GenerativeModel {
  const { observationSize: D, coding, members: E, hidden, activation } = sizes;
  const networks = {
    dynamics: allocateNetwork(memory, [D + coding.size, ...hidden, headSize(D)], activation, E),
    habit: allocateNetwork(memory, [D, ...hidden, coding.labels], activation),
    value: allocateNetwork(memory, [D, ...hidden, 1], activation),
    slowValue: allocateNetwork(memory, [D, ...hidden, 1], activation),
  };
  return {
    sizes,
    ...networks,
    statistics: allocateStatistics(memory, D, coding.size),
    guideView: allocateGuideView(memory, networks),
    ensemble: {
      record: allocateEnsembleRecord(memory),
      words: sizes.choices?.some((n) => n > 1) ? memory.u32(firstsOf(sizes.choices)) : undefined,
      work: {
        input: memory.f32(pad4(D + coding.size) * TILE),
        heads: memory.f32((E + 1) * pad4(headSize(D)) * TILE),
        hidden: memory.f32(2 * widestHidden([0, ...hidden, 0]) * TILE),
        ratioWorkspace: memory.f32(E * (2 * (D + 1) + 2) * TILE),
        novelty: memory.f32(3 * NOVELTY_ROWS * TILE),
      },
    },
    simulated: allocateSimulatedModel(memory),
  };
}

/** n at the first of n choices, 0 elsewhere. */
function firstsOf(choices: readonly number[]): number[] {
  const firsts = new Array<number>(choices.length).fill(0);
  for (let d = 0; d < choices.length; d += Math.max(1, choices[d])) firsts[d] = choices[d];
  return firsts;
}

/** Outputs of the network of novelty. */
export const NOVELTY_ROWS = 64;

/** Outputs of one member for observations of length D. */
export function headSize(D: number): number {
  return 2 * (D + 1) + 2;
}

/** Scale of the initial last layer of habit and value: they begin almost flat. */
const FLAT = 0.01;

/** Draws the initial parameters, and gives the kernels where everything lies. */
export function initialiseModel(core: Core, model: GenerativeModel, settings: EnsembleSettings): void {
  const { seed } = settings;
  initialiseNetwork(core, model.dynamics, { outputScale: 1, seed, stream: STREAMS.modelInitial });
  initialiseNetwork(core, model.habit, { outputScale: FLAT, seed, stream: STREAMS.habitInitial });
  initialiseNetwork(core, model.value, { outputScale: FLAT, seed, stream: STREAMS.valueInitial });
  model.slowValue.parameters.set(model.value.parameters);
  bindGuide(core, model.guideView, model);
  bindEnsemble(core, model, settings);
}

export interface EnsembleSettings {
  readonly seed: readonly [number, number];
  /** Standard deviation of the observation model, in units of the scaled target (see `Statistics`). */
  readonly likelihoodNoise: number;
  /** Whether simulated states carry the model's noise, or follow its mean. */
  readonly simulatesNoise: boolean;
}

function bindEnsemble(
  core: Core,
  { sizes, dynamics, statistics, ensemble, simulated }: GenerativeModel,
  { likelihoodNoise, simulatesNoise }: EnsembleSettings,
): void {
  const { observationSize, coding, members } = sizes;
  setEnsemble(core, ensemble.record, {
    ...{ observationSize, actionSize: coding.size, members, likelihoodNoise },
    stepScale: statistics.stepScale,
    ...(ensemble.words && { choices: ensemble.words }),
    shape: dynamics.shape,
    parameters: dynamics.parameters,
    stride: dynamics.members[0].byteLength,
    ...ensemble.work,
  });
  setSimulatedModel(core, simulated, {
    kind: MODEL_KINDS.ensemble,
    stateRows: observationSize + 1,
    actionSize: coding.size,
    observationSize,
    observationKind: observationKinds.indexOf("gaussian"),
    usesNoise: Number(simulatesNoise),
    learned: ensemble.record.words,
  });
}

/** Gives the kernels the network whose novelty is added to the ratio. */
export function bindNovelty(core: Core, { ensemble }: GenerativeModel, { shape, parameters }: Network): void {
  setEnsemble(core, ensemble.record, { noveltyShape: shape, noveltyParameters: parameters });
}

/** Tells the kernels the transitions that plans recall, once they do. */
export function bindRecall(core: Core, { ensemble }: GenerativeModel, { words }: Instance): void {
  setEnsemble(core, ensemble.record, { recall: words });
}

/** The model as planners simulate it: a state is x̂, and the member that the particle follows. */
export function simulatedEnsemble({
  sizes,
  simulated,
  guideView: guide,
  ensemble,
}: GenerativeModel): Simulated {
  const { observationSize: D, coding, members } = sizes;
  return {
    ...{ record: simulated, learned: ensemble, guide, coding, members },
    stateRows: D + 1,
    headRows: 0,
    ratioRows: members * (D + 1),
    isObserved: true,
    staysInThread: () => recallsIn(ensemble.record),
  };
}

/** Units and range of what the model predicts of rewards. */
export interface RewardUnits {
  /** What plans count rewards from, in units of reward. */
  readonly reference: number;
  /** What is added to a stored reward so that it is counted from there. */
  readonly offset: number;
  /** Whether the world has been seen to end. */
  readonly hasEndings: boolean;
  readonly rewardLow: number;
  readonly rewardHigh: number;
  /** The bounds that V is clamped to, counted from the reference; no bounds where they are the same. */
  readonly valueBounds: readonly [low: number, high: number];
}

/** Gives the kernels the model's units: they follow from the statistics, and from the rewards seen. */
export function applyUnits(
  core: Core,
  { statistics, ensemble, guideView }: GenerativeModel,
  { reference, offset, hasEndings, rewardLow, rewardHigh, valueBounds }: RewardUnits,
): void {
  const { targetShift, targetScale, slopes, ending, value } = statistics;
  const last = targetShift.length - 1;
  setEnsemble(core, ensemble.record, {
    hasEndings: Number(hasEndings),
    rewardLow: rewardLow - reference,
    rewardHigh: rewardHigh - reference,
    rewardMean: targetShift[last] + offset,
    rewardStd: inverse(targetScale[last]),
    lowSlope: slopes.low[0],
    highSlope: slopes.high[0],
    endingMean: ending.shift[0] + offset,
    endingStd: inverse(ending.scale[0]),
  });
  setValueUnits(core, guideView, value);
  setValueBounds(core, guideView, valueBounds);
}
