/**
 * Policy iteration by planning: episodes are played inside a known model, by plans that end in the value so far; what the plans found of the
 * beliefs in their trees is what the value learns (as in TreeStrap: Veness, Silver, Uther & Blair 2009).
 */
import { type Core, createCore, measure } from "../../core/core.ts";
import { createRandom } from "../../core/random.ts";
import { STREAMS } from "../../core/streams.ts";
import { filterOf } from "../../inference/belief/createFilter.ts";
import { allocateFilter } from "../../inference/belief/filter.ts";
import { resolveFilter } from "../../inference/belief/filterOptions.ts";
import { allocateClosed, closedPlannerOf } from "../../inference/closed/closedPlanner.ts";
import type { Cloud, CloudValues } from "../../inference/closed/cloud.ts";
import type { BeliefNode } from "../../inference/closed/nodes.ts";
import { type PlannerOptions, resolvePlanner } from "../../inference/plannerOptions.ts";
import { type Model, shapeOf } from "../../models/functions/model.ts";
import { createSimulator } from "../../models/functions/simulator.ts";
import { TOOLS_SCRATCH } from "../../models/functions/tools.ts";
import { allocateBeliefValue, createBeliefValue } from "./beliefValue.ts";

/** Options of {@link practise}. */
export interface PractiseOptions {
  /** Of the plans by which is practised; their horizon may be short. `particles` and `budget` say what a decision costs. */
  readonly plan: PlannerOptions;
  /** Episodes of a round, after which the value learns. Default 50. */
  readonly episodes?: number;
  /** Rounds. Default 10. */
  readonly rounds?: number;
  /** Steps after which an episode is given up. Default 100. */
  readonly steps?: number;
  /** Updates of the value after each round. Default 500. */
  readonly updates?: number;
  /** Particles of the belief. Default 512. */
  readonly particles?: number;
  /** Share of the actions that are drawn evenly. Default .1. */
  readonly exploring?: number;
  /** Share of the episodes that begin with the state known, after up to `wandering` steps of random actions. Default .5. */
  readonly known?: number;
  /** Default 10. */
  readonly wandering?: number;
  /** Visits that a belief of a tree must have to be learned from. Default 8. */
  readonly visits?: number;
  /** Widths of the hidden layers of the value. Default [64, 64]. */
  readonly hidden?: readonly number[];
  /** Beliefs that are remembered. Default 32768. */
  readonly capacity?: number;
  /** Default .003. */
  readonly learningRate?: number;
  /** Default 0. */
  readonly seed?: number;
  /** What {@link Practised.save} answered of this model: the value goes on from there. */
  readonly from?: Uint8Array;
  /** Told of every round. */
  readonly onRound?: (report: RoundReport) => void;
}

/** What a round of practice came to. */
export interface RoundReport {
  /** Counted from 0. */
  readonly round: number;
  /** Mean discounted return of its episodes, exploring included. */
  readonly return: number;
  /** Beliefs that are remembered by now. */
  readonly beliefs: number;
}

/** What was learned of a model. */
export interface Practised {
  /** Values of beliefs, in units of reward: what plans end in. */
  readonly values: CloudValues;
  /** As a safetensors file. */
  save(): Uint8Array;
}

/**
 * Learns the value of beliefs in a known model, by episodes that are played inside it: `createPlanner` takes the answer, and its plans
 * then end in the value. Nothing of the world is asked for.
 *
 * @throws TypeError or RangeError as `createPlanner` does for the model and the options of its plans
 *
 * @example
 * import { createPlanner } from "generative-agent";
 * import { lightDarkLine } from "generative-agent/problems";
 * const plan = { particles: 16, horizon: 2, budget: 20, temperature: 0.1, discount: 0.9, informationWeight: 0 };
 * const practised = await practise(lightDarkLine(), { plan, rounds: 1, episodes: 2, steps: 20, updates: 10 });
 * const planner = await createPlanner(lightDarkLine(), plan, practised);
 * planner.plan({ states: [2, 3], logWeights: [0, 0] }).first.length; // 3
 */
export async function practise(model: Model, options: PractiseOptions): Promise<Practised> {
  const { plan, episodes = 50, rounds = 10, updates = 500, seed = 0, onRound } = options;
  const { hidden = [64, 64], capacity = 32_768, learningRate = 0.003 } = options;
  const bytes = measure((memory) => allocateBeliefValue(memory, model, { hidden }));
  const value = createBeliefValue(await createCore({ bytes }), model, {
    hidden,
    capacity,
    learningRate,
    seed,
  });
  if (options.from) value.load(options.from);
  const settings = resolvePlanner({ search: "closed", seed, ...plan });
  const particles = options.particles ?? 512;
  const core = await createCore({
    bytes: measure((memory) => {
      allocateClosed(memory, settings);
      allocateFilter(memory, shapeOf(model), resolveFilter({ particles }));
      memory.f32(TOOLS_SCRATCH);
    }),
  });
  const playing = playerOf(core, model, { ...options, particles, settings, values: value.values });
  for (let round = 0; round < rounds; round++) {
    let sum = 0;
    for (let episode = 0; episode < episodes; episode++) sum += playing(value.remember);
    value.fit(updates);
    onRound?.({ round, return: sum / episodes, beliefs: value.rows });
  }
  return { values: value.values, save: value.save };
}

/** Plays one episode and reports what its plans found. @returns the discounted return */
function playerOf(
  core: Core,
  model: Model,
  {
    settings,
    values,
    particles,
    steps = 100,
    exploring = 0.1,
    visits = 8,
    known = 0.5,
    wandering = 10,
    seed = 0,
  }: PractiseOptions & {
    readonly particles: number;
    readonly settings: ReturnType<typeof resolvePlanner>;
    readonly values: CloudValues;
  },
): (remember: (cloud: Cloud, value: number) => void) => number {
  const planner = closedPlannerOf(core, model, settings, { values });
  const filter = filterOf(core, model, { particles, seed, stream: STREAMS.belief });
  const world = createSimulator(core, model, { seed, stream: STREAMS.walks });
  const random = createRandom(core, seed, STREAMS.exploration);
  const { choices, low, high } = world.shape;
  const anything = () =>
    choices > 0
      ? random.integer(choices)
      : Float32Array.from(low, (from, d) => from + (high[d] - from) * random.uniform());
  return (remember) => {
    world.reset();
    filter.reset();
    filter.update();
    if (random.uniform() < known) {
      for (let left = random.integer(wandering + 1); left > 0; left--)
        if (world.step(anything()).terminated) world.reset();
      const { particles: cloud } = filter.state;
      for (let d = 0; d < world.state.length; d++)
        cloud.fill(world.state[d], d * particles, (d + 1) * particles);
    }
    let total = 0;
    let discount = 1;
    for (let time = 0; time < steps; time++) {
      const { action: planned } = planner.plan(filter);
      eachBelief(planner.tree() as BeliefNode<Cloud> | undefined, visits, remember);
      const action = random.uniform() < exploring ? anything() : planned;
      const { reward, terminated, observation } = world.step(action);
      total += discount * reward;
      discount *= settings.discount;
      if (terminated) break;
      filter.update({ action, observation });
    }
    return total;
  };
}

/** Reports every belief that was looked into often enough. */
function eachBelief(
  node: BeliefNode<Cloud> | undefined,
  visits: number,
  tell: (cloud: Cloud, value: number) => void,
): void {
  if (node === undefined || node.visits < visits) return;
  tell(node.belief, node.value);
  for (const { outcomes } of node.actions) for (const outcome of outcomes) eachBelief(outcome, visits, tell);
}
