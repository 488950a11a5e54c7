import { Counted } from "../core/counted.ts";
import { shown } from "../core/expect.ts";
import { pad4 } from "../core/tiles.ts";
import { arraysOf } from "../core/tree.ts";
import type { Planner } from "../inference/plan.ts";
import type { Round } from "../inference/planner.ts";
import type { Bound } from "../learning/bound.ts";
import type { Memory } from "../models/network.ts";
import type { BeliefSummary, ChosenBy } from "./interface.ts";

/** What an episode's step tells a belief. */
export interface Evidence {
  /** [A] the action that led here, as the model reads it; not read at the first step. */
  readonly action: Float32Array;
  /** [X] in its own units, counted from the mind's origin; NaN where nothing was seen. */
  readonly observation: Float32Array;
  /** The reward that came with the observation; undefined where it is not known. */
  readonly reward: number | undefined;
}

/** The two terms of the bound that a belief's step has; 0 where it does not weigh. */
export type StateTerms = Pick<Bound, "informationGain" | "stateConsistency">;

/** q(z_t) of one running episode. */
export interface LaneBelief {
  /** What changes of it, but for work. */
  readonly state: object;
  /** Forgets what was seen: the next update is the first of an episode. */
  reset(): void;
  /** Takes in a step. No two updates of an episode have the same `step`: the draws follow it. */
  update(evidence: Evidence, step: number): StateTerms;
  /** Writes where plans begin: the planner's states, all of equal weight. Draws follow stream and step. */
  particles(planner: Planner, draws: Pick<Round, "stream" | "step">): void;
  /** Writes what habit and value read of it. @param out [pad4(F)] */
  features(out: Float32Array): void;
  /** The belief in numbers; undefined before the first update, and where it is the observation itself. */
  summary(): BeliefSummary | undefined;
}

/** One running episode of an agent. */
export interface Lane {
  readonly belief: LaneBelief;
  /** The running plan, and what the last one found. */
  readonly planner: Planner;
  /** [X] what the last action was chosen at, counted from the mind's origin. */
  readonly observation: Float32Array;
  /** [pad4(F)] what habit and value read of the belief then. */
  readonly features: Float32Array;
  /** [A] the last action as the model reads it. */
  readonly action: Float32Array;
  readonly counts: {
    /** Reward that came with the newest observation; NaN where it is not known. */
    reward: number;
    /** Of the belief's last step. */
    terms: StateTerms;
    /** Actions so far. */
    actions: number;
    /** Whether an observation of this episode is remembered, and the episode goes on. */
    isRemembered: boolean;
    /** How the last action was chosen; nobody chose before the first. */
    chosenBy: ChosenBy | "nobody";
    /** Whether the last action's plan is yet to be remembered. */
    hasLesson: boolean;
    /** Whether it is known that something else was done than the last action that was chosen. */
    isOverruled: boolean;
  };
}

/** Of an agent with a belief: the episode of its own, and one that is reserved for evaluation. */
export const LANES = 2;
/** The lane that is reserved for evaluation, counted from the end. */
export const EVALUATION_LANE = -1;

/** The counts of an episode that begins. */
const beginning = (): Lane["counts"] => ({
  ...{ reward: Number.NaN, terms: { informationGain: 0, stateConsistency: 0 }, actions: 0 },
  ...{ isRemembered: false, chosenBy: "nobody", hasLesson: false, isOverruled: false },
});

/** Arrays of a lane: those that the kernels read, beside its planner's. */
export function allocateFeatures(memory: Memory, featureSize: number): Float32Array {
  return memory.f32(pad4(featureSize));
}

/** A lane at the start of an episode. @param allocate makes its own arrays, beside the kernels' memory */
export function createLane(
  parts: Pick<Lane, "belief" | "planner" | "features">,
  observationSize: number,
  allocate = (size: number): Float32Array => new Float32Array(size),
): Lane {
  const lane = {
    ...parts,
    observation: allocate(observationSize),
    action: allocate(parts.planner.model.coding.size),
    counts: beginning(),
  };
  resetLane(lane);
  return lane;
}

/** What a lane would be in a tree that is only measured. @param state of its belief, which does nothing else */
export function measureLane(
  parts: Pick<Lane, "planner" | "features">,
  observationSize: number,
  state: object = {},
): object {
  const belief = { state, reset() {} } as unknown as LaneBelief;
  const allocate = (size: number) => new Counted(size) as unknown as Float32Array;
  return createLane({ ...parts, belief }, observationSize, allocate);
}

/** Begins a new episode: nothing of the last one stays. */
export function resetLane(lane: Lane): void {
  const { belief, planner, observation, action, features } = lane;
  belief.reset();
  const { model: _model, ...plan } = planner;
  for (const { kind, array } of arraysOf({ belief: belief.state, plan, observation, action, features }))
    if (kind === "saved") array.fill(0);
  Object.assign(lane.counts, beginning());
}

/** @throws RangeError when there is no such lane */
export function laneAt(lanes: readonly Lane[], index: number): Lane {
  const lane = Number.isInteger(index) ? lanes.at(index) : undefined;
  if (lane !== undefined) return lane;
  const { length } = lanes;
  throw new RangeError(`lane: expected a whole number in [${-length}, ${length - 1}], got ${shown(index)}`);
}

/** Writes an observation, counted from the origin. @param seen [X] written */
export function enterObservation(
  seen: Float32Array,
  observation: ArrayLike<number>,
  origin: readonly number[],
): void {
  for (let d = 0; d < seen.length; d++) seen[d] = observation[d] - origin[d];
}

/**
 * The posterior of the last action, once: where it was planned at this very observation, and was not yet remembered.
 *
 * @param observation [X] in its own units
 * @param origin      [X] of the mind
 * @returns [labels], or undefined
 */
export function takeLesson(
  lane: Lane,
  observation: ArrayLike<number>,
  origin: readonly number[],
): Float32Array | undefined {
  const { counts, planner } = lane;
  const isPlannedHere = counts.hasLesson && wasActedAt(lane, observation, origin);
  counts.hasLesson = false;
  return isPlannedHere ? planner.label : undefined;
}

/** Takes in what was done; where that is not what was chosen at this very observation, the running plan ends. @param encode writes it, [A] */
export function followAction(
  lane: Lane,
  { observation, origin }: { readonly observation: ArrayLike<number>; readonly origin: readonly number[] },
  encode: (out: Float32Array) => void,
): void {
  const { action, counts } = lane;
  const chosen = action.slice();
  encode(action);
  if (action.some((value, a) => value !== chosen[a]) && wasActedAt(lane, observation, origin))
    counts.isOverruled = true;
}

/** Whether the last action was chosen at this observation. @param origin [X] of the mind */
export function wasActedAt(lane: Lane, observation: ArrayLike<number>, origin: readonly number[]): boolean {
  return lane.observation.every((value, d) => isSame(value, observation[d] - origin[d]));
}

/** Whether both are the same number, or both are not seen. */
function isSame(value: number, other: number): boolean {
  return value === Math.fround(other) || (Number.isNaN(value) && Number.isNaN(other));
}
