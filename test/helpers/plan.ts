/** A planning problem of the tests, and the kernels' `Plan` made of it. */
import type { Core } from "../../src/core/core.ts";
import { allocateEnsembleRecord, setEnsemble } from "../../src/core/ensemble.ts";
import { allocateGuideRecord, setGuide } from "../../src/core/guide.ts";
import { parameterCount, shapeValues } from "../../src/core/mlp.ts";
import { allocatePlan, cloudSizes, type Plan, setPlan } from "../../src/core/planner.ts";
import {
  allocateSimulatedModel,
  MODEL_KINDS,
  type SimulatedModel,
  setSimulatedModel,
} from "../../src/core/simulation.ts";
import { pad4, TILE, tilesFor } from "../../src/core/tiles.ts";
import { headSize } from "../../src/models/generativeModel.ts";
import { type Rows, sum } from "../reference/arrays.ts";
import { type Network, packNetwork, widthsOf } from "../reference/nn.ts";
import { normalise, type World } from "../reference/planner.ts";

/** A network without hidden layer. */
export function linear(weight: Rows, bias: number[]): Network {
  return { activation: "tanh", layers: [{ weight, bias }] };
}

/** A linear network with constant outputs. */
export function constant(inputs: number, outputs: number[]): Network {
  return linear(
    outputs.map(() => new Array<number>(inputs).fill(0)),
    outputs,
  );
}

/**
 * One plan of 4 candidates over one step of a world with D observations and A actions that stands still, gives no
 * reward and never ends; then what `changes` says.
 */
export function worldOf(D: number, A: number, changes: Partial<World>): World {
  const { plans = 1, horizon = 1, isDiscrete = false } = changes;
  const bins = changes.bins ?? (isDiscrete ? A : 5);
  const fill = (size: number, value: number) => new Array<number>(size).fill(value);
  return {
    plans,
    candidates: 4,
    horizon,
    isDiscrete,
    models: [constant(D + A, fill(headSize(D), 0))],
    habit: constant(D, fill(isDiscrete ? A : A * bins, 0)),
    value: constant(D, [0]),
    bins,
    particles: 1,
    firstMember: 0,
    habitCandidates: 0,
    usesInformation: false,
    usesNoise: false,
    hasEndings: false,
    usesValue: false,
    discount: 1,
    temperature: 1,
    informationWeight: 1,
    likelihoodNoise: 0.05,
    rewardMean: 0,
    rewardStd: 1,
    lowSlope: 1,
    highSlope: 1,
    rewardLow: -1e6,
    rewardHigh: 1e6,
    endingMean: 0,
    endingStd: 1,
    valueMean: 0,
    valueStd: 1,
    essShare: 1e-6,
    minimumStd: 1e-3,
    uniformShare: 0.05,
    correlation: 0,
    ignoresRewards: false,
    stopEvery: 0,
    stopShare: 0,
    sharesDraws: false,
    seed: [1, 0],
    stream: 0,
    step: 0,
    starts: Array.from({ length: plans }, () => fill(D, 0)),
    shift: fill(D, 0),
    scale: fill(D, 1),
    stepScale: fill(D, 1),
    choices: fill(D, 0),
    mean: Array.from({ length: plans }, () => fill(horizon * A, isDiscrete ? 1 / A : 0)),
    std: Array.from({ length: plans }, () => fill(horizon * A, 1)),
    ...changes,
  };
}

/** A `Plan` and the arrays that the tests read. */
export interface Built {
  readonly plan: Plan;
  readonly world: World;
  /** The ensemble as a simulated model. */
  readonly model: SimulatedModel;
  /** [plans][particles][D + 1] x̂ and the member. */
  readonly states: Float32Array;
  readonly mean: Float32Array;
  readonly std: Float32Array;
  readonly actions: Float32Array;
  readonly scores: Float32Array;
  readonly weights: Float32Array;
  readonly info: Float32Array;
  readonly label: Float32Array;
}

/** The particles of the plans: the start of each, once a member. */
export function statesOf(world: World, starts = world.starts): number[] {
  const members = Array.from({ length: world.particles }, (_, k) => k % world.models.length);
  return starts.flatMap((start) => members.flatMap((member) => [...normalise(world, start), member]));
}

/** Where the first particle of every plan is, in the units of its start. */
export function startsOf({ world, states }: Built): number[][] {
  const S = world.starts[0].length + 1;
  return world.starts.map((start, s) =>
    start.map((_, d) => {
      const scaled = Math.fround(states[s * world.particles * S + d] / world.scale[d]);
      return Math.fround(scaled + world.shift[d]);
    }),
  );
}

/** Bins of each group of the habit: the choices, or the bins of a dimension. */
export function groupsOf({ groups, isDiscrete, bins, mean, horizon }: World): readonly number[] {
  const A = mean[0].length / horizon;
  return groups ?? (isDiscrete ? [A] : new Array<number>(A).fill(bins));
}

/** ρ of four candidates each, in turn. */
export function persistencesOf({ correlation }: World): readonly number[] {
  return typeof correlation === "number" ? [0, 1, 2, 3].map(() => correlation) : correlation;
}

/** The plan of a world; whatever a kernel has to write first is NaN. */
export function buildPlan(core: Core, world: World): Built {
  const D = world.starts[0].length;
  const A = world.mean[0].length / world.horizon;
  const { plans, particles, seed, mask } = world;
  const groups = groupsOf(world);
  const tiles = tilesFor(plans * world.candidates);
  const unset = (size: number) => core.f32(size).fill(Number.NaN);
  const model = buildEnsemble(core, world);
  const arrays = {
    mean: core.f32(world.mean.flat()),
    std: core.f32(world.std.flat()),
    actions: unset(tiles * world.horizon * pad4(A) * TILE),
    scores: unset(tiles * TILE),
    weights: unset(tiles * TILE),
    info: unset(plans * 4),
    label: unset(plans * sum(groups)),
  };
  const states = core.f32(statesOf(world));
  const { candidates, horizon, habitCandidates, discount, temperature, informationWeight } = world;
  const { essShare, minimumStd, uniformShare, stream, step } = world;
  const { stopEvery, stopShare } = world;
  const plan = allocatePlan(core);
  setPlan(core, plan, {
    ...{ plans, candidates, horizon, particles, habitCandidates },
    ...{ groups: groups.length, sizes: core.u32(groups), ...(mask && { mask: core.f32(mask.flat()) }) },
    ...{ discount, temperature, informationWeight, essShare, minimumStd, uniformShare },
    ignoresRewards: Number(world.ignoresRewards),
    ...{ stopEvery, stopShare, sharesDraws: Number(world.sharesDraws) },
    persistence: core.f32(persistencesOf(world)),
    ...{ stream, step, ...arrays },
    actionSize: A,
    isDiscrete: Number(world.isDiscrete),
    usesInformation: Number(world.usesInformation),
    usesValue: Number(world.usesValue),
    seedLow: seed[0],
    seedHigh: seed[1],
    model: model.words,
    guide: buildGuide(core, world).words,
    beliefStates: states,
    action: unset(pad4(A) * TILE),
    noise: unset(Math.max(D, 2 * A) * TILE),
    observations: unset(particles * world.models.length * (D + 1) * TILE),
  });
  const sizes = cloudSizes(core, plan);
  setPlan(core, plan, { clouds: unset(sizes.clouds * TILE), rows: unset(sizes.rows * TILE) });
  return { plan, world, model, states, ...arrays };
}

const shapeOf = (core: Core, network: Network) =>
  core.u32(shapeValues(widthsOf(network), network.activation));
const parametersOf = (core: Core, ...networks: readonly Network[]) =>
  core.f32(networks.flatMap(({ layers }) => packNetwork(layers)));

/** The habit and the value of a world. */
function buildGuide(core: Core, { habit, value, valueMean, valueStd, valueLow = 0, valueHigh = 0 }: World) {
  const unset = (size: number) => core.f32(size).fill(Number.NaN);
  const guide = allocateGuideRecord(core);
  setGuide(core, guide, {
    habitShape: shapeOf(core, habit),
    habitParameters: parametersOf(core, habit),
    valueShape: shapeOf(core, value),
    valueParameters: parametersOf(core, value),
    ...{ valueMean, valueStd, valueLow, valueHigh },
    hidden: unset(2 * pad4(Math.max(...[habit, value].flatMap(widthsOf))) * TILE),
    output: unset(pad4(habit.layers.at(-1)?.bias.length ?? 0) * TILE),
  });
  return guide;
}

/** The models of a world as an ensemble that plans simulate. */
export function buildEnsemble(core: Core, world: World): SimulatedModel {
  const D = world.starts[0].length;
  const A = world.mean[0].length / world.horizon;
  const { lowSlope, highSlope } = world;
  const { models, likelihoodNoise, rewardMean, rewardStd, rewardLow, rewardHigh, endingMean, endingStd } =
    world;
  const E = models.length;
  const outputs = models.map((model) => widthsOf(model).at(-1));
  if (outputs.some((count) => count !== headSize(D)))
    throw new RangeError(`models: expected ${headSize(D)} outputs, got ${outputs}`);
  const unset = (size: number) => core.f32(size).fill(Number.NaN);
  const ensemble = allocateEnsembleRecord(core);
  setEnsemble(core, ensemble, {
    ...{
      observationSize: D,
      actionSize: A,
      members: E,
      hasEndings: Number(world.hasEndings),
      likelihoodNoise,
    },
    ...{ rewardMean, rewardStd, lowSlope, highSlope, rewardLow, rewardHigh, endingMean, endingStd },
    stepScale: core.f32(world.stepScale),
    ...(world.choices.some((n) => n > 1) && { choices: core.u32(world.choices) }),
    shape: shapeOf(core, models[0]),
    parameters: parametersOf(core, ...models),
    stride: parameterCount(widthsOf(models[0])) * 4,
    input: unset(pad4(D + A) * TILE),
    heads: unset((E + 1) * pad4(headSize(D)) * TILE),
    hidden: unset(2 * pad4(Math.max(...widthsOf(models[0]))) * TILE),
    ratioWorkspace: unset(E * (2 * (D + 1) + 2) * TILE),
    ...(world.novelty && {
      noveltyShape: shapeOf(core, world.novelty),
      noveltyParameters: parametersOf(core, world.novelty),
      novelty: unset(3 * pad4(Math.max(...widthsOf(world.novelty))) * TILE),
    }),
  });
  const model = allocateSimulatedModel(core);
  setSimulatedModel(core, model, {
    kind: MODEL_KINDS.ensemble,
    stateRows: D + 1,
    actionSize: A,
    observationSize: D,
    usesNoise: Number(world.usesNoise),
    firstMember: world.firstMember,
    learned: ensemble.words,
  });
  return model;
}

/** Where u (or the one-hot's entry) of an action lies in `actions`. */
export function actionIndex(
  { world }: Built,
  plan: number,
  candidate: number,
  time: number,
  a: number,
): number {
  const A = world.mean[0].length / world.horizon;
  const lane = plan * world.candidates + candidate;
  return ((Math.floor(lane / TILE) * world.horizon + time) * pad4(A) + a) * TILE + (lane % TILE);
}

/** u of a candidate (or its one-hots), [H][A]. */
export function actionsOf(built: Built, plan: number, candidate: number): Rows {
  const { horizon, mean } = built.world;
  const A = mean[0].length / horizon;
  return Array.from({ length: horizon }, (_, time) =>
    Array.from({ length: A }, (_, a) => built.actions[actionIndex(built, plan, candidate, time, a)]),
  );
}

/** Every candidate of a plan. */
export function candidatesOf(built: Built, plan: number): Rows[] {
  return Array.from({ length: built.world.candidates }, (_, candidate) => actionsOf(built, plan, candidate));
}

/** Gives a candidate its u (or one-hots), [H][A]. */
export function setActions(built: Built, plan: number, candidate: number, u: Rows): void {
  u.forEach((action, time) => {
    action.forEach((value, a) => {
      built.actions[actionIndex(built, plan, candidate, time, a)] = value;
    });
  });
}

/** The scores, weights, … of one plan's candidates. */
export function ofPlan({ world }: Built, values: Float32Array, plan: number): number[] {
  return [...values.subarray(plan * world.candidates, (plan + 1) * world.candidates)];
}
