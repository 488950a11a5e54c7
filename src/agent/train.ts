import { expectInteger, expectKnownNames } from "../core/expect.ts";
import type { Environment } from "../environments/environment.ts";
import type { Bound } from "../learning/bound.ts";
import type { Agent } from "./interface.ts";
import { repeatAction } from "./repeatAction.ts";

/** What {@link train} yields after each episode. */
export interface EpisodeReport {
  /** 1, 2, 3 … */
  readonly episode: number;
  /** Environment steps in this call so far; one action is `options.actionRepeat` of them. */
  readonly steps: number;
  /** Environment steps of the episode. */
  readonly length: number;
  /** Sum of its rewards, undiscounted. */
  readonly return: number;
  /** Whether the world ended the episode. */
  readonly terminated: boolean;
  /** Whether the world's time limit ended it. Both are false for an episode that `steps` or `signal` cut short. */
  readonly truncated: boolean;
  /** The terms of the bound, in nats, averaged over the episode's actions. */
  readonly bound: Bound;
  /** Of the episode's last update (as {@link UpdateInfo.modelError}); NaN when it had none. */
  readonly modelError: number;
}

/** Options of {@link train}. */
export interface TrainOptions {
  /** Environment steps in this call, ≥ 0; the last action may exceed them when actions repeat. Default 2000. */
  readonly steps?: number;
  /**
   * Seed of the environment's first episode, a whole number ≥ 0; the following continue its generator. Default: the agent's.
   * An agent that goes on, or was loaded, meets the same starts again unless it is given another.
   */
  readonly seed?: number;
  /** Stops after the step under way; what was learned stays. */
  readonly signal?: AbortSignal;
  /** Called after each action with the number of steps taken in this call. */
  readonly onStep?: (steps: number) => void;
}

const OPTIONS = ["steps", "seed", "signal", "onStep"] as const satisfies readonly (keyof TrainOptions)[];

/** Actions between two visits to the event loop, so that timers, signals and pages stay alive. */
const STEPS_PER_TURN = 16;

/**
 * The EM loop: plans, acts, observes and learns, one `act` and one `learn` an action; yields after each episode (also a
 * last, cut-short one). Nothing happens until it is iterated. It begins with a new episode and may be called again: learning goes on.
 *
 * @throws RangeError when `steps` is not a whole number ≥ 0; TypeError for an unknown option; whatever `act`, `learn` and the environment throw
 *
 * @example
 * const environment = await createEnvironment("pendulum");
 * const agent = await createAgent(environment, { seed: 1 });
 * for await (const { episode, return: sum } of train(agent, environment, { steps: 200 })) console.log(episode, sum);
 * agent.steps; // 200
 */
export async function* train(
  agent: Agent,
  environment: Environment,
  options: TrainOptions = {},
): AsyncGenerator<EpisodeReport> {
  expectKnownNames("options", options, OPTIONS);
  const { steps = 2000, seed = agent.options.seed, signal, onStep } = options;
  expectInteger("steps", steps, 0);
  const world = repeatAction(environment, agent.options.actionRepeat);
  let taken = 0;
  for (let episode = 1; taken < steps && !signal?.aborted; episode++) {
    let { observation } = world.reset(episode === 1 ? { seed } : {});
    agent.reset();
    const terms = { reward: 0, informationGain: 0, stateConsistency: 0, actionConsistency: 0, total: 0 };
    let length = 0;
    let decisions = 0;
    let sum = 0;
    let modelError = Number.NaN;
    let terminated = false;
    let truncated = false;
    while (!terminated && !truncated && taken < steps && !signal?.aborted) {
      const action = agent.act(observation, { explore: true });
      const step = world.step(action);
      const info = agent.learn({ ...step, observation, action, nextObservation: step.observation });
      for (const name of Object.keys(terms) as (keyof Bound)[]) terms[name] += info.bound[name];
      ({ observation, terminated, truncated } = step);
      if (!Number.isNaN(info.modelError)) modelError = info.modelError;
      sum += step.reward;
      decisions++;
      length += world.length;
      taken += world.length;
      onStep?.(taken);
      if (decisions % STEPS_PER_TURN === 0) await nextTurn();
    }
    for (const name of Object.keys(terms) as (keyof Bound)[]) terms[name] /= decisions;
    yield {
      episode,
      steps: taken,
      length,
      return: sum,
      terminated,
      truncated,
      bound: terms,
      modelError,
    };
  }
}

/** Lets other work of the event loop happen. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
