import type { Agent } from "../agent/interface.ts";
import { expectFunction, expectInteger, expectKnownNames, expectSignal } from "../core/expect.ts";
import type { Environment } from "../environments/environment.ts";
import { expectWorldOf } from "./occupancy.ts";
import { type Run, runOf } from "./run.ts";
import { beginning, createState } from "./state.ts";
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
  /** Called after each action with the number of steps taken in this run. */
  readonly onStep?: (steps: number) => void;
}

const OPTIONS = ["steps", "seed", "signal", "onStep"] as const satisfies readonly (keyof TrainOptions)[];

/**
 * The EM loop: plans, acts, observes and learns, one `act` and one `learn` an action. It is a {@link Run}: iterated, it tells
 * of each episode (also of a last, cut-short one); or it is stepped, one action a call. Nothing happens until then. It begins
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
export function train(agent: Agent, environment: TrainableVector, options?: TrainOptions): VectorRun;
export function train(agent: Agent, environment: Environment, options?: TrainOptions): Run;
export function train(
  agent: Agent,
  environment: Environment | TrainableVector,
  options: TrainOptions = {},
): Run | VectorRun {
  expectKnownNames("options", options, OPTIONS);
  expectWorldOf(agent, environment as Environment);
  const { steps = 2000, seed = agent.options.seed, signal, onStep } = options;
  expectInteger("steps", steps, 0);
  expectInteger("seed", seed, 0);
  expectSignal("signal", signal);
  expectFunction("onStep", onStep);
  const settings = { steps, seed, signal, onStep };
  if ("sideBySide" in environment) {
    const { stateOf, runOf: vectorRunOf } = environment.sideBySide;
    return vectorRunOf(stateOf(agent, environment.copies, settings));
  }
  return runOf(createState(agent, environment, settings, beginning(environment)));
}
