import { damagedFile, type Tensor } from "../../core/safetensors.ts";
import { type Archive, restore, writeArchive } from "../archive.ts";
import { type Options, resolveOptions } from "../options.ts";
import { createLatentState, type LatentState } from "./state.ts";

export const LATENT_FORMAT = "generative-agent/latent/2";

/** The arrays that an agent is made of, by name; tables only as far as they are filled. */
function tensorsOf({ model, learner, lessons, sequences, settings }: LatentState): Record<string, Tensor> {
  const { rows } = sequences.counts;
  const tensors: Record<string, Tensor> = {
    "value.slow": model.slowValue.parameters,
    "observation.std": model.observationStd,
    "sequences.table": sequences.table.subarray(0, rows * sequences.stride),
    "sequences.ages": sequences.ages.subarray(0, rows),
    "sequences.terminals": sequences.terminals,
    ...(settings.trustRegion > 0 && { "habit.slow": lessons.trust.slow }),
    // what the value's unit follows
    "lessons.target": lessons.target,
    "lessons.known": lessons.known,
  };
  for (const [name, { network, first, second }] of Object.entries(learner.descents)) {
    tensors[`${name}.parameters`] = network.parameters;
    tensors[`${name}.adam.first`] = first;
    tensors[`${name}.adam.second`] = second;
  }
  for (const name of ["habit", "value"] as const) {
    tensors[`${name}.parameters`] = model[name].parameters;
    tensors[`${name}.adam.first`] = lessons[name].first;
    tensors[`${name}.adam.second`] = lessons[name].second;
  }
  for (const [name, { shift, scale }] of Object.entries(model.scales)) {
    tensors[`scales.${name}.shift`] = shift;
    tensors[`scales.${name}.scale`] = scale;
  }
  return tensors;
}

/** The counters of each part. */
function countsOf({ counts, schedule, learner, lessons, sequences }: LatentState) {
  return {
    agent: counts,
    schedule: schedule.counts,
    learner: learner.counts,
    lessons: lessons.counts,
    sequences: sequences.counts,
  };
}

/** The agent as a safetensors file; settings, spaces and counters are its metadata. */
export function serialiseLatent(state: LatentState): Uint8Array {
  const { settings, spaces } = state;
  const counts = countsOf(state);
  return writeArchive(tensorsOf(state), { format: LATENT_FORMAT, settings, spaces, counts });
}

/** @throws Error when the archive is no such agent of this version */
export async function deserialiseLatent(archive: Archive): Promise<LatentState> {
  const spaces = archive.spaces();
  const settings = resolveOptions(archive.settings<Options>(), spaces);
  if (settings.model !== "latent") throw damagedFile(`its model is ${settings.model}`);
  const state = await createLatentState(spaces, settings);
  restore(archive, countsOf(state), () => tensorsOf(state));
  return state;
}
