import type { Core } from "../../core/core.ts";
import { expectArray, expectIndex, expectInteger, expectKnownNames } from "../../core/expect.ts";
import { scalarMath } from "../../core/math.ts";
import { predictBelief, weighBelief } from "../../models/sparse/belief.ts";
import type { SparseModel } from "../../models/sparse/sparseModel.ts";
import { sparseOf } from "../../models/sparse/tables.ts";
import type { TabularModel } from "../../models/tabular.ts";
import { asRow, type Belief, type BeliefInfo, type Evidence, type ParticleBelief } from "./belief.ts";

/** A belief over tables by Bayes' rule. */
export interface ExactFilter extends Belief {
  /** What was found so far, in plain numbers: read, do not write. */
  readonly state: {
    /** [S] p(s_t | o_{1:t}, a_{1:t}). */
    probabilities: readonly number[];
    /** Where the belief is in its sequence. */
    readonly counts: {
      /** Updates so far. */
      time: number;
      /** log p(o_{1:t}), in nats; −Infinity once an observation was impossible. */
      logEvidence: number;
      /** log p of what was seen since a belief was last lost; the same as `logEvidence` before one was. */
      recoveredLogEvidence: number;
    };
  };
  /**
   * b'(s') ∝ p(o | a, s') Σ_s p(s' | s, a) b(s)
   *
   * The first update begins with the initial probabilities, and follows no action: an observation is read by the table of
   * action 0. Without an observation the belief is the prediction.
   *
   * @throws TypeError when the evidence has an unknown name
   * @throws RangeError when an action or an observation is none of the tables'
   */
  update(evidence?: Evidence): BeliefInfo;
}

/** The exact belief of a model of tables. @throws RangeError when the model has no initial probabilities */
export function exactFilter(core: Core, known: TabularModel | SparseModel): ExactFilter {
  const model = sparseOf(known);
  if (model.initial === undefined)
    throw new RangeError("initial: expected probabilities to filter from, got none");
  const initial: readonly number[] = Array.from(model.initial);
  const counts = { time: 0, logEvidence: 0, recoveredLogEvidence: 0 };
  const state = { probabilities: initial, counts };
  const joint = new Float64Array(model.states);
  return {
    state,
    reset() {
      state.probabilities = initial;
      Object.assign(counts, { time: 0, logEvidence: 0, recoveredLogEvidence: 0 });
    },
    update(evidence = {}) {
      const seen = indicesOf(model, evidence, counts.time === 0);
      if (counts.time === 0) joint.set(initial);
      else predictBelief(joint, model, state.probabilities, seen.action);
      let sum = weigh(joint, model, seen);
      const isLost = !(sum > 0);
      if (isLost && counts.time > 0) {
        joint.set(initial);
        sum = weigh(joint, model, { ...seen, action: 0 });
      }
      state.probabilities = sum > 0 ? shares(joint, sum) : initial;
      counts.time++;
      const explained = sum > 0 ? scalarMath(core).log(sum) : 0;
      const logEvidenceIncrement = isLost ? -Infinity : explained;
      counts.logEvidence += logEvidenceIncrement;
      counts.recoveredLogEvidence = isLost ? explained : counts.recoveredLogEvidence + explained;
      const { logEvidence, recoveredLogEvidence } = counts;
      return { logEvidenceIncrement, logEvidence, recoveredLogEvidence, isLost };
    },
    particles(count) {
      if (counts.time === 0)
        throw new Error("particles: expected a belief, got a filter before its first update");
      return particlesOfStates(core, state.probabilities, count);
    },
  };
}

/** Indices of an action, and of the observation after it where there was one. */
interface Indices {
  readonly action: number;
  readonly observed?: number | undefined;
}

function indicesOf({ actions, observations }: SparseModel, evidence: Evidence, isFirst: boolean): Indices {
  expectKnownNames("evidence", evidence, ["action", "observation"]);
  const { action = actions === 1 ? 0 : [] } = evidence;
  const row = asRow(evidence.observation);
  const isSeen = row != null && !(row.length === 1 && Number.isNaN(row[0]));
  return {
    action: isFirst ? 0 : expectIndex("action", typeof action === "number" ? [action] : action, actions),
    observed: isSeen ? expectIndex("observation", row, observations) : undefined,
  };
}

/** joint[s'] ← p(o | a, s') joint[s'], or as it is where nothing was seen. @returns Σ_s' joint[s'] */
function weigh(joint: Float64Array, model: SparseModel, { action, observed }: Indices): number {
  if (observed !== undefined) weighBelief(joint, model, action, observed);
  let sum = 0;
  for (let s = 0; s < joint.length; s++) sum += joint[s];
  return sum;
}

/** joint / sum */
function shares(joint: Float64Array, sum: number): number[] {
  const belief = new Array<number>(joint.length);
  for (let s = 0; s < belief.length; s++) belief[s] = joint[s] / sum;
  return belief;
}

/**
 * The exact belief over the states of a model of tables after an action and an observation, by Bayes' rule.
 *
 * @param belief [S] probabilities
 * @param step   indices of the action, and of the observation that followed it
 * @returns [S] probabilities
 * @throws TypeError when the belief is no array
 * @throws RangeError when the belief has not S probabilities, action or observation is none of the tables', or the
 *   observation has no probability
 */
export function updateExactBelief(
  known: TabularModel | SparseModel,
  belief: readonly number[],
  { action, observed }: { readonly action: number; readonly observed: number },
): number[] {
  const model = sparseOf(known);
  expectArray("belief", belief);
  if (belief.length !== model.states)
    throw new RangeError(`belief: expected ${model.states} probabilities, got ${belief.length}`);
  expectInteger("action", action, 0, model.actions - 1);
  expectInteger("observed", observed, 0, model.observations - 1);
  const joint = predictBelief(new Float64Array(model.states), model, belief, action);
  const evidence = weigh(joint, model, { action, observed });
  if (!(evidence > 0))
    throw new RangeError(`observed: expected an observation of positive probability, got ${observed}`);
  return shares(joint, evidence);
}

/**
 * The exact belief as `count` particles, spread evenly over the states that are possible; the copies of a state share its
 * probability. Each copy sees its own simulated future, so that the planner's scores vary less from candidate to candidate.
 *
 * @param belief [S] probabilities
 * @param count  M ≥ 1
 * @throws RangeError when more states are possible than there are particles
 */
export function particlesOfStates(core: Core, belief: readonly number[], count: number): ParticleBelief {
  const { log } = scalarMath(core);
  const possible = belief.flatMap((p, s) => (p > 0 ? [s] : []));
  expectInteger("count", count, possible.length);
  const states = Array.from({ length: count }, (_, k) => possible[k % possible.length]);
  const copies = (place: number) => Math.ceil((count - place) / possible.length);
  return { states, logWeights: states.map((s, k) => log(belief[s] / copies(k % possible.length))) };
}
