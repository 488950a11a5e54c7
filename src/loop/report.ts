import type { Finding } from "../agent/diagnose.ts";
import type { Transition } from "../agent/transition.ts";
import type { ActionOf, Info, Space } from "../environments/environment.ts";
import type { Bound } from "../learning/bound.ts";
import type { UpdateInfo } from "../learning/schedule.ts";
import type { Place } from "./walk.ts";

/** What a `Run` reports about an episode. */
export interface EpisodeReport {
  /** 1, 2, 3 … */
  readonly episode: number;
  /** Environment steps of the run so far; one action is `options.actionRepeat` of them. */
  readonly steps: number;
  /** Environment steps of the episode. */
  readonly length: number;
  /** Sum of its rewards, undiscounted. */
  readonly return: number;
  /** Whether the world ended the episode. */
  readonly terminated: boolean;
  /** Whether the world's time limit ended it, or an error or `signal` cut it short. Both are false for one that `steps` cut short. */
  readonly truncated: boolean;
  /** Which reading ended it, where one was no number to learn from: it then counts as truncated, and was not learned from. */
  readonly fault?: string;
  /** The terms of the bound, in nats, averaged over the episode's actions that were learned from. */
  readonly bound: Bound;
  /** Of the episode's last update (as {@link UpdateInfo.modelError}); NaN when it had none. */
  readonly modelError: number;
  /** What is odd about the world, each told once (as {@link UpdateInfo.warnings}), and whether updates were undone; left out where nothing is. */
  readonly warnings?: readonly string[];
  /** What keeps the agent from learning (`diagnose`), where it was asked after this episode, which is every 400 actions or later, and found something. */
  readonly findings?: readonly Finding[];
}

/**
 * What a `Run` reports about a step: the transition, and where it led. Where a reading ended the episode (`episodeReport.fault`), the
 * transition is as it came, but truncated; where it was one of `reset`, there was no action, and the arrays are empty.
 */
export interface StepReport<A extends Space = Space> extends Omit<Transition, "action"> {
  /** What the agent did; its type follows from the space. */
  readonly action: ActionOf<A>;
  /** The world's `info`. */
  readonly info: Info | undefined;
  /** Environment steps of the run so far. */
  readonly steps: number;
  /** 1, 2, 3 … */
  readonly episode: number;
  /** Sum of the episode's rewards so far, undiscounted. */
  readonly return: number;
  /** The bound's terms at this step; undefined where nothing was learned from it. */
  readonly bound: Bound | undefined;
  /** The report of the episode, with its last step, or with the last one of the run. */
  readonly episodeReport: EpisodeReport | undefined;
}

/** What is summed over an episode: plain data, so that it can be saved. */
export interface Sums {
  bound: { -readonly [Term in keyof Bound]: number };
  /** Actions that were learned from. */
  learned: number;
  modelError: number;
  /** What was told in the episode, if anything. */
  warnings?: readonly string[];
}

export function noSums(): Sums {
  const bound = { reward: 0, informationGain: 0, stateConsistency: 0, actionConsistency: 0, total: 0 };
  return { bound, learned: 0, modelError: Number.NaN };
}

/** Adds what was learned from one action. */
export function addLearned(
  sums: Sums,
  { bound, modelError }: { readonly bound: Bound } & Pick<UpdateInfo, "modelError">,
): void {
  for (const name of Object.keys(bound) as (keyof Bound)[]) sums.bound[name] += bound[name];
  if (!Number.isNaN(modelError)) sums.modelError = modelError;
  sums.learned++;
}

/** What an update tells of networks that could not follow. */
const UNDONE =
  "update: a gradient was not finite, and changed nothing; numbers of the world lie too far apart";

/** Adds what an update told: each sentence once an episode. */
export function addWarnings(sums: Sums, { warnings, undone }: Pick<UpdateInfo, "warnings" | "undone">): void {
  if (warnings.length === 0 && undone === 0) return;
  const told = sums.warnings ?? [];
  const news = [...warnings, ...(undone > 0 ? [UNDONE] : [])].filter((sentence) => !told.includes(sentence));
  sums.warnings = [...told, ...news];
}

/** The report of an episode that is over, or cut short. */
export function reportOf(
  { episode, length, return: sum }: Place,
  { bound, learned, modelError, warnings }: Sums,
  {
    steps,
    terminated,
    truncated,
    fault,
    findings = [],
  }: Pick<EpisodeReport, "steps" | "terminated" | "truncated" | "findings"> & {
    readonly fault?: string | undefined;
  },
): EpisodeReport {
  const mean = Object.fromEntries(Object.entries(bound).map(([name, value]) => [name, value / learned]));
  return {
    episode,
    steps,
    length,
    return: sum,
    terminated,
    truncated,
    ...(fault !== undefined && { fault }),
    bound: mean as unknown as Bound,
    modelError,
    ...(warnings !== undefined && { warnings }),
    ...(findings.length > 0 && { findings }),
  };
}
