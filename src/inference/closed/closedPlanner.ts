/** Planning over simulated observations: each leads to a belief of its own, and later actions depend on it. */
import type { Core } from "../../core/core.ts";
import { scalarMath } from "../../core/math.ts";
import { createRandom } from "../../core/random.ts";
import { STREAMS } from "../../core/streams.ts";
import { type Model, type ModelShape, shapeOf } from "../../models/functions/model.ts";
import { hasTables } from "../../models/model.ts";
import type { Memory } from "../../models/network.ts";
import type { SparseModel } from "../../models/sparse/sparseModel.ts";
import type { TabularModel } from "../../models/tabular.ts";
import type { Belief, ParticleBelief } from "../belief/belief.ts";
import { relative } from "../information/particleRatios.ts";
import type { PosteriorSettings } from "../plannerOptions.ts";
import type { ActionPosterior } from "../posterior.ts";
import { proposalOf } from "./actions.ts";
import { allocateCloudWork, type CloudValues, cloudImagination } from "./cloud.ts";
import { exactImagination, type StateValue } from "./exactBeliefs.ts";
import { type ExpectedAction, explainActions } from "./explainTree.ts";
import type { Imagination } from "./nodes.ts";
import { type BeliefNode, beliefNode, bestOf, choiceOf, type Search } from "./nodes.ts";
import { visit } from "./tree.ts";

/** A planner over simulated observations. */
export interface ClosedPlanner {
  /** @internal */
  readonly state: object;
  /**
   * Plans anew from a belief: a filter's, or weighted particles. Every call draws numbers of its own.
   *
   * @throws RangeError when the belief has not the planner's number of particles, a state is none of the model's, or no
   *   log-weight is finite
   */
  plan(belief: Belief | ParticleBelief): ActionPosterior;
  /** What the last plan expects of each first action. @throws Error before the first plan */
  explain(): readonly ExpectedAction[];
  /** The tree of the last plan. @internal */
  tree(): BeliefNode<unknown> | undefined;
}

/** Bins of the histogram of a continuous first action. */
const BINS = 21;
/** Visits of the tree for each outcome of the budget: a visit that adds none is rare. */
const PATIENCE = 8;

/** What a planner imagines with, and how beliefs are given to it. */
interface Imagining<Imagined> {
  readonly imagination: Imagination<Imagined>;
  readonly shape: Pick<ModelShape, "choices" | "actionSize" | "low" | "high">;
  rootOf(belief: ParticleBelief): Imagined;
}

/** Reserves what a planner works in. `memory` may be a counter of bytes. */
export function allocateClosed(memory: Memory, { particles }: Pick<PosteriorSettings, "particles">) {
  return allocateCloudWork(memory, particles);
}

/** What plans end in: values of clouds for models in functions, of beliefs over states for tables. */
export type PlanEnds = PracticeValue | StateValue;

/** Values of clouds: what `practise` answers has them. */
export interface PracticeValue {
  /** [clouds] in units of reward. */
  readonly values: CloudValues;
}

/**
 * A planner over tables or functions, in the memory of a core.
 *
 * @param ends what plans end in; left out: the model's value, or 0
 * @throws TypeError when it is of the other kind of model
 */
export function closedPlannerOf(
  core: Core,
  model: TabularModel | SparseModel | Model,
  settings: PosteriorSettings,
  ends?: PlanEnds,
): ClosedPlanner {
  if (hasTables(model)) {
    if (ends !== undefined && !("value" in ends))
      throw new TypeError(
        "practised: expected a solution of solvePomdp(…) for a model of tables, got values of clouds",
      );
    return plannerOver(core, imagineTables(core, model, ends), settings);
  }
  if (ends !== undefined && !("values" in ends))
    throw new TypeError(
      "practised: expected what practise(…) answers for a model in functions, got values of states",
    );
  const values = ends?.values;
  const shape = shapeOf(model);
  const work = allocateClosed(core, settings);
  const imagination = cloudImagination(core, model, { shape, work, seed: settings.seed, values });
  const { stateSize } = shape;
  return plannerOver(
    core,
    {
      imagination,
      shape,
      rootOf({ states, logWeights }) {
        if (states.length !== stateSize * logWeights.length)
          throw new RangeError(
            `states: expected ${stateSize * logWeights.length} values, got ${states.length}`,
          );
        return imagination.from(states, relative(logWeights));
      },
    },
    settings,
  );
}

function imagineTables(
  core: Core,
  model: TabularModel | SparseModel,
  solved: StateValue | undefined,
): Imagining<Float64Array> {
  const math = scalarMath(core);
  return {
    imagination: exactImagination(model, math, solved),
    shape: { choices: model.actions, actionSize: 1, low: [], high: [] },
    rootOf({ states, logWeights }) {
      const belief = new Float64Array(model.states);
      const logs = relative(logWeights);
      for (let m = 0; m < logs.length; m++) belief[states[m]] += math.exp(logs[m]);
      const sum = belief.reduce((total, p) => total + p, 0);
      return belief.map((p) => p / sum);
    },
  };
}

function plannerOver<Imagined>(
  core: Core,
  { imagination, shape, rootOf }: Imagining<Imagined>,
  settings: PosteriorSettings,
): ClosedPlanner {
  const { particles, budget, search: how, prior, seed, temperature, ...rest } = settings;
  const random = createRandom(core, seed, STREAMS.beliefPlan + 1);
  const math = scalarMath(core);
  const counts = { plans: 0 };
  let last: { readonly search: Search<Imagined>; readonly root: BeliefNode<Imagined> } | undefined;
  return {
    state: { counts },
    plan(belief) {
      imagination.reset();
      const search: Search<Imagined> = {
        ...{ imagination, math, proposal: proposalOf(shape, prior, random) },
        settings: { ...rest, temperature: temperature === "auto" ? 1 : temperature, isOpen: how === "prior" },
        spread: { squares: 0, freedom: 0 },
        counts: { outcomes: 0 },
      };
      const given = "update" in belief ? belief.particles(particles) : belief;
      expectParticles(given, particles);
      const root = beliefNode(rootOf(given), {
        depth: 0,
        key: Math.imul(++counts.plans, 0x9e3779b1) & 0x3fffffff,
      });
      for (let i = 0; i < PATIENCE * budget && search.counts.outcomes < budget && !root.isComplete; i++)
        visit(search, root);
      last = { search, root };
      return posteriorOf(search, root, shape);
    },
    tree: () => last?.root,
    explain() {
      if (last === undefined) throw new Error("explain: expected a plan, got a planner before its first");
      return explainActions(last.search, last.root, shape.choices > 0);
    },
  };
}

function expectParticles({ logWeights }: ParticleBelief, particles: number): void {
  let greatest = -Infinity;
  for (let m = 0; m < logWeights.length; m++) {
    if (!(logWeights[m] < Infinity))
      throw new RangeError(`logWeights[${m}]: expected a finite number or −Infinity, got ${logWeights[m]}`);
    greatest = Math.max(greatest, logWeights[m]);
  }
  if (logWeights.length === 0 || logWeights.length > particles)
    throw new RangeError(`logWeights: expected 1 … ${particles} values, got ${logWeights.length}`);
  if (greatest === -Infinity)
    throw new RangeError(
      "logWeights: expected a particle of positive weight, got −Infinity for every particle",
    );
}

function posteriorOf<Imagined>(
  search: Search<Imagined>,
  root: BeliefNode<Imagined>,
  { choices, actionSize, low, high }: Imagining<Imagined>["shape"],
): ActionPosterior {
  const { weights, value } = choiceOf(search, root);
  const { temperature } = search.settings;
  const effectiveSampleSize = 1 / weights.reduce((sum, w) => sum + w * w, 0);
  const best = bestOf(root).action;
  if (choices > 0) {
    const first = Float32Array.from(weights);
    return {
      ...{ action: best[0], first, mean: first, std: new Float32Array(choices) },
      ...{ value, effectiveSampleSize, temperature },
    };
  }
  const first = new Float32Array(actionSize * BINS);
  const std = new Float32Array(actionSize);
  root.actions.forEach(({ action }, i) => {
    for (let d = 0; d < actionSize; d++) {
      const share = (action[d] - low[d]) / (high[d] - low[d]);
      first[d * BINS + Math.min(BINS - 1, Math.floor(share * BINS))] += weights[i];
      std[d] += weights[i] * (action[d] - best[d]) ** 2;
    }
  });
  for (let d = 0; d < actionSize; d++) std[d] = Math.sqrt(std[d]);
  return { action: best, first, mean: best, std, value, effectiveSampleSize, temperature };
}
