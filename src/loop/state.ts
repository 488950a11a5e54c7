import type { Agent } from "../agent/interface.ts";
import type { Environment } from "../environments/environment.ts";
import { checkedWorld } from "./answers.ts";
import type { Finished, Limits } from "./limits.ts";
import { guarded, type Occupant } from "./occupancy.ts";
import { type EpisodeReport, noSums, type StepReport, type Sums } from "./report.ts";
import type { Trace } from "./trace.ts";
import { createWalk, noPlace, type Place, type Walk } from "./walk.ts";

/** What a run calls back: each call is awaited. */
export interface Callbacks {
  /** Called after each action, with what came of it. */
  readonly onStep?: ((step: StepReport) => unknown) | undefined;
  /** Called after each episode, also a last, cut-short one that ends with a step: the agent is as it learned from it. */
  readonly onEpisode?: ((report: EpisodeReport, agent: Agent) => unknown) | undefined;
}

/** What a run was asked for. */
export interface RunSettings extends Limits, Callbacks {
  readonly steps: number;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/** What a run is at its beginning, or where it was saved: plain data. */
export interface Progress extends Finished {
  /** Environment steps of this run. */
  steps: number;
  /** Of the running episode. */
  sums: Sums;
  /** Episodes in succession that a reading ended which was no number to learn from. */
  faults: number;
}

/** What a run holds. */
export interface RunState {
  readonly agent: Agent;
  readonly settings: RunSettings;
  readonly walk: Walk;
  readonly progress: Progress;
  readonly occupant: Occupant;
  isStepping: boolean;
  /** Whether a report has told of the newest episode, or there was none. */
  isReported: boolean;
}

/** Where a run is. */
export interface Whereabouts {
  readonly progress: Progress;
  readonly place: Place;
  /** How it came there; undefined in a world that can be copied. */
  readonly trace: Trace | undefined;
}

/** The beginning of a run in an environment. */
export function beginning({ save, load }: Environment): Whereabouts {
  const trace = save && load ? undefined : { actions: [], answers: [] };
  return { progress: { steps: 0, sums: noSums(), faults: 0 }, place: noPlace(), trace };
}

export function createState(
  agent: Agent,
  environment: Environment,
  settings: RunSettings,
  { progress, place, trace }: Whereabouts,
  lane = 0,
): RunState {
  const occupant = { environment, agent, lane, place, isWaiting: false, isOver: false };
  const seeing = { mayMiss: agent.options.model === "latent" };
  const world = checkedWorld(guarded(occupant, settings.signal), place, seeing);
  const walk = createWalk(world, agent.options.actionRepeat, { place, trace });
  return { agent, settings, walk, progress, occupant, isStepping: false, isReported: !place.isRunning };
}
