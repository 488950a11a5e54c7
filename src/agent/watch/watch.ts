/** What a diagnosis reads of an agent: the shell's part, and a mind's. */
import { createEpisodes, type Episodes } from "./episodes.ts";
import type { ForesightEvidence } from "./foresight.ts";
import { createPlans, type Plans } from "./plans.ts";

/** What the shell watches while an agent runs: nothing that it does depends on it, and it is not saved. */
export interface Watch {
  readonly episodes: Episodes;
  readonly plans: Plans;
}

/** @param lanes running episodes; `labels`: of the habit */
export function createWatch(lanes: number, labels: number): Watch {
  return { episodes: createEpisodes(lanes), plans: createPlans(labels) };
}

/** What a mind has seen and expects. */
export interface MindEvidence {
  /** The least and the greatest reward so far; infinite before the first. */
  readonly rewardLow: number;
  readonly rewardHigh: number;
  /** Steps at which the world ended. */
  readonly terminations: number;
  /** D, numbers of an observation; and how many of them varied. */
  readonly dimensions: number;
  readonly varied: number;
  /** How well the last steps were predicted; undefined where the mind does not tell. */
  readonly foresight: ForesightEvidence | undefined;
  /** Compares plans with random actions in the model, which takes as long as some plans; undefined where the mind does not. */
  readonly compare: (() => Comparison) | undefined;
}

/** What plans gain over random actions in the model, at remembered states. */
export interface Comparison {
  /** Plans that were compared. */
  readonly plans: number;
  /** Mean gain, and its standard error, in shares of the spread of returns. */
  readonly gain: number;
  readonly error: number;
}
