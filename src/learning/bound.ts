import { compressed } from "../core/compress.ts";
import type { Core } from "../core/core.ts";
import { categoricalDivergence, realisedRatio } from "../core/information.ts";
import { mlpPredictRow, widestHidden } from "../core/mlp.ts";
import { pad4 } from "../core/tiles.ts";
import { type GenerativeModel, headSize, type ModelSizes } from "../models/generativeModel.ts";
import type { Memory } from "../models/network.ts";
import { bounded, STATE_BOUND } from "../models/statistics.ts";

/**
 * The four terms of the bound that learning raises (Marino & Yue 2019), in nats; z is the noise-free (x, r) of the next
 * step, t what was observed of it.
 *
 *   L = r / η + E_q[ log p(t | z) − log p(t) ] − KL(q(z) ‖ p_a(z)) − KL(q(a) ‖ p_a(a | x))
 *
 * An agent with a belief has its latent for z, and for t the observation and the reward.
 */
export interface Bound {
  /** r / η. */
  readonly reward: number;
  /** E_q[ log p(t | z) − log p(t) ], averaged over the members (or particles); of either sign. */
  readonly informationGain: number;
  /** −KL(q(z) ‖ p_a(z)) ≤ 0, averaged over the members; with a belief estimated by its particles. */
  readonly stateConsistency: number;
  /** −KL(q(a) ‖ p_a(a | x)) ≤ 0, of the plan from the habit. */
  readonly actionConsistency: number;
  /** The sum of the four. */
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
    heads: memory.f32(members * pad4(headSize(D))),
    logits: memory.f32(pad4(coding.labels)),
    hidden: memory.f32(2 * widestHidden([0, ...hidden, 0])),
    ratio: memory.f32(2),
  };
}

/** What a transition is judged by. */
export interface BoundContext {
  /** r, in its own units. */
  readonly reward: number;
  /** The planner's posterior of the action, or undefined when it was not planned. */
  readonly label: Float32Array | undefined;
  /** Whether the model has learned anything yet. */
  readonly isTrained: boolean;
  /** Standard deviation of the observation model, in units of the scaled target. */
  readonly noise: number;
  /** η. */
  readonly temperature: number;
}

/**
 * The terms of the bound at one transition, before learning from it. The action consistency is 0 for an action that was
 * not planned; information gain and state consistency are 0 while the model is untrained, and where the world ended
 * (the reward that ending brings has a model of its own).
 *
 * @param row  [x, a, x' − x, r less the first, terminated] as the experience keeps it
 */
export function boundOf(
  core: Core,
  model: GenerativeModel,
  workspace: BoundWorkspace,
  row: Float32Array,
  { reward, label, isTrained, noise, temperature }: BoundContext,
): Bound {
  const { observationSize: D, coding } = model.sizes;
  const { inputShift, inputScale } = model.statistics;
  const { input, ratio } = workspace;
  for (let i = 0; i < D + coding.size; i++) input[i] = bounded((row[i] - inputShift[i]) * inputScale[i]);
  const hasEnded = row[2 * D + coding.size + 1] === 1;
  if (isTrained && !hasEnded) predictionTerms(core, model, workspace, row, noise);
  else ratio.fill(0);
  const [informationGain, stateConsistency] = ratio;
  const actionConsistency = label === undefined ? 0 : -divergenceOf(core, model, workspace, label);
  const gained = reward / temperature;
  const total = gained + informationGain + stateConsistency + actionConsistency;
  return { reward: gained, informationGain, stateConsistency, actionConsistency, total };
}

/** The scaled reward that the members expected of the transition of the last bound, on average, where it was predicted. */
export function expectedReward(
  { heads }: BoundWorkspace,
  { observationSize: D, members }: Pick<ModelSizes, "observationSize" | "members">,
): number {
  const rows = heads.length / members;
  let sum = 0;
  for (let e = 0; e < members; e++) sum += heads[e * rows + D];
  return sum / members;
}

/** Leaves information gain and state consistency in `ratio`. */
function predictionTerms(
  core: Core,
  { dynamics, statistics, sizes: { observationSize: D, coding, members } }: GenerativeModel,
  { input, target, heads, hidden, ratio }: BoundWorkspace,
  row: Float32Array,
  noise: number,
): void {
  const { targetShift, targetScale, stepScale } = statistics;
  const rows = pad4(headSize(D));
  for (let d = 0; d <= D; d++) target[d] = (row[D + coding.size + d] - targetShift[d]) * targetScale[d];
  for (let d = 0; d < D; d++) target[d] = bounded(target[d], (2 * STATE_BOUND) / stepScale[d]);
  target[D] = compressed(target[D], statistics.slopes);
  dynamics.members.forEach((parameters, e) => {
    mlpPredictRow(core, heads.subarray(e * rows, (e + 1) * rows), input, hidden, parameters, dynamics.shape);
  });
  realisedRatio(core, ratio, heads, target, { noise, members, width: D + 1, rows });
}

/** KL(q(a) ‖ p_a(a | x)) */
function divergenceOf(
  core: Core,
  { habit, sizes: { coding } }: GenerativeModel,
  { input, logits, hidden }: BoundWorkspace,
  label: Float32Array,
): number {
  mlpPredictRow(core, logits, input, hidden, habit.parameters, habit.shape);
  return categoricalDivergence(core, label, logits.subarray(0, label.length), coding.groups);
}
