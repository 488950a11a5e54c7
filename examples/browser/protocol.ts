/** What the page and the agent's side (a worker, or the main thread in slices) tell each other. */
import type { Bound } from "generative-agent";
import type { Finding, Policy } from "generative-agent/types";
import type { LinkedRun } from "../../src/runs/link.ts";

/** From the page. */
export type Command =
  | { readonly kind: "begin"; readonly task: string; readonly seed: number }
  | { readonly kind: "load"; readonly task: string; readonly seed: number; readonly bytes: Uint8Array }
  | { readonly kind: "restart" }
  | { readonly kind: "run"; readonly isRunning: boolean }
  | { readonly kind: "pace"; readonly pace: Pace }
  | { readonly kind: "policy"; readonly policy: Policy }
  | { readonly kind: "information"; readonly weight: number }
  | { readonly kind: "save" }
  | { readonly kind: "check"; readonly run: LinkedRun };

/** Multiples of the world's own time; 0 is as fast as it goes. */
export type Pace = 1 | 4 | 0;

/** To the page. */
export type Report =
  | { readonly kind: "began"; readonly begun: Begun }
  | { readonly kind: "frame"; readonly frame: Frame }
  | { readonly kind: "episode"; readonly episode: Episode }
  | { readonly kind: "saved"; readonly bytes: Uint8Array }
  | { readonly kind: "checking"; readonly check: Check }
  | { readonly kind: "failed"; readonly message: string };

/** How far a run has been trained anew. */
export interface Check {
  readonly steps: number;
  /** Returns of the episodes that are over, as they came out here. */
  readonly returns: readonly number[];
  /** Of those, how many are the same to the bit. */
  readonly same: number;
  /** Undefined while it goes on. */
  readonly verdict: "same" | "different" | undefined;
}

/** An agent has begun to live in a world. */
export interface Begun {
  readonly task: string;
  readonly seed: number;
  /** Transitions that it had learned from before. */
  readonly steps: number;
  /** Steps at random before the first plan. */
  readonly warmup: number;
  readonly informationWeight: number;
}

/** The world and the agent's mind after one decision. */
export interface Frame {
  /** Transitions learned from. */
  readonly steps: number;
  /** 1, 2, 3 … */
  readonly episode: number;
  readonly isFirst: boolean;
  /** The true state before the decision and after it, as the world knows it. */
  readonly before: readonly number[];
  readonly state: readonly number[];
  /** The first coordinate of the action, or the choice. */
  readonly action: number;
  /** Sum of rewards of the episode so far. */
  readonly sum: number;
  /** How the action was chosen. */
  readonly chosen: "at random" | Policy;
  /** The terms of the bound at this step; none where nothing is learned. */
  readonly bound: Bound | undefined;
  readonly fan: Fan | undefined;
  readonly belief: SeenBelief | undefined;
}

/** Imagined trajectories. */
export interface Fan {
  readonly candidates: number;
  readonly horizon: number;
  /** [candidates][horizon + 1][size]. */
  readonly observations: Float32Array;
  readonly size: number;
  /** [candidates]. */
  readonly weights: Float32Array;
  /** [candidates] from 0 to 1: how much of what sets a trajectory apart is information rather than reward. */
  readonly curiosity: Float32Array;
}

/** A belief as it can be drawn. */
export interface SeenBelief {
  /** [N] the hidden quantity as a linear fit reads it off each particle. */
  readonly readings: Float32Array;
  readonly weights: Float32Array;
  readonly truth: number;
}

export interface Episode {
  readonly episode: number;
  readonly steps: number;
  readonly return: number;
  readonly policy: Policy;
  /** What keeps the agent from learning, where it was asked. */
  readonly findings: readonly Finding[];
}
