import type { Environment } from "../environments/environment.ts";
import type { Agent, Bound, Policy } from "./agent.ts";

/** What `train` yields after each episode. */
export interface EpisodeReport {
  /** 1, 2, 3 … */
  readonly episode: number;
  /** Environment steps of the agent so far. */
  readonly steps: number;
  readonly length: number;
  /** Sum of rewards. */
  readonly return: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
  /** The terms of the bound, averaged over the episode's steps. */
  readonly bound: Bound;
  readonly modelError: number;
}

export interface TrainOptions {
  /** Environment steps in this call. Default 2,000. */
  readonly steps?: number;
  /** Seed of the environment's episodes. Default: the agent's. */
  readonly seed?: number;
  /** Stops after the step under way; what was learned stays. */
  readonly signal?: AbortSignal;
  /** Called after each step with the number of steps taken in this call. */
  readonly onStep?: (steps: number) => void;
}

/** The EM loop [E6]: acts, observes and learns; yields after each episode (also a last, cut-short one). */
export declare function train(
  agent: Agent,
  environment: Environment,
  options?: TrainOptions,
): AsyncGenerator<EpisodeReport>;

export interface Evaluation {
  readonly policy: Policy;
  readonly returns: readonly number[];
  readonly lengths: readonly number[];
  readonly meanReturn: number;
  readonly standardError: number;
  readonly microsecondsPerAction: number;
}

export interface EvaluateOptions {
  /** Default 10. */
  readonly episodes?: number;
  /** Episode i is reset with `seed + i`. Default 1000. */
  readonly seed?: number;
  readonly policy?: Policy;
  readonly signal?: AbortSignal;
  readonly onEpisode?: (episode: number, episodeReturn: number) => void;
}

/** Runs episodes without learning or exploring. */
export declare function evaluate(
  agent: Agent,
  environment: Environment,
  options?: EvaluateOptions,
): Promise<Evaluation>;
