import type { Agent } from "../agent/interface.ts";
import { expectFunction, expectInteger, expectKnownNames, expectSignal, shown } from "../core/expect.ts";
import type { Environment, Space } from "../environments/environment.ts";
import { expectWorldOf } from "./occupancy.ts";
import type { EpisodeReport, StepReport } from "./report.ts";
import { type NotAwaited, notAwaited, type Run, runOf } from "./run.ts";
import { beginning, createState, type RunSettings } from "./state.ts";
import type { TrainableVector } from "./vectorEnvironment.ts";
import type { VectorRun } from "./vectorRun.ts";

/** Options of {@link train}. */
export interface TrainOptions<A extends Space = Space> {
  /** Environment steps of the run, ≥ 0; the last action may exceed them when actions repeat. Default 2000. */
  readonly steps?: number;
  /**
   * An integer ≥ 0. The seed of each episode follows from it and from the number of episodes that the agent has begun so far, so
   * that an agent that continues, or was loaded, gets new starts. Default: the agent's seed.
   */
  readonly seed?: number;
  /** Stops after the current step, for which it waits one second at most; nothing that was learned is lost. */
  readonly signal?: AbortSignal;
  /** Number of complete episodes after which the run is over, ≥ 0; `steps` then has no default. */
  readonly episodes?: number;
  /** A return: the run is over once the last five episodes reach it on average (five of each copy of a world). They include exploration. */
  readonly target?: number;
  /**
   * Called after each action, and awaited: to draw, to slow down, to pause. Its argument is what {@link Run.step} returns:
   * observation, action, reward, next observation, and with the last step of an episode its report.
   */
  readonly onStep?: (step: StepReport<A>) => unknown;
  /** Called after each episode, and awaited: to keep the best agent (`agent.save()`), to evaluate it, to log. */
  readonly onEpisode?: (report: EpisodeReport, agent: Agent<A>) => unknown;
}

const OPTIONS = [
  "steps",
  "seed",
  "signal",
  "episodes",
  "target",
  "onStep",
  "onEpisode",
] as const satisfies readonly (keyof TrainOptions)[];

/**
 * The EM loop: plans, acts, observes and learns, one `act` and one `learn` an action. It is a {@link Run}: iterate it
 * for a report of each episode (the last may be cut short), or call `step` for one action. Nothing happens before that; awaiting
 * the run throws. It begins with a new episode. `train` may be called again, and learning continues: twice 200 steps are once 400,
 * to the bit, if an episode ends at the 200th.
 *
 * A number that cannot be learned from (NaN, ±Infinity, beyond 1e18) ends its episode as truncated, and the report
 * names it (`fault`); after three such episodes in succession `train` throws. An error of the world is thrown on, with
 * the step in its `cause`. Observations and actions are copied, so a world may reuse its arrays.
 *
 * A `vectorEnvironment` (`generative-agent/environments`) runs all its copies at once: a step takes one action in each, planned in
 * one call; then the agent learns from all transitions. Episodes are numbered across all copies.
 *
 * @throws RangeError when `steps` is not a whole number ≥ 0; TypeError for an unknown option, or an environment that is a
 *         Promise
 *
 * @example
 * const environment = await createEnvironment("pendulum");
 * const agent = await createAgent(environment, { seed: 1 });
 * for await (const { episode, return: sum } of train(agent, environment, { steps: 200 })) console.log(episode, sum);
 * agent.steps; // 200
 */
export function train(
  agent: Agent,
  environment: TrainableVector,
  options?: TrainOptions,
): VectorRun & NotAwaited;
export function train<A extends Space>(
  agent: Agent<A>,
  environment: Environment<A>,
  options?: TrainOptions<A>,
): Run<StepReport<A>> & NotAwaited;
export function train(
  agent: Agent,
  environment: Environment | TrainableVector,
  options: TrainOptions = {},
): (Run | VectorRun) & NotAwaited {
  expectKnownNames("options", options, OPTIONS);
  expectWorldOf(agent, environment as Environment);
  const settings = settingsOf(options, { steps: 2000, seed: agent.options.seed });
  if ("sideBySide" in environment) {
    const { stateOf, runOf: vectorRunOf } = environment.sideBySide;
    return notAwaited(vectorRunOf(stateOf(agent, environment.copies, settings)));
  }
  return notAwaited(runOf(createState(agent, environment, settings, beginning(environment))));
}

/** Options of a run, each of which may be undefined. */
type Asked = { readonly [Name in keyof TrainOptions]?: TrainOptions[Name] | undefined };

/**
 * What a run is asked for, checked.
 *
 * @param defaults `steps` where there is no limit on the episodes either
 */
export function settingsOf(
  { steps, seed, signal, episodes, target, onStep, onEpisode }: Asked,
  defaults: { readonly steps: number; readonly seed: number },
): RunSettings {
  const most = steps ?? (episodes === undefined ? defaults.steps : Number.MAX_SAFE_INTEGER);
  expectInteger("steps", most, 0);
  expectInteger("seed", seed ?? defaults.seed, 0);
  if (episodes !== undefined) expectInteger("episodes", episodes, 0);
  if (target !== undefined && !Number.isFinite(target))
    throw new RangeError(`target: expected a finite return, got ${shown(target)}`);
  expectSignal("signal", signal);
  expectFunction("onStep", onStep);
  expectFunction("onEpisode", onEpisode);
  return { steps: most, seed: seed ?? defaults.seed, signal, episodes, target, onStep, onEpisode };
}
