/** Planning on the true dynamics, to see what a world allows. */
import { type Core, createCore } from "../../src/core/core.ts";
import { createRandom, type Random } from "../../src/core/random.ts";
import { meanOf, type PolicyOf, type SuiteEnvironment, type SuiteWorld } from "./world.ts";

/** How much is planned. */
export interface Search {
  /** Steps of a plan. */
  readonly horizon: number;
  /** Plans of a round, of which the best tenth counts. */
  readonly candidates: number;
  readonly rounds: number;
  /** Futures that a plan is judged by where there is chance; the same ones for all plans. */
  readonly futures: number;
}

export const SEARCH: Search = { horizon: 40, candidates: 100, rounds: 3, futures: 4 };

/** Actions of a plan, [horizon][A]. */
type Plan = readonly (readonly number[])[];
/** The distribution of a plan's action at a step: mean and standard deviation of each coordinate, or shares of the choices. */
interface Belief {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

const STREAM = 0x706c616e; // the letters "plan"

/**
 * A policy that plans at every step by the cross-entropy method (Rubinstein, 1999) on the world's own equations: the plan at
 * whose end the sum of rewards is highest begins with the action that is taken. The last step's plan and what the controller
 * would do are among the candidates of the first round. It knows the true state.
 */
export async function planningPolicy(world: SuiteWorld, search: Search = SEARCH): Promise<PolicyOf> {
  const core = await createCore({ bytes: 4096 });
  let last: Plan | undefined;
  return (environment, random, steps) => {
    const horizon = Math.min(search.horizon, world.timeLimit - steps);
    const shifted = steps === 0 || last === undefined ? [] : last.slice(1);
    const task = { core, world, environment, random, steps };
    last = bestPlan(task, { ...search, horizon }, shifted);
    return environment.actionSpace.kind === "discrete" ? last[0][0] : last[0];
  };
}

interface Task {
  readonly core: Core;
  readonly world: SuiteWorld;
  readonly environment: SuiteEnvironment;
  readonly random: Random;
  /** Of the episode, so far: they choose the futures. */
  readonly steps: number;
}

function bestPlan(task: Task, search: Search, shifted: Plan): Plan {
  const { horizon, candidates, rounds } = search;
  let beliefs: readonly Belief[] = Array.from({ length: horizon }, () => widest(task.environment));
  let best: { plan: Plan; score: number } = { plan: [], score: Number.NEGATIVE_INFINITY };
  for (let round = 0; round < rounds; round++) {
    const drawn = Array.from({ length: candidates }, () => drawPlan(task, beliefs));
    const known =
      round > 0
        ? [best.plan]
        : [controllerPlan(task, horizon), [...shifted, ...drawn[0].slice(shifted.length)]];
    const scored = [...known, ...drawn].map((plan) => ({ plan, score: scoreOf(task, search, plan) }));
    scored.sort((a, b) => b.score - a.score);
    if (scored[0].score > best.score) best = scored[0];
    beliefs = refit(
      task.environment,
      scored.slice(0, Math.ceil(candidates / 10)).map(({ plan }) => plan),
    );
  }
  return best.plan;
}

/** What the controller does along one future; where that ends early, its last action goes on. */
function controllerPlan(task: Task, horizon: number): Plan {
  const {
    environment: { dynamics },
    environment,
  } = task;
  const random = futureOf(task, 0);
  let state = environment.state();
  let isOver = false;
  const plan: (readonly number[])[] = [];
  for (let t = 0; t < horizon; t++) {
    plan.push(isOver ? plan[t - 1] : dynamics.controller(state));
    if (isOver) continue;
    const outcome = dynamics.step(state, plan[t], random);
    state = outcome.state;
    isOver = outcome.terminated === true;
  }
  return plan;
}

/** The mean over futures of the sum of rewards. */
function scoreOf(task: Task, { futures }: Search, plan: Plan): number {
  const { world, environment } = task;
  const count = world.kinds.includes("stochastic") ? futures : 1;
  let sum = 0;
  for (let future = 0; future < count; future++) {
    const random = futureOf(task, future);
    let state = environment.state();
    for (const action of plan) {
      const outcome = environment.dynamics.step(state, action, random);
      sum += outcome.reward / count;
      if (outcome.terminated === true) break;
      state = outcome.state;
    }
  }
  return sum;
}

function futureOf({ core, steps }: Task, future: number): Random {
  return createRandom(core, 1000 * steps + future, STREAM);
}

function widest({ actionSpace }: SuiteEnvironment): Belief {
  if (actionSpace.kind === "discrete") {
    const { n } = actionSpace;
    return { mean: new Array<number>(n).fill(1 / n), std: [] };
  }
  const { low, high } = actionSpace;
  return {
    mean: low.map((bound, d) => (bound + high[d]) / 2),
    std: low.map((bound, d) => (high[d] - bound) / 2),
  };
}

/** Half of the plans hold an action for some steps: a step draws a new one with a chance of 1 in 5. */
function drawPlan({ environment: { actionSpace }, random }: Task, beliefs: readonly Belief[]): Plan {
  const isHeld = random.uniform() < 0.5;
  let held: readonly number[] = [];
  return beliefs.map(({ mean, std }, t) => {
    if (isHeld && t > 0 && random.uniform() < 0.8) return held;
    held =
      actionSpace.kind === "discrete"
        ? [drawIndex(mean, random.uniform())]
        : mean.map((centre, d) =>
            Math.min(actionSpace.high[d], Math.max(actionSpace.low[d], centre + std[d] * random.normal())),
          );
    return held;
  });
}

function drawIndex(shares: readonly number[], uniform: number): number {
  let left = uniform;
  for (const [k, share] of shares.entries()) {
    left -= share;
    if (left < 0) return k;
  }
  return shares.length - 1;
}

/** Moments of the best plans' actions, or shares of their choices, a tenth of them spread over all. */
function refit(environment: SuiteEnvironment, plans: readonly Plan[]): readonly Belief[] {
  const { actionSpace } = environment;
  return plans[0].map((_, t) => {
    const actions = plans.map((plan) => plan[t]);
    if (actionSpace.kind === "discrete") {
      const { n } = actionSpace;
      const count = (k: number) => actions.filter(([choice]) => choice === k).length;
      return {
        mean: Array.from({ length: n }, (_, k) => (0.9 * count(k)) / actions.length + 0.1 / n),
        std: [],
      };
    }
    const mean = actionSpace.low.map((_, d) => meanOf(actions.map((action) => action[d])));
    const std = mean.map((centre, d) =>
      Math.sqrt(meanOf(actions.map((action) => (action[d] - centre) ** 2))),
    );
    return { mean, std };
  });
}
