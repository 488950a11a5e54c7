/** A planning problem over beliefs, and the kernels' `Plan` made of it. */
import type { Core } from "../../src/core/core.ts";
import type { Instance } from "../../src/core/fields.ts";
import type { PlanValues } from "../../src/core/generated/records.ts";
import { allocatePlan, cloudSizes, type Plan, setPlan } from "../../src/core/planner.ts";
import { normal, uniform } from "../../src/core/random.ts";
import { pad4, TILE, tilesFor } from "../../src/core/tiles.ts";
import type { Simulation } from "../../src/models/simulation.ts";
import type { Rows } from "../reference/arrays.ts";
import type { BeliefDraws } from "../reference/belief.ts";

/** Settings of a problem; numbers go into the plan as they are. */
export interface Problem {
  readonly plans: number;
  readonly candidates: number;
  readonly horizon: number;
  /** [plans] M states each. */
  readonly states: readonly Rows[];
  /** [plans][M] */
  readonly logWeights: Rows;
  readonly numbers: Partial<PlanValues>;
}

/** A known model; or a learned one, whose value and habit are a guide's. */
export interface Guided extends Simulation {
  readonly guide?: Instance;
}

export interface BuiltBelief {
  readonly plan: Plan;
  readonly problem: Problem;
  readonly known: Simulation;
  readonly mean: Float32Array;
  readonly std: Float32Array;
  readonly actions: Float32Array;
  readonly scores: Float32Array;
  readonly weights: Float32Array;
  readonly priorRatios: Float32Array;
  readonly baselines: Float32Array;
  readonly info: Float32Array;
  readonly label: Float32Array;
  readonly temperatures: Float32Array;
}

const BINS = 11;

/** The plan of a problem; whatever a kernel has to write first is NaN. */
export function buildBelief(core: Core, known: Guided, problem: Problem, isSequential = false): BuiltBelief {
  const { plans, candidates, horizon, states, logWeights, numbers } = problem;
  const { actionSize: A, isDiscrete, stateSize } = known;
  const M = states[0].length;
  const groups = isDiscrete ? [A] : new Array<number>(A).fill(BINS);
  const tiles = tilesFor(plans * candidates);
  const unset = (size: number) => core.f32(size).fill(Number.NaN);
  const arrays = {
    mean: core.f32(plans * horizon * A).fill(isDiscrete ? 1 / A : 0),
    std: core.f32(plans * horizon * A).fill(1),
    actions: unset(tiles * horizon * pad4(A) * TILE),
    scores: unset(tiles * TILE),
    weights: unset(tiles * TILE),
    priorRatios: unset(tiles * TILE),
    baselines: unset(tiles * TILE),
    info: unset(plans * 4),
    label: unset(plans * groups.reduce((total, n) => total + n, 0)),
    temperatures: unset(plans),
  };
  const plan = allocatePlan(core);
  setPlan(core, plan, {
    plans,
    candidates,
    horizon,
    actionSize: A,
    isDiscrete: Number(isDiscrete),
    particles: M,
    groups: groups.length,
    sizes: core.u32(groups),
    usesInformation: 1,
    usesValue: Number(known.hasValue),
    discount: 1,
    temperature: 1,
    informationWeight: 1,
    essShare: 0,
    minimumStd: 1e-3,
    seedLow: 1,
    model: known.record.words,
    ...(known.guide && { guide: known.guide.words }),
    conditionsOnBelief: 1,
    contrasts: 3,
    priorStd: 1,
    broadStd: 3,
    drawsCentre: Number(isSequential),
    ...arrays,
    beliefStates: core.f32(states.flat(2)),
    beliefLogWeights: core.f32(logWeights.flat()),
    targets: unset(tiles * TILE),
    ancestors: core.u32(candidates),
    spare: unset(candidates),
    features: unset(pad4(stateSize) * TILE),
    action: unset(pad4(A) * TILE),
    noise: unset(Math.max(stateSize, horizon) * TILE),
    observations: unset(M * known.observationWidth * TILE),
    ...numbers,
  });
  const sizes = cloudSizes(core, plan);
  setPlan(core, plan, {
    clouds: unset(sizes.clouds * TILE * (isSequential ? tiles : 1)),
    heads: unset(sizes.heads * TILE),
    rows: unset(sizes.rows * TILE),
  });
  return { plan, problem, known, ...arrays };
}

/** One plan whose M particles are all at `state`, equally likely. */
export function certain(
  state: readonly number[],
  M: number,
): Pick<Problem, "plans" | "states" | "logWeights"> {
  return {
    plans: 1,
    states: [Array.from({ length: M }, () => [...state])],
    logWeights: [new Array(M).fill(0)],
  };
}

/** Where a value of a candidate's action lies in `actions`. */
export function actionPlace({ known, problem }: BuiltBelief, lane: number, time: number, a: number): number {
  const tile = Math.floor(lane / TILE);
  return ((tile * problem.horizon + time) * pad4(known.actionSize) + a) * TILE + (lane % TILE);
}

/** u of a lane (or its one-hots), [H][A]. */
export function laneActions(built: BuiltBelief, lane: number): Rows {
  return Array.from({ length: built.problem.horizon }, (_, time) =>
    Array.from(
      { length: built.known.actionSize },
      (_, a) => built.actions[actionPlace(built, lane, time, a)],
    ),
  );
}

/** Gives every lane the same discrete actions, or what `u` says of a lane. */
export function setLaneActions(built: BuiltBelief, u: (lane: number) => Rows): void {
  const { plans, candidates } = built.problem;
  for (let lane = 0; lane < tilesFor(plans * candidates) * TILE; lane++)
    u(lane).forEach((action, time) => {
      action.forEach((value, a) => {
        built.actions[actionPlace(built, lane, time, a)] = value;
      });
    });
}

export function oneHot(k: number, K: number): number[] {
  return Array.from({ length: K }, (_, i) => Number(i === k));
}

/** Streams of `assembly/planner/plan.ts`. */
const [RATIO, MEMBER, MODEL] = [2, 3, 5];

/** The random numbers of one lane of the kernel, at plan stream 0 and step 0 with seed 1. */
export function drawsOfLane(
  core: Core,
  { known, problem }: BuiltBelief,
  { lane, slots, isTabular }: { readonly lane: number; readonly slots: number; readonly isTabular: boolean },
): BeliefDraws {
  const M = problem.states[0].length;
  const X = known.observationWidth;
  const clock = (time: number) => Math.floor(lane / TILE) * problem.horizon + time;
  const rows = (draw: typeof normal, stream: number, tile: number, count: number) =>
    core.scope(() => {
      const values = draw(core, core.f32(count * TILE), 1, 0, stream, tile, 0);
      return Array.from({ length: count }, (_, r) => values[r * TILE + (lane % TILE)]);
    });
  return {
    noise: (k, slot, time) =>
      rows(isTabular ? uniform : normal, MODEL + k * slots + slot, clock(time), known.stateSize),
    epsilon: (k, time) =>
      rows(isTabular ? uniform : normal, RATIO, clock(time), M * X).slice(k * X, (k + 1) * X),
    reward: (k, time) => rows(normal, MEMBER, clock(time) * M + k, 1)[0],
  };
}
