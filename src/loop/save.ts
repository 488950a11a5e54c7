import { type Archive, readArchive } from "../agent/archive.ts";
import { holdsOf } from "../agent/hold.ts";
import { FORMAT as AGENT } from "../agent/save.ts";
import { damagedFile, FileError, quoted } from "../core/file.ts";
import { expectOccupied } from "./occupancy.ts";
import { decodePlain, encodePlain } from "./plain.ts";
import { noSums } from "./report.ts";
import { expectRun, FORMAT, type SavedLane, type SavedRun } from "./savedRun.ts";
import type { Progress, RunState } from "./state.ts";

/** The agent's file, with the run as one more text. */
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
  return holdsOf(agent).saveWith(encodePlain("run", run));
}

/** What {@link saveRun} wrote: the agent's file, and what lies beside the agent. @throws FileError when it is no run of this version */
export function readRun(bytes: Uint8Array | ArrayBuffer): {
  readonly archive: Archive;
  readonly run: SavedRun;
} {
  const archive = readArchive("agent", bytes, AGENT);
  if (archive.run === undefined)
    throw new FileError("bytes: expected a run, as its `save` writes it, got an agent alone");
  let run: unknown;
  try {
    run = decodePlain(archive.run);
  } catch (cause) {
    throw damagedFile("run is no plain data", cause);
  }
  const { format } = (run ?? {}) as Partial<SavedRun>;
  if (format !== FORMAT) throw new FileError(`run: expected the format ${FORMAT}, got ${quoted(format)}`);
  expectRun(run, archive.spaces());
  return { archive, run };
}
