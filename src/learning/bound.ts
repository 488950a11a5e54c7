import type { Core } from "../core/core.ts";
import { categoricalDivergence, realisedRatio } from "../core/information.ts";
import { mlpPredictRow, widestHidden } from "../core/mlp.ts";
import { pad4 } from "../core/tiles.ts";
import type { GenerativeModel, ModelSizes } from "../models/generativeModel.ts";
import type { Memory } from "../models/network.ts";

/** The four terms of the bound [E5], in nats; `total` is their sum. */
export interface Bound {
  /** r / η. */
  readonly reward: number;
  readonly informationGain: number;
  readonly stateConsistency: number;
  readonly actionConsistency: number;
  readonly total: number;
}

/** Workspaces of the bound, each a row. */
export type BoundWorkspace = ReturnType<typeof allocateBoundWorkspace>;

export function allocateBoundWorkspace(
  memory: Memory,
  { observationSize: D, coding, members, hidden }: ModelSizes,
) {
  return {
    /** [D + A] normalised inputs of the model. */
    input: memory.f32(pad4(D + coding.size)),
    /** [D + 1] normalised target. */
    target: memory.f32(D + 1),
    heads: memory.f32(members * pad4(2 * (D + 1) + 1)),
    logits: memory.f32(pad4(coding.groups * coding.bins)),
    hidden: memory.f32(2 * widestHidden([0, ...hidden, 0])),
    ratio: memory.f32(2),
  };
}

/**
 * The terms of the bound at one transition, before learning from it.
 *
 * @param row    [x, a, x' − x, r, …] as the experience keeps it
 * @param label  the planner's posterior of the action, or undefined when it was not planned (then the term is 0)
 */
export function boundOf(
  core: Core,
  { dynamics, habit, statistics, sizes }: GenerativeModel,
  { input, target, heads, logits, hidden, ratio }: BoundWorkspace,
  row: Float32Array,
  { label, noise, temperature }: { label: Float32Array | undefined; noise: number; temperature: number },
): Bound {
  const { observationSize: D, coding, members } = sizes;
  const { inputShift, inputScale, targetShift, targetScale } = statistics;
  const rows = pad4(2 * (D + 1) + 1);
  for (let i = 0; i < D + coding.size; i++) input[i] = (row[i] - inputShift[i]) * inputScale[i];
  for (let d = 0; d <= D; d++) target[d] = (row[D + coding.size + d] - targetShift[d]) * targetScale[d];
  dynamics.members.forEach((parameters, e) => {
    mlpPredictRow(core, heads.subarray(e * rows, (e + 1) * rows), input, hidden, parameters, dynamics.shape);
  });
  const [informationGain, stateConsistency] = realisedRatio(core, ratio, heads, target, {
    noise,
    members,
    width: D + 1,
    rows,
  });
  let actionConsistency = 0;
  if (label !== undefined) {
    mlpPredictRow(core, logits, input, hidden, habit.parameters, habit.shape);
    const groups = { groups: coding.groups, bins: coding.bins };
    actionConsistency = -categoricalDivergence(core, label, logits.subarray(0, label.length), groups);
  }
  const reward = row[2 * D + coding.size] / temperature;
  const total = reward + informationGain + stateConsistency + actionConsistency;
  return { reward, informationGain, stateConsistency, actionConsistency, total };
}
