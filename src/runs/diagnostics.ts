/** What the plans of an episode were like, for a human to see. Reading it changes nothing: the same bits follow. */
import { type Chooser, chooseFromHabit, chooseFromPlan } from "../agent/choose.ts";
import type { Agent } from "../agent/interface.ts";
import type { LatentState } from "../agent/latent/state.ts";
import type { ObservedState } from "../agent/observed/state.ts";
import type { Action, Space } from "../environments/environment.ts";
import { temperatureOf } from "../inference/planner.ts";

/** Means over the steps of an episode that were planned, and what the run has seen so far. NaN (null in a log): there was none. */
export interface Diagnostics {
  /** Steps of the episode whose action was planned. */
  readonly planned: number;
  /**
   * How much the habit's action is the plan's, 0 … 1: the share of equal choices, or 1 less the distance as a share of the
   * bounds. Near 1: planning adds little to what was distilled.
   */
  readonly habitAgreement: number;
  /** Standard deviation of the scores of a plan's sequences, over the temperature. Near 0: all count alike; far above 1: few count. */
  readonly scoreSpread: number;
  /** Sequences that count, 1 … `candidates`. */
  readonly effectiveSampleSize: number;
  /** Particles of the belief that count, 1 … 32; NaN for an agent that observes the state. */
  readonly beliefSampleSize: number;
  /** Steps of the run so far whose reward was not that of the first one. */
  readonly rewarding: number;
  /** Steps of the run so far at which the world ended. */
  readonly terminal: number;
}

/** What one plan was like. */
type PlanReading = Pick<
  Diagnostics,
  "habitAgreement" | "scoreSpread" | "effectiveSampleSize" | "beliefSampleSize"
>;

/** Sums over a running episode, and counts of the run: plain data. */
export interface DiagnosticSums {
  planned: number;
  habitAgreement: number;
  scoreSpread: number;
  effectiveSampleSize: number;
  beliefSampleSize: number;
  rewarding: number;
  terminal: number;
  firstReward: number | null;
}

const MEANS = ["habitAgreement", "scoreSpread", "effectiveSampleSize", "beliefSampleSize"] as const;

/** The sums at the beginning of a run. */
export function noDiagnostics(): DiagnosticSums {
  const none = { planned: 0, habitAgreement: 0, scoreSpread: 0, effectiveSampleSize: 0, beliefSampleSize: 0 };
  return { ...none, rewarding: 0, terminal: 0, firstReward: null };
}

/** Sums that were kept as JSON, which writes null for NaN. */
export function restoreDiagnostics(kept: DiagnosticSums): DiagnosticSums {
  const sums = { ...kept };
  for (const name of MEANS) sums[name] ??= Number.NaN;
  return sums;
}

/** Adds the plan of a step. */
export function addPlan(sums: DiagnosticSums, reading: PlanReading | undefined): void {
  if (reading === undefined) return;
  sums.planned++;
  for (const name of MEANS) sums[name] += reading[name];
}

/** Adds what came of a step. */
export function addOutcome(
  sums: DiagnosticSums,
  { reward, terminated }: { readonly reward: number; readonly terminated: boolean },
): void {
  sums.firstReward ??= reward;
  if (reward !== sums.firstReward) sums.rewarding++;
  if (terminated) sums.terminal++;
}

/** The diagnostics of the episode so far. */
export function diagnosticsOf(sums: DiagnosticSums): Diagnostics {
  const { planned, rewarding, terminal } = sums;
  const means = Object.fromEntries(MEANS.map((name) => [name, sums[name] / planned]));
  return { planned, ...(means as unknown as PlanReading), rewarding, terminal };
}

/** Begins another episode. */
export function clearPlans(sums: DiagnosticSums): void {
  sums.planned = 0;
  for (const name of MEANS) sums[name] = 0;
}

/** What the plan of the last action was like; undefined where it was not planned. Valid between `act` and `learn`. */
export function readPlan(agent: Agent): PlanReading | undefined {
  const { lanes, work, core, seed, model, settings } = agent.state as ObservedState | LatentState;
  const lane = lanes?.[0];
  if (lane?.counts.chosenBy !== "plan") return undefined;
  const { planner, features, belief } = lane;
  const chooser = { core, seed, coding: model.sizes.coding, row: work.row };
  const [, tempering, effectiveSampleSize] = planner.info;
  const scores = work.workspaces.scores.subarray(0, settings.candidates);
  return {
    habitAgreement: agreement(
      agent.spaces.actionSpace,
      chooseFromPlan(chooser as Chooser, planner, undefined),
      chooseFromHabit(chooser as Chooser, model, features, undefined),
    ),
    scoreSpread: deviationOf(scores) / (temperatureOf(planner) / tempering),
    effectiveSampleSize,
    beliefSampleSize: belief.summary()?.effectiveSampleSize ?? Number.NaN,
  };
}

/** Standard deviation of the finite values. */
function deviationOf(values: Float32Array): number {
  let [count, mean, squares] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    const distance = value - mean;
    mean += distance / ++count;
    squares += distance * (value - mean);
  }
  return Math.sqrt(squares / count);
}

/** How alike two actions are, 0 … 1. */
export function agreement(space: Space, one: Action, other: Action): number {
  if (typeof one === "number" || typeof other === "number") return Number(one === other);
  let sum = 0;
  for (let i = 0; i < one.length; i++) {
    const distance = Math.abs(one[i] - other[i]);
    sum += space.kind === "box" ? distance / (space.high[i] - space.low[i]) : Number(distance > 0);
  }
  return 1 - sum / one.length;
}
