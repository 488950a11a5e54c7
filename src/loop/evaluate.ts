import type { Habit } from "../agent/habit.ts";
import type { Agent } from "../agent/interface.ts";
import { EVALUATION_LANE } from "../agent/lane.ts";
import { expectFunction, expectInteger, expectKnownNames, expectSignal } from "../core/expect.ts";
import { ABANDONED, isPromise } from "../core/promises.ts";
import type { Environment } from "../environments/environment.ts";
import { checkedWorld } from "./answers.ts";
import { expectFree, expectOccupied, expectWorldOf, guarded, occupy } from "./occupancy.ts";
import { type EvaluationPolicy, isAgent, policyOf, walkerOf } from "./policies.ts";
import { turnWhenDue } from "./turns.ts";
import { createWalk, decide, noPlace, type Walker } from "./walk.ts";

/** What {@link evaluate} finds. */
export interface Evaluation {
  /** How the actions were chosen. */
  readonly policy: EvaluationPolicy;
  /** Of each episode: the sum of its rewards, undiscounted. */
  readonly returns: readonly number[];
  /** Of each episode: its environment steps. */
  readonly lengths: readonly number[];
  /** The mean of `returns`; NaN when `signal` was aborted before the first episode was over. */
  readonly meanReturn: number;
  /** Of the mean; 0 for one episode. */
  readonly standardError: number;
  /** Mean wall-clock time of `act`, in µs; NaN when there was none. */
  readonly microsecondsPerAction: number;
}

/** Options of {@link evaluate}. */
export interface EvaluateOptions {
  /** Episodes, ≥ 1. Default 10. */
  readonly episodes?: number;
  /** Episode i = 0, 1, … is reset with `seed + i`: a whole number ≥ 0. Default 1000. */
  readonly seed?: number;
  /** By planning, by the habit alone, or at random, to compare with. Default "plan"; of a habit "habit". */
  readonly policy?: EvaluationPolicy;
  /** Stops after the current action, for which it waits one second at most; an episode that it cuts short does not count. */
  readonly signal?: AbortSignal;
  /** Called after each episode with its number, from 1, and its return; awaited. */
  readonly onEpisode?: (episode: number, episodeReturn: number) => unknown;
}

const OPTIONS = [
  "episodes",
  "seed",
  "policy",
  "signal",
  "onEpisode",
] as const satisfies readonly (keyof EvaluateOptions)[];

/**
 * Runs episodes without learning or exploring. Every episode must end: the environment has to report `terminated` or
 * `truncated`; otherwise only `signal` ends the evaluation. The agent's own running episode is not affected.
 *
 * An exported habit can be evaluated, too. "random" is the baseline that any policy has to beat; its actions follow from `seed`.
 *
 *   meanReturn = 1/N Σ_i R_i,   standardError = √( Σ_i (R_i − meanReturn)² / (N − 1) / N )
 *
 * @throws RangeError when `episodes` is not a whole number ≥ 1; TypeError for an unknown option; whatever `act` and the environment throw
 *
 * @example
 * const environment = await createEnvironment("pendulum");
 * const agent = await createAgent(environment, { seed: 1 });
 * const { returns } = await evaluate(agent, environment, { episodes: 2, policy: "habit" });
 * returns.length; // 2
 */
export async function evaluate(
  agent: Agent | Habit,
  environment: Environment,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  expectKnownNames("options", options, OPTIONS);
  const { episodes = 10, seed = 1000, signal, onEpisode } = options;
  expectInteger("episodes", episodes, 1);
  expectInteger("seed", seed, 0, Number.MAX_SAFE_INTEGER - episodes);
  expectSignal("signal", signal);
  expectFunction("onEpisode", onEpisode);
  expectWorldOf(agent, environment);
  const policy = policyOf(agent, options.policy);
  expectFree(environment);
  const place = noPlace();
  const own = agent as Agent; // occupancy asks for its identity alone
  const occupant = { environment, agent: own, lane: EVALUATION_LANE, place, isWaiting: false, isOver: false };
  const settings = isAgent(agent) ? agent.options : { model: "observed", actionRepeat: agent.actionRepeat };
  const seeing = { mayMiss: settings.model === "latent" };
  const world = checkedWorld(guarded(occupant, signal), place, seeing);
  const walk = createWalk(world, settings.actionRepeat, { place });
  const { walker, acting } = timed(await walkerOf(agent, environment, { policy, seed }));
  const seedOf = (episode: number) => seed + episode - 1;
  const returns: number[] = [];
  const lengths: number[] = [];
  try {
    while (returns.length < episodes && !signal?.aborted) {
      if (place.isRunning) expectOccupied(occupant);
      else occupy(occupant);
      const pending = decide(walk, walker, seedOf);
      if (isPromise(pending)) await pending;
      const { isRunning, length, return: sum } = place;
      if (!isRunning) {
        returns.push(sum);
        lengths.push(length);
        await onEpisode?.(returns.length, sum);
      }
      const turn = turnWhenDue();
      if (turn !== undefined) await turn;
    }
  } catch (error) {
    if (error !== ABANDONED) throw error;
  } finally {
    occupant.isOver = true;
  }
  walker.reset();
  return {
    policy,
    returns,
    lengths,
    ...momentsOf(returns),
    microsecondsPerAction: (1000 * acting.milliseconds) / acting.actions,
  };
}

/** What acts, and what that has taken so far. */
function timed(actor: Walker) {
  const acting = { milliseconds: 0, actions: 0 };
  const walker: Walker = {
    reset: () => actor.reset(),
    act(observation, reward, actionMask) {
      const start = performance.now();
      const action = actor.act(observation, reward, actionMask);
      acting.milliseconds += performance.now() - start;
      acting.actions++;
      return action;
    },
  };
  return { walker, acting };
}

/** Mean and its standard error. */
export function momentsOf(returns: readonly number[]): { meanReturn: number; standardError: number } {
  const N = returns.length;
  const meanReturn = returns.reduce((sum, value) => sum + value, 0) / N;
  const squares = returns.reduce((sum, value) => sum + (value - meanReturn) ** 2, 0);
  return { meanReturn, standardError: N > 1 ? Math.sqrt(squares / (N - 1) / N) : 0 };
}
