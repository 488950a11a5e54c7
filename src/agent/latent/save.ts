import { setLatentModel } from "../../core/latent.ts";
import { readSafetensors, type Tensor, writeSafetensors } from "../../core/safetensors.ts";
import { replaceInfinity, reviveInfinity } from "../save.ts";
import { resolveLatentOptions } from "./options.ts";
import { createLatentState, type LatentState } from "./state.ts";

export const LATENT_FORMAT = "generative-agent/latent/1";

/** The arrays that an agent is made of, by name; tables only as far as they are filled. */
function tensorsOf({ model, learner, lessons, sequences }: LatentState): Record<string, Tensor> {
  const { rows } = sequences.counts;
  const tensors: Record<string, Tensor> = {
    "value.slow": model.slowValue.parameters,
    "observation.std": model.observationStd,
    "sequences.table": sequences.table.subarray(0, rows * sequences.stride),
    "sequences.ages": sequences.ages.subarray(0, rows),
    "sequences.terminals": sequences.terminals,
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

/** The agent as a safetensors file; settings, spaces and counters are its metadata. */
export function serialiseLatent(state: LatentState): Uint8Array {
  const { settings, spaces, counts, learner, lessons, sequences } = state;
  const all = {
    agent: counts,
    learner: learner.counts,
    lessons: lessons.counts,
    sequences: sequences.counts,
  };
  return writeSafetensors(tensorsOf(state), {
    format: LATENT_FORMAT,
    settings: JSON.stringify(settings, replaceInfinity),
    spaces: JSON.stringify(spaces, replaceInfinity),
    counts: JSON.stringify(all, replaceInfinity),
  });
}

/** @throws Error when the bytes are no such agent of this version */
export async function deserialiseLatent(bytes: Uint8Array): Promise<LatentState> {
  const { tensors, metadata } = readSafetensors(bytes);
  const parse = (name: string) => JSON.parse(metadata[name] ?? "null", reviveInfinity);
  const state = await createLatentState(parse("spaces"), resolveLatentOptions(parse("settings")));
  const counts = parse("counts");
  Object.assign(state.counts, counts.agent);
  Object.assign(state.learner.counts, counts.learner);
  Object.assign(state.lessons.counts, counts.lessons);
  Object.assign(state.sequences.counts, counts.sequences);
  for (const [name, target] of Object.entries(tensorsOf(state))) {
    const source = tensors[name];
    if (source?.length !== target.length)
      throw new Error(`agent: expected ${target.length} values in ${name}, got ${source?.length ?? "none"}`);
    target.set(source);
  }
  setLatentModel(state.core, state.model.record, scaleFields(state));
  return state;
}

/** How far outside the rewards seen a simulated reward may lie, as a share of their range. */
const REWARD_MARGIN = 0.3;

/** What the kernels know of the model's units: it follows from scales and counts. */
export function scaleFields({ model, sequences, counts }: LatentState) {
  const { reward, ending, value } = model.scales;
  const margin = REWARD_MARGIN * (counts.rewardHigh - counts.rewardLow);
  return {
    hasEndings: Number(sequences.counts.terminations > 0),
    rewardMean: reward.shift[0],
    rewardStd: 1 / reward.scale[0],
    rewardLow: counts.rewardLow - margin,
    rewardHigh: counts.rewardHigh + margin,
    endingMean: ending.shift[0],
    endingStd: 1 / ending.scale[0],
    valueMean: value.shift[0],
    valueStd: 1 / value.scale[0],
  };
}
