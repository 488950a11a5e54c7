import type { Action, Environment } from "../environments/environment.ts";
import type { AgentOptions } from "./options.ts";

/** How an action is chosen: by simulating the model, or by the distilled prior alone. */
export type Policy = "plan" | "habit";

/** One step of experience. */
export interface Transition {
  readonly observation: ArrayLike<number>;
  readonly action: Action;
  readonly reward: number;
  readonly nextObservation: ArrayLike<number>;
  readonly terminated: boolean;
  readonly truncated: boolean;
}

/** The four terms of the bound [E5], in nats; `total` is their sum. */
export interface Bound {
  readonly reward: number;
  readonly informationGain: number;
  readonly stateConsistency: number;
  readonly actionConsistency: number;
  readonly total: number;
}

/** What one `learn` did, for a human to see. */
export interface LearnInfo {
  /** The terms of the bound at this step, before learning from it. */
  readonly bound: Bound;
  /** Root mean square error of the ensemble's mean prediction, in standard deviations of the target. */
  readonly modelError: number;
}

export interface Agent {
  readonly options: Required<AgentOptions>;
  /** Environment steps learned from. */
  readonly steps: number;
  /** Forgets the running plan: a new episode begins. */
  reset(): void;
  /** The action for an observation; `explore` samples the posterior, otherwise its centre is taken. */
  act(
    observation: ArrayLike<number>,
    options?: { readonly policy?: Policy; readonly explore?: boolean },
  ): Action;
  /** Stores a transition and learns from the experience so far. */
  learn(transition: Transition): LearnInfo;
  /** The whole agent as bytes (safetensors). */
  save(): Uint8Array;
}

export declare function createAgent(
  environment: Pick<Environment, "observationSpace" | "actionSpace">,
  options?: AgentOptions,
): Promise<Agent>;

/** The agent that `save` wrote. @throws Error when the bytes are no agent of this version */
export declare function loadAgent(bytes: Uint8Array): Promise<Agent>;
