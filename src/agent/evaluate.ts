import { expectInteger } from "../core/expect.ts";
import type { Environment } from "../environments/environment.ts";
import type { Policy } from "./act.ts";
import type { Agent } from "./agent.ts";
import { repeatAction } from "./repeatAction.ts";
import { nextTurn } from "./train.ts";

export interface Evaluation {
  readonly policy: Policy;
  /** Of each episode: its sum of rewards, and its steps. */
  readonly returns: readonly number[];
  readonly lengths: readonly number[];
  readonly meanReturn: number;
  /** Of the mean: standard deviation / √episodes; 0 for a single episode. */
  readonly standardError: number;
  readonly microsecondsPerAction: number;
}

export interface EvaluateOptions {
  /** Default 10. */
  readonly episodes?: number;
  /** Episode i is reset with `seed + i`. Default 1000. */
  readonly seed?: number;
  /** Default "plan". */
  readonly policy?: Policy;
  /** Stops after the episode under way. */
  readonly signal?: AbortSignal;
  readonly onEpisode?: (episode: number, episodeReturn: number) => void;
}

/** Runs episodes without learning or exploring. */
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
    for (let isOver = false; !isOver; length += world.length) {
      const start = performance.now();
      const action = agent.act(observation, { policy });
      milliseconds += performance.now() - start;
      actions++;
      const step = world.step(action);
      observation = step.observation;
      sum += step.reward;
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
