import { createCore } from "../core/core.ts";
import { expectInteger, expectKnownNames, expectNumber } from "../core/expect.ts";
import { createRandom } from "../core/random.ts";
import { type ExactFilter, exactFilter } from "../inference/belief/exact.ts";
import type { SparseModel } from "../models/sparse/sparseModel.ts";
import { sparseOf } from "../models/sparse/tables.ts";
import { worldOf } from "../models/sparse/world.ts";
import type { TabularModel } from "../models/tabular.ts";
import { momentsOf } from "./evaluate.ts";

/** What decides: a solution of `solvePomdp`, or a planner of `createPlanner`. */
export interface PomdpPlanner {
  /** The action at the belief of an exact filter. */
  plan(belief: ExactFilter): {
    /** Its number, or its components. */
    readonly action: number | ArrayLike<number>;
  };
}

/** What {@link evaluatePomdp} finds. */
export interface PomdpEvaluation {
  /** Discounted sum of the rewards of each episode. */
  readonly returns: readonly number[];
  /** Steps of each episode. */
  readonly lengths: readonly number[];
  /** The mean of `returns`; NaN when there is none. */
  readonly meanReturn: number;
  /** Of the mean; 0 for one episode. */
  readonly standardError: number;
  /** Mean wall-clock time of a decision and of the update of the belief after it, in ms. */
  readonly millisecondsPerDecision: number;
}

/** Options of {@link evaluatePomdp}. */
export interface PomdpEvaluationOptions {
  /** Episodes, ≥ 1. Default 1000. */
  readonly episodes?: number;
  /** Of the draws of the world: a whole number ≥ 0. Episode i draws from the stream i. Default 1. */
  readonly seed?: number;
  /** γ in [0, 1]. Default: the model's. */
  readonly discount?: number;
  /** Steps after which an episode is cut. Default: the first t with γ^t < 1e-4, at most 10,000. */
  readonly horizon?: number;
  /** Stops after the step under way; the episode that it cuts short does not count. */
  readonly signal?: AbortSignal;
  /** Called after each episode with its number, from 1, and its return. */
  readonly onEpisode?: (episode: number, episodeReturn: number) => void;
}

const OPTIONS = ["episodes", "seed", "discount", "horizon", "signal", "onEpisode"] as const;

/** Longest default of `horizon`. */
const LONGEST = 10_000;

/** Milliseconds after which other work may run. */
const SLICE = 20;

/**
 * Plays episodes of the world that a model of tables describes: a planner decides at the exact belief, the world draws what follows. An
 * episode ends with the world, in a state that is never left and brings nothing, or at the horizon.
 *
 *   meanReturn = 1/N Σ_i Σ_t γ^t r_{i,t}
 *
 * @throws TypeError for an unknown option; RangeError when one is outside its range, or there is no discount
 *
 * @example
 * import { tiger } from "generative-agent/problems";
 * const solution = await solvePomdp(tiger(), { discount: 0.95 });
 * const { meanReturn } = await evaluatePomdp(tiger(), solution, { discount: 0.95, episodes: 200 });
 * Math.abs(meanReturn - 19.4) < 10; // true
 */
export async function evaluatePomdp(
  known: TabularModel | SparseModel,
  planner: PomdpPlanner,
  options: PomdpEvaluationOptions = {},
): Promise<PomdpEvaluation> {
  expectKnownNames("options", options, OPTIONS);
  const model = sparseOf(known);
  const { episodes = 1000, seed = 1, discount = model.discount, signal, onEpisode } = options;
  expectInteger("episodes", episodes, 1);
  if (discount === undefined)
    throw new RangeError("discount: expected a number in [0, 1], got none by the model or the options");
  expectNumber("discount", discount, 0, 1);
  const { horizon = horizonOf(discount) } = options;
  expectInteger("horizon", horizon, 1);
  const core = await createCore({ bytes: 0 });
  const filter = exactFilter(core, model);
  const time = { decisions: 0, milliseconds: 0, paused: performance.now() };
  const returns: number[] = [];
  const lengths: number[] = [];
  while (returns.length < episodes && !signal?.aborted) {
    const random = createRandom(core, seed, returns.length);
    const world = worldOf(model, () => random.uniform());
    let [state, sum, weight, t, isOver] = [world.start(), 0, 1, 0, false];
    filter.reset();
    filter.update();
    for (; t < horizon && !isOver && !signal?.aborted; t++) {
      const begun = performance.now();
      const action = indexOf(planner.plan(filter).action, model.actions);
      const decided = performance.now();
      const step = world.step(state, action);
      const drawn = performance.now();
      ({ state, isOver } = step);
      filter.update({ action, observation: step.observation });
      time.milliseconds += performance.now() - drawn + decided - begun;
      time.decisions++;
      sum += weight * step.reward;
      weight *= discount;
      if (drawn - time.paused < SLICE) continue;
      await new Promise((resolve) => setTimeout(resolve, 0));
      time.paused = performance.now();
    }
    if (!isOver && t < horizon) break;
    returns.push(sum);
    lengths.push(t);
    onEpisode?.(returns.length, sum);
  }
  const millisecondsPerDecision = time.milliseconds / time.decisions;
  return { returns, lengths, ...momentsOf(returns), millisecondsPerDecision };
}

function indexOf(action: number | ArrayLike<number>, actions: number): number {
  const index = typeof action === "number" ? action : action[0];
  expectInteger("action", index, 0, actions - 1);
  return index;
}

/** The first t with γ^t < 1e-4. */
function horizonOf(discount: number): number {
  let [t, weight] = [0, 1];
  while (weight >= 1e-4 && t < LONGEST) {
    weight *= discount;
    t++;
  }
  return t;
}
