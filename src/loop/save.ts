import { damagedFile, readSafetensors, writeSafetensors } from "../core/safetensors.ts";
import type { Limits } from "./limits.ts";
import { expectOccupied } from "./occupancy.ts";
import { decodePlain, encodePlain } from "./plain.ts";
import { noSums } from "./report.ts";
import type { Progress, RunState } from "./state.ts";
import type { Trace } from "./trace.ts";
import type { Place } from "./walk.ts";

const FORMAT = "generative-agent/run/1";

/** What is saved of a run beside its agent. */
export interface SavedRun {
  readonly format: string;
  readonly settings: { readonly steps: number; readonly seed: number } & Limits;
  readonly progress: Progress;
  /** One for each environment. */
  readonly lanes: readonly SavedLane[];
}

/** Where a run is in one environment. */
export interface SavedLane {
  /** Of each of several environments; that of a single one is the run's. */
  readonly progress?: Progress;
  readonly place: Place;
  /** What the environment's `save` answered in the middle of an episode; undefined in one that cannot be copied. */
  readonly world: unknown;
  readonly trace: Trace | undefined;
}

/** The agent's file, with the run in its metadata. */
export function saveRun(state: RunState): Uint8Array {
  return write(state, state.progress, () => [savedLane(state)]);
}

/** The same of a run in several environments. */
export function saveStates(
  lanes: readonly RunState[],
  run: Pick<RunState, "agent" | "settings" | "isStepping"> & { readonly steps: number },
): Uint8Array {
  const progress = { steps: run.steps, sums: noSums(), faults: 0 };
  return write(run, progress, () => lanes.map((lane) => ({ ...savedLane(lane), progress: lane.progress })));
}

function savedLane({ walk: { place, trace }, occupant }: RunState): SavedLane {
  if (place.isRunning) expectOccupied(occupant);
  const world = place.isRunning && trace === undefined ? occupant.environment.save?.() : undefined;
  return { place, world, trace };
}

function write(
  { agent, settings, isStepping }: Pick<RunState, "agent" | "settings" | "isStepping">,
  progress: Progress,
  lanes: () => readonly SavedLane[],
): Uint8Array {
  if (isStepping) throw new Error("save: expected the step to be over, got one that is under way; await it");
  const run: SavedRun = {
    format: FORMAT,
    settings: {
      ...{ steps: settings.steps, seed: settings.seed },
      ...(settings.episodes !== undefined && { episodes: settings.episodes }),
      ...(settings.target !== undefined && { target: settings.target }),
    },
    progress,
    lanes: lanes(),
  };
  const { tensors, metadata } = readSafetensors(agent.save());
  return writeSafetensors(tensors, { ...metadata, run: encodePlain("run", run) });
}

/** What {@link saveRun} wrote beside the agent. @throws Error when it is no run of this version */
export function readRun(bytes: Uint8Array | ArrayBuffer): SavedRun {
  const text = readSafetensors(bytes).metadata.run;
  if (text === undefined)
    throw new Error("bytes: expected a run, as its `save` writes it, got an agent alone");
  let run: Partial<SavedRun> | undefined;
  try {
    run = decodePlain(text) as Partial<SavedRun>;
  } catch (cause) {
    throw damagedFile("run is no JSON", cause);
  }
  if (run?.format !== FORMAT) throw new Error(`run: expected the format ${FORMAT}, got ${run?.format}`);
  return run as SavedRun;
}
