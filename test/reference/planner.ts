/** Twins of `assembly/planner`: f64, one particle of one candidate at a time. */
import { average, type Rows, sum } from "./arrays.ts";
import { expand, hat, logVariance, softmax } from "./density.ts";
import { ensembleLogLikelihoodRatio, predictionOf } from "./information.ts";
import { mlp, type Network } from "./nn.ts";

/** A planning problem in plain numbers. */
export interface World {
  readonly plans: number;
  readonly candidates: number;
  readonly horizon: number;
  readonly isDiscrete: boolean;
  /** One network per member: [x̂, a] → D + 1 means, D + 1 y, the logit of ending and the reward it brings. */
  readonly models: readonly Network[];
  readonly habit: Network;
  /** [x̂, a] → y: ½ log(1 + Σ y²) is added to the ratio. */
  readonly novelty?: Network;
  readonly value: Network;
  /** Of a dimension. */
  readonly bins: number;
  /** Choices of each group of a discrete action; one group where it is left out. */
  readonly groups?: readonly number[];
  /** [plans][A] 1 where the first action may take a choice. */
  readonly mask?: readonly (readonly number[])[];
  readonly particles: number;
  readonly firstMember: number;
  readonly habitCandidates: number;
  readonly usesInformation: boolean;
  readonly usesNoise: boolean;
  readonly hasEndings: boolean;
  readonly usesValue: boolean;
  readonly discount: number;
  readonly temperature: number;
  readonly informationWeight: number;
  readonly likelihoodNoise: number;
  readonly rewardMean: number;
  readonly rewardStd: number;
  readonly lowSlope: number;
  readonly highSlope: number;
  readonly rewardLow: number;
  readonly rewardHigh: number;
  readonly endingMean: number;
  readonly endingStd: number;
  readonly valueMean: number;
  /** The bounds that V is clamped to, where the upper one is greater. */
  readonly valueLow?: number;
  readonly valueHigh?: number;
  readonly valueStd: number;
  readonly essShare: number;
  readonly minimumStd: number;
  readonly uniformShare: number;
  /** ρ of the candidates' noise; four of them are those of four candidates each, in turn. */
  readonly correlation: number | readonly number[];
  readonly ignoresRewards: boolean;
  readonly stopEvery: number;
  readonly stopShare: number;
  readonly sharesDraws: boolean;
  readonly seed: readonly [low: number, high: number];
  readonly stream: number;
  readonly step: number;
  /** [plans][D] */
  readonly starts: Rows;
  readonly shift: readonly number[];
  readonly scale: readonly number[];
  readonly stepScale: readonly number[];
  /** [D] n at the first number of a one-hot of n choices, else 0. */
  readonly choices: readonly number[];
  /** [plans][H · A] μ, or probabilities. */
  readonly mean: Rows;
  /** [plans][H · A] σ. */
  readonly std: Rows;
}

/** The random numbers of one particle. */
export interface Draws {
  /** ε of the next state, [D]. */
  noise(time: number): number[];
  /** ε of the ratio, [E][D + 1]. */
  epsilon(time: number): Rows;
  /** Who draws the next state when all members predict. */
  member(time: number): number;
}

const clip = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));

/** (x − shift) · scale, within ±8 */
export function normalise({ shift, scale }: World, x: readonly number[]): number[] {
  return x.map((value, d) => clip((value - shift[d]) * scale[d], -8, 8));
}

/** σ(logit), or 0 where the world is not known to end. */
function endingProbability({ hasEndings }: World, head: readonly number[]): number {
  return hasEndings ? 1 / (1 + Math.exp(-head[head.length - 2])) : 0;
}

/** (1 − p_end) (mean + std c⁻¹(m_D)) + p_end (endingMean + endingStd v) of one head */
function expectedReward(world: World, head: readonly number[]): number {
  const slopes = { low: world.lowSlope, high: world.highSlope };
  const continuing = world.rewardMean + world.rewardStd * expand(head[head.length / 2 - 2], slopes);
  const brought = world.endingMean + world.endingStd * head[head.length - 1];
  const p = endingProbability(world, head);
  return (1 - p) * continuing + p * brought;
}

/**
 * Σ_τ γ^τ alive_τ (r_τ + β ratio_τ) + γ^H alive_H V(x_H) of one particle that takes the actions (tanh u, or one-hot)
 * from `start`.
 */
export function simulate(
  world: World,
  start: readonly number[],
  actions: Rows,
  particle: number,
  draws: Draws,
): number {
  const D = start.length;
  const { models, usesInformation, discount } = world;
  const own = models[(particle + world.firstMember) % models.length];
  let x = normalise(world, start);
  let alive = 1;
  let gain = 0;
  const { valueLow = 0, valueHigh = 0 } = world;
  const worthOf = (state: readonly number[]) => {
    const value = world.valueMean + world.valueStd * mlp(world.value, state)[0];
    return valueHigh > valueLow ? Math.max(valueLow, Math.min(valueHigh, value)) : value;
  };
  actions.forEach((action, time) => {
    const heads = (usesInformation ? models : [own]).map((model) => mlp(model, [...x, ...action]));
    const predicted = average(heads.map((head) => expectedReward(world, head)));
    const reward = clip(predicted, world.rewardLow, world.rewardHigh);
    const predictions = heads.map((head) => predictionOf(head, D + 1));
    const ratio = usesInformation
      ? ensembleLogLikelihoodRatio(predictions, world.likelihoodNoise, draws.epsilon(time))
      : 0;
    const novelty = usesInformation && world.novelty ? noveltyOf(world.novelty, [...x, ...action]) : 0;
    gain +=
      discount ** time *
      alive *
      ((world.ignoresRewards ? 0 : reward) + world.informationWeight * (ratio + novelty));
    alive *= 1 - average(heads.map((head) => endingProbability(world, head)));
    const head = usesInformation ? heads[draws.member(time)] : heads[0];
    const noise = world.usesNoise ? draws.noise(time) : x.map(() => 0);
    x = x.map((value, d) => {
      const change = head[d] + Math.exp(0.5 * logVariance(head[D + 1 + d])) * noise[d];
      return clip(value + world.stepScale[d] * change, -8, 8);
    });
    x = chosen(x, world.choices);
    const stops = world.usesValue && world.stopEvery > 0 && (time + 1) % world.stopEvery === 0;
    if (!stops || time + 1 === actions.length) return;
    gain += world.stopShare * discount ** (time + 1) * alive * worthOf(x);
    alive *= 1 - world.stopShare;
  });
  return world.usesValue ? gain + discount ** actions.length * alive * worthOf(x) : gain;
}

/** The largest number of every one-hot as its choice, in units of choices that are all as probable. */
function chosen(x: readonly number[], choices: readonly number[]): number[] {
  const state = [...x];
  choices.forEach((n, first) => {
    const parts = x.slice(first, first + n);
    parts.forEach((_, k) => {
      const isChosen = k === parts.indexOf(Math.max(...parts));
      state[first + k] = clip((Number(isChosen) - 1 / n) / Math.sqrt((1 / n) * (1 - 1 / n)), -8, 8);
    });
  });
  return state;
}

/** ½ log(1 + Σ y²) */
function noveltyOf(network: Network, input: readonly number[]): number {
  return 0.5 * Math.log(1 + sum(mlp(network, [...input]).map((y) => y * y)));
}

/** ε_0 = ξ_0,  ε_τ = ρ ε_{τ−1} + √(1 − ρ²) ξ_τ */
export function persistentNoise(fresh: readonly number[], correlation: number): number[] {
  const noise = [fresh[0]];
  for (const xi of fresh.slice(1))
    noise.push(correlation * noise[noise.length - 1] + Math.sqrt(1 - correlation ** 2) * xi);
  return noise;
}

/** Every draw is the one before where its `decision` is below the correlation. */
export function persistentDraws(
  fresh: readonly number[],
  decisions: readonly number[],
  correlation: number,
): number[] {
  const draws: number[] = [];
  fresh.forEach((draw, time) => {
    draws.push(time > 0 && decisions[time] < correlation ? draws[time - 1] : draw);
  });
  return draws;
}

/** p[k] allowed[k] / Σ_j p[j] allowed[j] in each group of choices; all that are allowed alike where none has weight. */
export function restricted(
  p: readonly number[],
  allowed: readonly number[],
  groups: readonly number[],
): number[] {
  return groups.flatMap((n, g) => {
    const from = sum(groups.slice(0, g));
    const own = allowed.slice(from, from + n);
    const weights = own.map((is, k) => is * p[from + k]);
    const total = sum(weights);
    return total > 0 ? weights.map((w) => w / total) : own.map((is) => is / sum(own));
  });
}

/** softmax(k · score / η) */
export function temper(scores: readonly number[], temperature: number, k = 1): number[] {
  return softmax(scores.map((score) => (k * score) / temperature));
}

/** 1 / Σ w² of normalised weights. */
export function effectiveSampleSize(weights: readonly number[]): number {
  return 1 / sum(weights.map((w) => w * w));
}

/** Σ_n w_n x_n and √ Σ_n w_n (x_n − mean)² */
export function weightedMoments(x: readonly number[], weights: readonly number[]) {
  const mean = sum(x.map((value, n) => weights[n] * value));
  return { mean, std: Math.sqrt(sum(x.map((value, n) => weights[n] * (value - mean) ** 2))) };
}

/** Σ_n w_n hat(tanh u_n) */
export function histogram(u: readonly number[], weights: readonly number[], bins: number): number[] {
  const hats = u.map((value) => hat(Math.tanh(value), bins));
  return hats[0].map((_, k) => sum(hats.map((hat, n) => weights[n] * hat[k])));
}
