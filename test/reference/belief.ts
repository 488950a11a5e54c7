/** Twins of `assembly/planner/rollout.ts` and its models: f64, one candidate at a time. */
import type { Matrices } from "../../src/models/linearGaussian.ts";
import type { Tables } from "../../src/models/tabular.ts";
import { type Rows, sum } from "./arrays.ts";
import { logNormal } from "./density.ts";
import { root } from "./filter.ts";

/** A prediction of an observation. */
export interface Prediction {
  draw(epsilon: readonly number[]): number[];
  logDensity(x: readonly number[]): number;
}

/** A model in plain functions. */
export interface BeliefModel {
  /** `sibling` counts the states of one parent that a ratio compares; 0 is where the particle goes. */
  next(
    state: readonly number[],
    action: readonly number[],
    noise: readonly number[],
    sibling: number,
  ): number[];
  reward(state: readonly number[], action: readonly number[], next: readonly number[]): number;
  ending(state: readonly number[], action: readonly number[], next: readonly number[]): number;
  predict(next: readonly number[], action: readonly number[]): Prediction;
  value(state: readonly number[]): number;
}

/** The random numbers of one candidate. */
export interface BeliefDraws {
  /** Of the transition of particle k into slot 0 (where it goes), 1, … (fresh states beside it). */
  noise(k: number, slot: number, time: number): number[];
  /** Of the observation of particle k. */
  epsilon(k: number, time: number): number[];
  /** Of the reward that is observed with it. */
  reward(k: number, time: number): number;
}

export interface BeliefSettings {
  readonly conditioning: "none" | "path" | "belief";
  readonly contrasts: number;
  readonly informationWeight: number;
  readonly rewardNoise: number;
  readonly isEvidence: boolean;
  readonly temperature: number;
  readonly discount: number;
  readonly hasValue: boolean;
}

const logSum = (x: readonly number[]) => {
  const top = Math.max(...x);
  return top === -Infinity ? top : top + Math.log(sum(x.map((value) => Math.exp(value - top))));
};

/** Score of a candidate from the belief `states`, `logWeights` (unnormalised). */
export function scoreOfBelief(
  model: BeliefModel,
  belief: { readonly states: Rows; readonly logWeights: readonly number[] },
  actions: Rows,
  draws: BeliefDraws,
  settings: BeliefSettings,
): number {
  const logPrior = belief.logWeights.map((value) => value - logSum(belief.logWeights));
  let states = belief.states;
  const alive = states.map(() => 1);
  const gain = states.map(() => 0);
  /** beliefs[k][j]: log-weight of j after what truth k has shown. */
  const beliefs = states.map(() => [...logPrior]);
  actions.forEach((action, time) => {
    const slots = settings.conditioning === "path" ? settings.contrasts + 1 : 1;
    const children = states.map((state, k) =>
      Array.from({ length: slots }, (_, slot) => {
        const next = model.next(state, action, draws.noise(k, slot, time), slot);
        return { next, reward: model.reward(state, action, next), seen: model.predict(next, action) };
      }),
    );
    states.forEach((state, k) => {
      const own = children[k][0];
      const others = settings.conditioning === "belief" ? children.map(([child]) => child) : children[k];
      const x = own.seen.draw(draws.epsilon(k, time));
      const r = own.reward + settings.rewardNoise * draws.reward(k, time);
      const density = ({ seen, reward }: typeof own) =>
        seen.logDensity(x) + (settings.rewardNoise > 0 ? logNormal(r, reward, settings.rewardNoise ** 2) : 0);
      const logWeights = settings.conditioning === "belief" ? beliefs[k] : others.map(() => -Math.log(slots));
      const joint = others.map((other, j) => logWeights[j] + density(other));
      const ratio = settings.conditioning === "none" ? 0 : density(own) - logSum(joint);
      beliefs[k] = joint.map((value) => value - logSum(joint));
      gain[k] += settings.discount ** time * alive[k] * (own.reward + settings.informationWeight * ratio);
      alive[k] *= 1 - model.ending(state, action, own.next);
    });
    states = children.map(([child]) => child.next);
  });
  const total = gain.map((value, k) =>
    settings.hasValue
      ? value + settings.discount ** actions.length * alive[k] * model.value(states[k])
      : value,
  );
  const possible = total.map((_, k) => k).filter((k) => logPrior[k] > -Infinity);
  if (!settings.isEvidence) return sum(possible.map((k) => Math.exp(logPrior[k]) * total[k]));
  return settings.temperature * logSum(possible.map((k) => logPrior[k] + total[k] / settings.temperature));
}

/** First index whose cumulative probability exceeds the draw. */
function inverted(probabilities: readonly number[], draw: number): number {
  let cumulative = 0;
  const found = probabilities.findIndex((p) => {
    cumulative += p;
    return cumulative > draw;
  });
  return found < 0 ? probabilities.length - 1 : found;
}

const entryOf = (entry: number | readonly number[], k: number) =>
  typeof entry === "number" ? entry : entry[k];

/** Tables as functions; an action is one-hot, a state its index. */
export function tabularTwin({ transition, reward, ending, observation, value }: Tables): BeliefModel {
  const k = (action: readonly number[]) => action.indexOf(1);
  return {
    next: ([s], action, [draw]) => [inverted(transition[s][k(action)], draw)],
    reward: ([s], action, [next]) => (reward ? entryOf(reward[s][k(action)], next) : 0),
    ending: ([s], action, [next]) => (ending ? entryOf(ending[s][k(action)], next) : 0),
    predict: ([next], action) => ({
      draw: ([uniform]) => [inverted(observation[k(action)][next], uniform)],
      logDensity: ([x]) => Math.log(observation[k(action)][next][x]),
    }),
    value: ([s]) => value?.[s] ?? 0,
  };
}

const times = (matrix: readonly (readonly number[])[], x: readonly number[]) =>
  matrix.map((row) => sum(row.map((value, i) => value * x[i])));
const dot = (x: readonly number[], y: readonly number[]) => sum(x.map((value, i) => value * y[i]));

/** log N(x; mean, L Lᵀ), by forward substitution of L y = x − mean. */
function logNormalOf(x: readonly number[], mean: readonly number[], L: Rows): number {
  const y: number[] = [];
  x.forEach((value, i) => {
    y.push((value - mean[i] - sum(y.map((known, j) => L[i][j] * known))) / L[i][i]);
  });
  return sum(y.map((value, i) => -0.5 * (value * value + Math.log(2 * Math.PI)) - Math.log(L[i][i])));
}

/** A linear-Gaussian world as functions of u. */
export function linearGaussianTwin(world: Matrices): BeliefModel {
  const { transition, control = [], observation, stateCost = [], actionCost, valueCost } = world;
  const act = (u: readonly number[]) => (world.isSquashed ? u.map(Math.tanh) : u);
  const [process, sensors] = [world.transitionCovariance, world.observationCovariance].map((S) =>
    root(S.map((row) => [...row])),
  );
  return {
    next: (x, u, noise) => {
      const [drift, push, shake] = [times(transition, x), times(control, act(u)), times(process, noise)];
      return drift.map((value, d) => value + push[d] + shake[d]);
    },
    reward: (_, u, next) => {
      const action = act(u);
      const effort = actionCost ? dot(action, times(actionCost, action)) : 0;
      return -0.5 * (dot(next, times(stateCost, next)) + effort);
    },
    ending: () => 0,
    predict: (next) => {
      const mean = times(observation, next);
      return {
        draw: (epsilon) => times(sensors, epsilon).map((noise, d) => mean[d] + noise),
        logDensity: (x) => logNormalOf(x, mean, sensors),
      };
    },
    value: (x) => (valueCost ? -0.5 * dot(x, times(valueCost, x)) : 0),
  };
}
