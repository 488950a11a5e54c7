import type { Action } from "../environments/environment.ts";
import { actAtRandom, actByHabit, actByPlan, beginEpisode, type Policy } from "./act.ts";
import { expectObservation, type LearnInfo, learnFrom, type Transition } from "./learn.ts";
import { type AgentOptions, resolveOptions, type Settings } from "./options.ts";
import { deserialise, serialise } from "./save.ts";
import { type AgentState, createState, type Spaces } from "./state.ts";

/** A generative agent: a learned model, a planner that simulates it, and a habit distilled from the plans. */
export interface Agent {
  readonly options: Settings;
  readonly spaces: Spaces;
  /** Transitions learned from. */
  readonly steps: number;
  /** Forgets the running plan: a new episode begins. */
  reset(): void;
  /**
   * The action for an observation, by planning or by the habit alone. `explore` draws from the posterior (at random
   * during the warm-up); otherwise its centre is taken.
   *
   * @throws TypeError or RangeError when the observation is not of the space
   */
  act(
    observation: ArrayLike<number>,
    options?: { readonly policy?: Policy; readonly explore?: boolean },
  ): Action;
  /** Stores a transition and learns from the experience so far. @throws when the transition is not of the spaces */
  learn(transition: Transition): LearnInfo;
  /** The whole agent as bytes, a safetensors file: {@link loadAgent} continues where it stood. */
  save(): Uint8Array;
}

/**
 * An untrained agent for an environment's spaces.
 *
 * @throws TypeError or RangeError that names the option or space, what was expected and what came
 *
 * @example
 * const environment = await createEnvironment("pendulum");
 * const agent = await createAgent(environment, { seed: 1 });
 * agent.act(environment.reset({ seed: 1 }).observation); // Float32Array [torque]
 */
export async function createAgent(
  { observationSpace, actionSpace }: Spaces,
  options: AgentOptions = {},
): Promise<Agent> {
  return agentOf(await createState({ observationSpace, actionSpace }, resolveOptions(options)));
}

/** The agent that `save` wrote. @throws Error when the bytes are no agent of this version */
export async function loadAgent(bytes: Uint8Array): Promise<Agent> {
  return agentOf(await deserialise(bytes));
}

function agentOf(state: AgentState): Agent {
  const { settings, spaces, counts, model } = state;
  return {
    options: settings,
    spaces,
    get steps() {
      return counts.steps;
    },
    reset: () => beginEpisode(state),
    act(observation, { policy = "plan", explore = false } = {}) {
      expectObservation("observation", observation, model.sizes.observationSize);
      if (policy === "habit") return actByHabit(state, observation, explore);
      if (policy !== "plan")
        throw new RangeError(`policy: expected "plan" or "habit", got ${String(policy)}`);
      if (explore && counts.steps < settings.warmup) return actAtRandom(state);
      return actByPlan(state, observation, explore);
    },
    learn: (transition) => learnFrom(state, transition),
    save: () => serialise(state),
  };
}
