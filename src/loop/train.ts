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
export interface TrainOptions {
  /** Environment steps of the run, ≥ 0; the last action may exceed them when actions repeat. Default 2000. */
  readonly steps?: number;
  /**
   * The seeds that episodes begin with follow from it, a whole number ≥ 0, and from their numbers in the agent's life: one that
   * goes on, or was loaded, meets new starts. Default: the agent's.
   */
  readonly seed?: number;
  /** Stops after the step under way, for whose answer it waits a second at most; what was learned stays. */
  readonly signal?: AbortSignal;
  /** Episodes that come to their end, after which the run is over, ≥ 0; `steps` then has no default. */
  readonly episodes?: number;
  /** A return: the run is over once the newest five episodes, in which it explored, had it on average (five of each copy of a world). */
  readonly target?: number;
  /**
   * Called after each action, and awaited: to draw, to slow down, to pause. What it is given is what {@link Run.step} answers:
   * observation, action, reward, where they led, and the episode's report with its last step.
   */
  readonly onStep?: (step: StepReport) => unknown;
  /** Called after each episode, and awaited: to keep the best agent (`agent.save()`), to evaluate it, to log. */
  readonly onEpisode?: (report: EpisodeReport, agent: Agent) => unknown;
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
 * The EM loop: plans, acts, observes and learns, one `act` and one `learn` an action. It is a {@link Run}: iterated, it tells
 * of each episode (also of a last, cut-short one); or it is stepped, one action a call. Nothing happens until then: awaiting it is
 * refused. It begins
 * with a new episode and may be called again: learning goes on. Twice 200 steps are once 400, to the bit, where an episode ends
 * at the 200th.
 *
 * A number of an answer that cannot be learned from (NaN, ±Infinity, beyond 1e18) ends its episode as truncated, which the
 * report tells (`fault`); after three such episodes in succession it is thrown. What the world throws passes through, with
 * the step in its `cause`. Answers and actions are copied: a world may use its arrays again.
 *
 * Of `vectorEnvironment` (`generative-agent/environments`) it takes all copies at once: a step is a decision of each, whose plans are
 * solved in one call; their transitions are remembered, then what they owe is worked off. Episodes are numbered through all copies.
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
  options?: TrainOptions,
): Run & NotAwaited;
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
