import { expectInteger } from "../core/expect.ts";
import type { Environment } from "../environments/environment.ts";
import type { Policy } from "./act.ts";
import type { Agent } from "./interface.ts";
import { repeatAction } from "./repeatAction.ts";
import { nextTurn } from "./train.ts";

/** What {@link evaluate} finds. */
export interface Evaluation {
  /** How the actions were chosen. */
  readonly policy: Policy;
  /** Of each episode: the sum of its rewards, undiscounted. */
  readonly returns: readonly number[];
  /** Of each episode: its environment steps. */
  readonly lengths: readonly number[];
  /** The mean of `returns`; NaN when `signal` was aborted before the first episode. */
  readonly meanReturn: number;
  /** Of the mean; 0 for a single episode. */
  readonly standardError: number;
  /** Mean wall-clock time of `act`, in µs; NaN as `meanReturn`. */
  readonly microsecondsPerAction: number;
}

/** Options of {@link evaluate}. */
export interface EvaluateOptions {
  /** Episodes, ≥ 1. Default 10. */
  readonly episodes?: number;
  /** Episode i = 0, 1, … is reset with `seed + i`: a whole number ≥ 0. Default 1000. */
  readonly seed?: number;
  /** By planning or by the habit alone. Default "plan". */
  readonly policy?: Policy;
  /** Stops after the episode under way. */
  readonly signal?: AbortSignal;
  /** Called after each episode with its number, from 1, and its return. */
  readonly onEpisode?: (episode: number, episodeReturn: number) => void;
}

/**
 * Runs episodes without learning or exploring. Every episode must end of itself: the environment has to report
 * `terminated` or `truncated`. The agent's running plan is forgotten.
 *
 *   meanReturn = 1/N Σ_i R_i,   standardError = √( Σ_i (R_i − meanReturn)² / (N − 1) / N )
 *
 * @throws RangeError when `episodes` is not a whole number ≥ 1; whatever `act` and the environment throw
 *
 * @example
 * const environment = await createEnvironment("pendulum");
 * const agent = await createAgent(environment, { seed: 1 });
 * const { returns } = await evaluate(agent, environment, { episodes: 2, policy: "habit" });
 * returns.length; // 2
 */
export async function evaluate(
  agent: Agent,
  environment: Environment,
  { episodes = 10, seed = 1000, policy = "plan", signal, onEpisode }: EvaluateOptions = {},
): Promise<Evaluation> {
  expectInteger("episodes", episodes, 1);
  const world = repeatAction(environment, agent.options.actionRepeat);
  const returns: number[] = [];
  const lengths: number[] = [];
  let milliseconds = 0;
  let actions = 0;
  for (let i = 0; i < episodes && !signal?.aborted; i++) {
    let { observation } = world.reset({ seed: seed + i });
    agent.reset();
    let sum = 0;
    let length = 0;
    let reward: number | undefined;
    for (let isOver = false; !isOver; length += world.length) {
      const start = performance.now();
      const action = agent.act(observation, { policy, reward });
      milliseconds += performance.now() - start;
      actions++;
      const step = world.step(action);
      observation = step.observation;
      reward = step.reward;
      sum += reward;
      isOver = step.terminated || step.truncated;
    }
    returns.push(sum);
    lengths.push(length);
    onEpisode?.(i + 1, sum);
    await nextTurn();
  }
  agent.reset();
  return {
    policy,
    returns,
    lengths,
    ...momentsOf(returns),
    microsecondsPerAction: (1000 * milliseconds) / actions,
  };
}

function momentsOf(returns: readonly number[]): { meanReturn: number; standardError: number } {
  const N = returns.length;
  const meanReturn = returns.reduce((sum, value) => sum + value, 0) / N;
  const squares = returns.reduce((sum, value) => sum + (value - meanReturn) ** 2, 0);
  return { meanReturn, standardError: N > 1 ? Math.sqrt(squares / (N - 1) / N) : 0 };
}
