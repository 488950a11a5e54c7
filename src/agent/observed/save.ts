import { damagedFile, type Tensor } from "../../core/safetensors.ts";
import { type Archive, restore, writeArchive } from "../archive.ts";
import { type Options, resolveOptions } from "../options.ts";
import { createObservedState, type ObservedState } from "./state.ts";

export const AGENT_FORMAT = "generative-agent/2";

/** The arrays that an agent is made of, by name; tables only as far as they are filled. */
function tensorsOf({
  model,
  learner,
  experience,
  lessons,
  valueLessons,
  settings,
}: ObservedState): Record<string, Tensor> {
  const { dynamics, habit, value, slowValue, statistics } = model;
  return {
    "dynamics.parameters": dynamics.parameters,
    "dynamics.adam.first": learner.dynamics.first,
    "dynamics.adam.second": learner.dynamics.second,
    "habit.parameters": habit.parameters,
    "habit.adam.first": learner.habit.first,
    "habit.adam.second": learner.habit.second,
    ...(settings.trustRegion > 0 && { "habit.slow": learner.trust.slow }),
    "value.parameters": value.parameters,
    "value.slow": slowValue.parameters,
    "value.adam.first": learner.value.first,
    "value.adam.second": learner.value.second,
    "statistics.inputShift": statistics.inputShift,
    "statistics.inputScale": statistics.inputScale,
    "statistics.targetShift": statistics.targetShift,
    "statistics.targetScale": statistics.targetScale,
    "statistics.stepScale": statistics.stepScale,
    "statistics.ending.shift": statistics.ending.shift,
    "statistics.ending.scale": statistics.ending.scale,
    "statistics.value.shift": statistics.value.shift,
    "statistics.value.scale": statistics.value.scale,
    "experience.table": experience.table.subarray(0, experience.counts.rows * experience.stride),
    "experience.terminals": experience.terminals,
    "lessons.table": lessons.table.subarray(0, lessons.counts.rows * lessons.stride),
    "valueLessons.table": valueLessons.table.subarray(0, valueLessons.counts.rows * valueLessons.stride),
  };
}

/** The counters of each part. */
function countsOf({ counts, schedule, learner, experience, lessons, valueLessons }: ObservedState) {
  return {
    agent: counts,
    schedule: schedule.counts,
    learner: learner.counts,
    experience: experience.counts,
    lessons: lessons.counts,
    valueLessons: valueLessons.counts,
  };
}

/** The agent as a safetensors file; settings, spaces and counters are its metadata. */
export function serialise(state: ObservedState): Uint8Array {
  const { settings, spaces } = state;
  return writeArchive(tensorsOf(state), { format: AGENT_FORMAT, settings, spaces, counts: countsOf(state) });
}

/** @throws Error when the archive is no agent of this version */
export async function deserialise(archive: Archive): Promise<ObservedState> {
  if (archive.format !== AGENT_FORMAT)
    throw new Error(`agent: expected the format ${AGENT_FORMAT}, got ${archive.format}`);
  const spaces = archive.spaces();
  const settings = resolveOptions(archive.settings<Options>(), spaces);
  if (settings.model !== "observed") throw damagedFile(`its model is ${settings.model}`);
  const state = await createObservedState(spaces, settings);
  restore(archive, countsOf(state), () => tensorsOf(state));
  return state;
}
