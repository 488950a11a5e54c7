import { readSafetensors, type Tensor, writeSafetensors } from "../core/safetensors.ts";
import { resolveOptions } from "./options.ts";
import { type AgentState, createState } from "./state.ts";

const FORMAT = "generative-agent/1";

/** The arrays that an agent is made of, by name; tables only as far as they are filled. */
function tensorsOf({
  model,
  learner,
  experience,
  lessons,
  valueLessons,
}: AgentState): Record<string, Tensor> {
  const { dynamics, habit, value, slowValue, statistics } = model;
  return {
    "dynamics.parameters": dynamics.parameters,
    "dynamics.adam.first": learner.dynamics.first,
    "dynamics.adam.second": learner.dynamics.second,
    "habit.parameters": habit.parameters,
    "habit.adam.first": learner.habit.first,
    "habit.adam.second": learner.habit.second,
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

/** The agent as a safetensors file; settings, spaces and counters are its metadata. */
export function serialise(state: AgentState): Uint8Array {
  const { settings, spaces, counts, learner, experience, lessons, valueLessons } = state;
  return writeSafetensors(tensorsOf(state), {
    format: FORMAT,
    settings: JSON.stringify(settings, replaceInfinity),
    spaces: JSON.stringify(spaces, replaceInfinity),
    counts: JSON.stringify(
      {
        agent: counts,
        learner: learner.counts,
        experience: experience.counts,
        lessons: lessons.counts,
        valueLessons: valueLessons.counts,
      },
      replaceInfinity,
    ),
  });
}

/** @throws Error when the bytes are no agent of this version */
export async function deserialise(bytes: Uint8Array): Promise<AgentState> {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.format !== FORMAT)
    throw new Error(`agent: expected the format ${FORMAT}, got ${metadata.format ?? "none"}`);
  const parse = (name: string) => JSON.parse(metadata[name] ?? "null", reviveInfinity);
  const state = await createState(parse("spaces"), resolveOptions(parse("settings")));
  const counts = parse("counts");
  Object.assign(state.counts, counts.agent);
  Object.assign(state.learner.counts, counts.learner);
  Object.assign(state.experience.counts, counts.experience);
  Object.assign(state.lessons.counts, counts.lessons);
  Object.assign(state.valueLessons.counts, counts.valueLessons);
  for (const [name, target] of Object.entries(tensorsOf(state))) {
    const source = tensors[name];
    if (source?.length !== target.length)
      throw new Error(`agent: expected ${target.length} values in ${name}, got ${source?.length ?? "none"}`);
    target.set(source);
  }
  return state;
}

/** JSON has no infinities: they are written as the strings "Infinity" and "-Infinity". */
export function replaceInfinity(_: string, value: unknown): unknown {
  return value === Infinity || value === -Infinity ? String(value) : value;
}

/** Reads what `replaceInfinity` wrote. */
export function reviveInfinity(_: string, value: unknown): unknown {
  return value === "Infinity" || value === "-Infinity" ? Number(value) : value;
}
