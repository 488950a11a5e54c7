import { expandLanes } from "../density/compress";
import { logVarianceLanes } from "../density/gaussianHead";
import { ensembleLogLikelihoodRatio } from "../information/ensembleLogLikelihoodRatio";
import { expLanes } from "../math/exp";
import { logLanes } from "../math/log";
import { sigmoidLanes } from "../math/sigmoid";
import { F32, Floats, pad4, ROW, TILE, VEC, Words } from "../memory";
import { mlpPredict, mlpPredictColumns, outputsOf } from "../nn/mlp";
import { choose, STATE_BOUND } from "./choices";
import { Model } from "./model";
import { countedGain, Recall, recallOutcomes, recallRows, recallStates, snap } from "./recall";

/*
 * A learned model of a world that is fully observed: E networks [x̂, a] → m(D+1), y(D+1), logit, v, of the change of x̂, the
 * reward, the ending and the reward it brings. States are normalised, x̂ = (x − shift) · scale, and stay within ±8; behind
 * their D rows lies the row of the member e that the particle follows, counted from the model's `firstMember`.
 *
 * Each particle follows one member over the entire horizon. With information, `informedStep` lets all members predict.
 *
 * With a `Recall`, what follows a pair (x, a) that was seen before is drawn from what followed it then, and a predicted state
 * moves to the nearest place of the lattice.
 */

/** What the ensemble's functions work on. */
@unmanaged
export class Ensemble {
  /** D. */
  observationSize: usize;
  /** A: dimensions of a continuous action, or the number of discrete ones. */
  actionSize: usize;
  /** E. */
  members: usize;
  /** Whether the world has been seen to end. */
  hasEndings: u32;
  /** Standard deviation of the observation model, in standard deviations of the target. */
  likelihoodNoise: f32;
  /** r = rewardMean + rewardStd c⁻¹(output) (`compress.ts`), clamped to [rewardLow, rewardHigh]. */
  rewardMean: f32;
  rewardStd: f32;
  /** Slopes of c beyond its knees. */
  lowSlope: f32;
  highSlope: f32;
  rewardLow: f32;
  rewardHigh: f32;
  /** Of the rewards that came with an end. */
  endingMean: f32;
  endingStd: f32;
  /** [D] size of one unit of the predicted change, in normalised state. */
  stepScale: Floats;
  /** [D] where a state's one-hots begin: n at the first of n choices, 0 elsewhere; address 0: it has none. */
  choices: Words;
  shape: Words;
  parameters: Floats;
  /** Bytes between the parameters of two members. */
  stride: usize;
  /** Network [x̂, a] → y of novelty, ½ log(1 + Σ y²) nats (`novelty.ts` in TypeScript); 0: none is added to the ratio. */
  noveltyShape: Words;
  noveltyParameters: Floats;
  /** A `Recall`, and whether plans follow it. */
  recall: Words;
  recalls: u32;
  // workspaces, in rows of TILE
  /** pad4(D + A). */
  input: Floats;
  /** (E + 1) heads: one of each member, then what the particles follow. */
  heads: Floats;
  /** 2 · pad4(widest layer). */
  hidden: Floats;
  /** E (2 (D + 1) + 2). */
  ratioWorkspace: Floats;
  /** Outputs of novelty's network, then twice its widest layer. */
  novelty: Floats;
}

// @ts-ignore: decorator
@inline
function ensembleOf(model: Model): Ensemble {
  return changetype<Ensemble>(model.learned);
}

/** Rows of one head: m and y of D + 1 targets, the logit of ending and the reward it brings. */
// @ts-ignore: decorator
@inline
function headRows(ensemble: Ensemble): usize {
  return pad4(2 * (ensemble.observationSize + 1) + 2);
}

/** The head of one member, or behind them all of what the particles follow. */
// @ts-ignore: decorator
@inline
function headOf(ensemble: Ensemble, member: usize): usize {
  return ensemble.heads + member * headRows(ensemble) * ROW;
}

/** Rows of random numbers that the ratio of one particle takes: ε of every member's prediction. */
export function ratioRows(model: Model): usize {
  const ensemble = ensembleOf(model);
  return ensemble.members * (ensemble.observationSize + 1);
}

/** x̂' = x̂ + stepScale (m + s ε) by the particle's member, e' = e; ε = 0 without noise. */
export function nextState(
  model: Model, next: usize, state: usize, action: usize, noise: usize, columns: usize,
): void {
  const ensemble = ensembleOf(model);
  writeInput(ensemble, state, action);
  if (ensemble.recalls && recallsAll(ensemble, noise)) return follow(ensemble, next, state);
  predictByOwn(ensemble, state + ensemble.observationSize * ROW, model.firstMember, columns);
  advance(ensemble, next, state, noise);
}

/** Looks for the pairs of `input`. @returns whether every lane recalls what followed it */
function recallsAll(ensemble: Ensemble, noise: usize): bool {
  return recallRows(ensemble.recall, ensemble.input, noise) == TILE;
}

/** The next states where every lane recalls its own. */
function follow(ensemble: Ensemble, next: usize, state: usize): void {
  memory.copy(next, state, (ensemble.observationSize + 1) * ROW);
  recallStates(ensemble.recall, next);
}

/** The reward and the probability of ending that the member of `nextState` predicted in the same step. */
export function outcome(model: Model, reward: usize, ending: usize): void {
  const ensemble = ensembleOf(model);
  readOutcome(ensemble, reward, ending, headOf(ensemble, ensemble.members), 1);
}

/**
 * One step with information: all members predict at the state, the reward is their mean, the next state a random one's.
 *
 * @param next     [D + 1][TILE]     written
 * @param reward   [TILE]            written, as `ending` and `ratio`, the log-likelihood ratio of all members
 * @param noise    [D][TILE]         ε ∼ N(0, 1) of the next state, or 0 without noise
 * @param epsilon  [ratioRows][TILE] ε ∼ N(0, 1) of the ratio
 * @param uniform  [TILE]            chooses the member
 * @param particle whose path through the plan it is, and the step of the plan: repeated visits are told apart by them
 */
export function informedStep(
  model: Model, next: usize, reward: usize, ending: usize, ratio: usize,
  state: usize, action: usize, noise: usize, epsilon: usize, uniform: usize, particle: usize, time: usize,
): void {
  const ensemble = ensembleOf(model), E = ensemble.members, D = ensemble.observationSize;
  writeInput(ensemble, state, action);
  const isKnown = ensemble.recalls != 0 && recallsAll(ensemble, noise);
  const isCounted = ensemble.recalls != 0 && changetype<Recall>(ensemble.recall).countsVisits != 0;
  if (isCounted) countedGain(ensemble.recall, ratio, particle, time);
  if (isCounted && isKnown) {
    recallOutcomes(ensemble.recall, reward, ending, ensemble.rewardLow, ensemble.rewardHigh);
    return follow(ensemble, next, state);
  }
  for (let e: usize = 0; e < E; e++) predict(ensemble, e, headOf(ensemble, e), ROW);
  readOutcome(ensemble, reward, ending, ensemble.heads, E);
  if (!isCounted) {
    ensembleLogLikelihoodRatio(
      ratio, ensemble.heads, epsilon, ensemble.ratioWorkspace, ensemble.likelihoodNoise, E, D + 1, headRows(ensemble),
    );
    if (ensemble.noveltyParameters) addNovelty(ensemble, ratio);
  }
  // member[n] = ⌊E · uniform[n]⌋
  for (let n: usize = 0; n < ROW; n += VEC) {
    const member = f32x4.floor(f32x4.mul(f32x4.splat(<f32>E), v128.load(uniform + n)));
    for (let row: usize = n; row < (2 * D + 1) * ROW; row += ROW) {
      let value = v128.load(ensemble.heads + row);
      for (let e: usize = 1; e < E; e++) {
        const isMember = f32x4.eq(member, f32x4.splat(<f32>e));
        value = v128.bitselect(v128.load(headOf(ensemble, e) + row), value, isMember);
      }
      v128.store(headOf(ensemble, E) + row, value);
    }
  }
  advance(ensemble, next, state, noise);
}

/** ratio[n] += ½ log(1 + Σ_k y_k[n]²): the information gain of a Bayesian linear model of random features */
function addNovelty(ensemble: Ensemble, ratio: usize): void {
  const outputs = outputsOf(ensemble.noveltyShape), y = ensemble.novelty;
  mlpPredict(y, ensemble.input, y + pad4(outputs) * ROW, ensemble.noveltyParameters, ensemble.noveltyShape, 1);
  const half = f32x4.splat(0.5);
  for (let n: usize = 0; n < ROW; n += VEC) {
    let sum = f32x4.splat(1);
    for (let k: usize = 0; k < outputs * ROW; k += ROW) {
      const value = v128.load(y + k + n);
      sum = f32x4.add(sum, f32x4.mul(value, value));
    }
    v128.store(ratio + n, f32x4.add(v128.load(ratio + n), f32x4.mul(half, logLanes(sum))));
  }
}

/** input ← [x̂, a] */
function writeInput(ensemble: Ensemble, state: usize, action: usize): void {
  const size = ensemble.observationSize * ROW;
  memory.copy(ensemble.input, state, size);
  memory.copy(ensemble.input + size, action, ensemble.actionSize * ROW);
}

function predict(ensemble: Ensemble, member: usize, head: usize, columns: usize): void {
  const parameters = ensemble.parameters + member * ensemble.stride;
  mlpPredictColumns(head, ensemble.input, ensemble.hidden, parameters, ensemble.shape, columns);
}

/** The head of every lane's own member; one pass where all lanes follow the same. */
function predictByOwn(ensemble: Ensemble, members: usize, firstMember: usize, columns: usize): void {
  const E = ensemble.members, to = headOf(ensemble, E);
  const first = <usize>load<f32>(members);
  if (isEverywhere(members, first)) return predict(ensemble, (first + firstMember) % E, to, columns);
  const head = ensemble.heads;
  for (let e: usize = 0; e < E; e++) {
    predict(ensemble, (e + firstMember) % E, head, columns);
    for (let i: usize = 0; i < headRows(ensemble) * ROW; i += VEC) {
      const isMember = f32x4.eq(v128.load(members + (i & (ROW - 1))), f32x4.splat(<f32>e));
      v128.store(to + i, v128.bitselect(v128.load(head + i), v128.load(to + i), isMember));
    }
  }
}

/** Whether every lane of the row holds e. */
function isEverywhere(row: usize, e: usize): bool {
  let found = i32x4.splat(-1);
  for (let n: usize = 0; n < ROW; n += VEC) found = v128.and(found, f32x4.eq(v128.load(row + n), f32x4.splat(<f32>e)));
  return i32x4.all_true(found);
}

/**
 * The reward and the probability of ending, averaged over `count` heads.
 *
 *   r = (1 − p_end) (mean + std c⁻¹(m_D)) + p_end (endingMean + endingStd v),   clamped to the range of what was seen
 *
 * with c of `compress.ts`: far rewards are learned beside ordinary ones.
 */
function readOutcome(ensemble: Ensemble, rewards: usize, endings: usize, heads: usize, count: usize): void {
  const D = ensemble.observationSize, stride = headRows(ensemble) * ROW;
  const inverse = f32x4.splat(<f32>1 / <f32>count);
  const low = f32x4.splat(ensemble.rewardLow), high = f32x4.splat(ensemble.rewardHigh);
  for (let n: usize = 0; n < ROW; n += VEC) {
    let reward = f32x4.splat(0), ending = f32x4.splat(0);
    for (let head = heads + n; head < heads + count * stride; head += stride) {
      let expected = affine(ensemble.rewardMean, ensemble.rewardStd, farAway(ensemble, v128.load(head + D * ROW)));
      if (ensemble.hasEndings) {
        const logit = head + 2 * (D + 1) * ROW;
        const p = sigmoidLanes(v128.load(logit));
        const brought = affine(ensemble.endingMean, ensemble.endingStd, v128.load(logit, ROW));
        expected = f32x4.add(expected, f32x4.mul(p, f32x4.sub(brought, expected)));
        ending = f32x4.add(ending, p);
      }
      reward = f32x4.add(reward, expected);
    }
    v128.store(rewards + n, f32x4.min(high, f32x4.max(low, f32x4.mul(reward, inverse))));
    v128.store(endings + n, f32x4.mul(ending, inverse));
  }
  if (ensemble.recalls)
    recallOutcomes(ensemble.recall, rewards, endings, ensemble.rewardLow, ensemble.rewardHigh);
}

/** c⁻¹(x) */
// @ts-ignore: decorator
@inline
function farAway(ensemble: Ensemble, x: v128): v128 {
  return expandLanes(x, ensemble.lowSlope, ensemble.highSlope);
}

/** mean + std · x */
// @ts-ignore: decorator
@inline
function affine(mean: f32, std: f32, x: v128): v128 {
  return f32x4.add(f32x4.splat(mean), f32x4.mul(f32x4.splat(std), x));
}

/** x̂'_d = clip(x̂_d + stepScale_d (m_d + s_d ε_d)) by the head that is followed; without noise ε = 0 */
function advance(ensemble: Ensemble, next: usize, state: usize, noise: usize): void {
  const D = ensemble.observationSize, head = headOf(ensemble, ensemble.members);
  const y = head + (D + 1) * ROW, half = f32x4.splat(0.5);
  const low = f32x4.splat(-STATE_BOUND), high = f32x4.splat(STATE_BOUND);
  for (let d: usize = 0; d < D; d++) {
    const scale = v128.load32_splat(ensemble.stepScale + d * F32);
    for (let i = d * ROW; i < (d + 1) * ROW; i += VEC) {
      let change = v128.load(head + i);
      if (noise) {
        // s = exp(½ log s²)
        const std = expLanes(f32x4.mul(half, logVarianceLanes(v128.load(y + i))));
        change = f32x4.add(change, f32x4.mul(std, v128.load(noise + i)));
      }
      const moved = f32x4.add(v128.load(state + i), f32x4.mul(scale, change));
      v128.store(next + i, f32x4.min(high, f32x4.max(low, moved)));
    }
  }
  if (ensemble.choices) choose(next, ensemble.choices, D);
  if (ensemble.recalls) {
    snap(ensemble.recall, next);
    recallStates(ensemble.recall, next);
  }
  memory.copy(next + D * ROW, state + D * ROW, ROW);
}
