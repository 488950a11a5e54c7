/** What the page shows, as the decisions come. */
import type { PlanExplanation } from "generative-agent/types";
import type { Moment } from "./round.ts";
import { FRAMES } from "./world.ts";

export const DECISIONS_PER_SECOND = 60 / FRAMES;
/** Decisions between a prediction and the look at what came of it: a quarter of a second. */
const AHEAD = 5;
/** Points that a curve keeps. */
const KEPT = 240;
/** Share of the newest decision in the smoothed surprise. */
const NEWEST = 0.1;

/** What was predicted, and the decision that it was predicted for. */
interface Prediction {
  readonly at: number;
  readonly observation: readonly number[];
}

export interface PageState {
  readonly moment: Moment | undefined;
  readonly plan: PlanExplanation | undefined;
  readonly falls: number;
  readonly stars: number;
  /** Decisions since the last fall, and how long each stand before a fall was. */
  readonly upright: number;
  readonly stands: readonly number[];
  readonly values: readonly number[];
  readonly surprises: readonly number[];
  /** Newest last. */
  readonly predictions: readonly Prediction[];
  /** What was predicted for the moment that is shown. */
  readonly predicted: readonly number[] | undefined;
}

export const EMPTY: PageState = {
  ...{ moment: undefined, plan: undefined, predicted: undefined },
  ...{ falls: 0, stars: 0, upright: 0, stands: [], values: [], surprises: [], predictions: [] },
};

export function afterMoment(state: PageState, moment: Moment): PageState {
  const { steps, hasFallen, hasStar, explanation, surprise } = moment;
  const plan = explanation?.plan;
  const upright = state.upright + 1;
  // another episode begins: nothing was predicted for it
  const isOver = hasFallen || hasStar;
  const predictions = [
    ...(isOver ? [] : state.predictions.filter(({ at }) => at > steps)),
    ...(plan && !isOver ? [{ at: steps - 1 + AHEAD, observation: expected(plan, AHEAD) }] : []),
  ];
  const due = state.predictions.find(({ at }) => at === steps);
  return {
    moment,
    plan: plan ?? (moment.isDriven || hasFallen ? undefined : state.plan),
    falls: state.falls + Number(hasFallen),
    stars: state.stars + Number(hasStar),
    upright: hasFallen ? 0 : upright,
    stands: hasFallen ? [...state.stands, upright] : state.stands,
    values: plan ? [...state.values, plan.value].slice(-KEPT) : state.values,
    surprises: surprisesAfter(state.surprises, surprise),
    predictions,
    predicted: isOver ? undefined : (due?.observation ?? state.predicted),
  };
}

/** Nothing is surprising before the model has learned: those are left out. */
function surprisesAfter(surprises: readonly number[], surprise: number): readonly number[] {
  if (surprise === 0) return surprises;
  const last = surprises.at(-1) ?? surprise;
  return [...surprises, last + NEWEST * (surprise - last)].slice(-KEPT);
}

/** Mean over the candidates, by their weights, of what is seen after some steps. */
export function expected(plan: PlanExplanation, steps: number): number[] {
  const { candidates, weights } = plan;
  const size = sizeOf(plan);
  const mean = new Array<number>(size).fill(0);
  for (let c = 0; c < candidates; c++)
    observationAt(plan, c, steps).forEach((value, d) => {
      mean[d] += weights[c] * value;
    });
  return mean;
}

/** What a candidate leads to after some steps. */
export function observationAt(plan: PlanExplanation, candidate: number, step: number): Float32Array {
  const size = sizeOf(plan);
  const at = (candidate * (plan.horizon + 1) + Math.min(step, plan.horizon)) * size;
  return plan.observations.subarray(at, at + size);
}

function sizeOf({ observations, candidates, horizon }: PlanExplanation): number {
  return observations.length / candidates / (horizon + 1);
}
