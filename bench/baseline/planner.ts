/**
 * One plan with continuous actions in plain TypeScript, from the kernels' random numbers: propose, simulate, weigh,
 * refine, as `assembly/planner`; without information and termination.
 */
import type { Network as TestNetwork } from "../../test/reference/nn.ts";
import type { World } from "../../test/reference/planner.ts";
import { exponential, logarithm } from "./math.ts";
import { allocateLayers, type Network, predict, sigmoid, tanh } from "./mlp.ts";
import { normal, uniform } from "./random.ts";

const TILE = 32;
const [HABIT, MODEL] = [1, 5];

/** A planning problem and its arrays; a candidate's actions are `[time][a]`, rows of 32 candidates are simulated together. */
export interface Plan {
  readonly world: World;
  readonly D: number;
  readonly A: number;
  readonly models: readonly Network[];
  readonly habit: Network;
  readonly value: Network;
  readonly layers: Readonly<Record<"model" | "habit" | "value", readonly Float32Array[]>>;
  readonly actions: Float32Array;
  readonly draws: Float32Array;
  readonly habitDraws: Float32Array;
  readonly noise: Float32Array;
  readonly states: Float32Array;
  readonly gains: Float32Array;
  readonly scores: Float32Array;
  readonly weights: Float32Array;
  readonly mean: Float32Array;
  readonly std: Float32Array;
}

export function networkOf({ layers, activation }: TestNetwork): Network {
  if (activation === "relu") throw new RangeError("activation: expected tanh or silu, got relu");
  return {
    widths: [layers[0].weight[0].length, ...layers.map(({ bias }) => bias.length)],
    activation,
    weights: layers.map(({ weight }) => Float32Array.from(weight.flat())),
    biases: layers.map(({ bias }) => Float32Array.from(bias)),
  };
}

export function allocatePlan(world: World): Plan {
  const D = world.starts[0].length;
  const A = world.mean[0].length / world.horizon;
  const models = world.models.map(networkOf);
  const habit = networkOf(world.habit);
  const value = networkOf(world.value);
  const { candidates, horizon } = world;
  return {
    world,
    D,
    A,
    models,
    habit,
    value,
    layers: {
      model: allocateLayers(models[0], TILE),
      habit: allocateLayers(habit, TILE),
      value: allocateLayers(value, TILE),
    },
    actions: new Float32Array(candidates * horizon * A),
    draws: new Float32Array(horizon * ((A + 3) & ~3) * TILE),
    habitDraws: new Float32Array(2 * A * TILE),
    noise: new Float32Array(D * TILE),
    states: new Float32Array(TILE * D),
    gains: new Float32Array(TILE),
    scores: new Float32Array(candidates),
    weights: new Float32Array(candidates),
    mean: Float32Array.from(world.mean[0]),
    std: Float32Array.from(world.std[0]),
  };
}

/** One iteration. @returns Σ w · score */
export function iterate(plan: Plan): number {
  propose(plan);
  rollout(plan);
  const value = weigh(plan);
  refine(plan);
  return value;
}

function propose({ world, A, actions, draws, mean, std }: Plan): void {
  const { candidates, horizon, seed, stream, step } = world;
  // one persistence for all, as the benches have it
  const correlation = Number(world.correlation);
  const fresh = Math.sqrt(1 - correlation * correlation);
  const height = (A + 3) & ~3;
  for (let first = 0; first < candidates; first += TILE) {
    normal(draws, seed[0], seed[1], stream, first / TILE, step);
    for (let n = 0; n < Math.min(TILE, candidates - first); n++)
      for (let a = 0; a < A; a++) {
        let noise = draws[a * TILE + n];
        for (let time = 0; time < horizon; time++) {
          const i = time * A + a;
          if (time > 0) noise = correlation * noise + fresh * draws[(time * height + a) * TILE + n];
          const spread = first + n === 0 ? 0 : std[i] * noise;
          actions[(first + n) * horizon * A + i] = mean[i] + spread;
        }
      }
  }
}

function rollout(plan: Plan): void {
  const { world, gains, scores } = plan;
  scores.fill(0);
  for (let first = 0; first < world.candidates; first += TILE) {
    const count = Math.min(TILE, world.candidates - first);
    for (let particle = 0; particle < world.particles; particle++) {
      simulate(plan, first, count, particle);
      for (let n = 0; n < count; n++) scores[first + n] += gains[n] / world.particles;
    }
  }
}

function simulate(plan: Plan, first: number, count: number, particle: number): void {
  const { world, D, A, models, layers, actions, states, gains } = plan;
  const { horizon, rewardMean, rewardStd, rewardLow, rewardHigh, shift, scale } = world;
  const model = models[(particle + world.firstMember) % models.length];
  const input = layers.model[0];
  const stride = model.widths[model.widths.length - 1];
  gains.fill(0);
  for (let n = 0; n < count; n++)
    for (let d = 0; d < D; d++)
      states[n * D + d] = Math.min(8, Math.max(-8, (world.starts[0][d] - shift[d]) * scale[d]));
  let weight = 1;
  for (let time = 0; time < horizon; time++) {
    const clock = (first / TILE) * horizon + time;
    if (particle === 0 && first <= world.habitCandidates && world.habitCandidates > 0)
      followHabit(plan, first, count, time, clock);
    for (let n = 0; n < count; n++) {
      for (let d = 0; d < D; d++) input[n * (D + A) + d] = states[n * D + d];
      const from = ((first + n) * horizon + time) * A;
      for (let a = 0; a < A; a++) input[n * (D + A) + D + a] = tanh(actions[from + a]);
    }
    const head = predict(model, layers.model, count);
    for (let n = 0; n < count; n++) {
      const reward = rewardMean + rewardStd * head[n * stride + D];
      gains[n] += weight * Math.min(rewardHigh, Math.max(rewardLow, reward));
    }
    advance(plan, head, stride, count, clock, particle);
    weight *= world.discount;
  }
  if (!world.usesValue) return;
  for (let i = 0; i < count * D; i++) layers.value[0][i] = states[i];
  const value = predict(plan.value, layers.value, count);
  for (let n = 0; n < count; n++) gains[n] += weight * (world.valueMean + world.valueStd * value[n]);
}

/** x ← clip(x + stepScale (m + s ε)) */
function advance(
  { world, D, noise, states }: Plan,
  head: Float32Array,
  stride: number,
  count: number,
  clock: number,
  particle: number,
): void {
  const { seed, stream, step, stepScale, usesNoise } = world;
  if (usesNoise) normal(noise, seed[0], seed[1], stream + MODEL + particle, clock, step);
  for (let n = 0; n < count; n++)
    for (let d = 0; d < D; d++) {
      let change = head[n * stride + d];
      if (usesNoise)
        change += exponential(-4.5 + 5 * sigmoid(head[n * stride + D + 1 + d] + 1)) * noise[d * TILE + n];
      const x = states[n * D + d] + stepScale[d] * change;
      states[n * D + d] = Math.min(8, Math.max(-8, x));
    }
}

/** Candidates 1 … habitCandidates among those from `first` on take an action of the habit. */
function followHabit(plan: Plan, first: number, count: number, time: number, clock: number): void {
  const { world, D, A, habit, layers, states, habitDraws, actions } = plan;
  const { bins, horizon, seed, stream, step } = world;
  const from = first === 0 ? 1 : 0;
  const rows = Math.min(count, world.habitCandidates + 1 - first) - from;
  if (rows <= 0) return;
  for (let i = 0; i < rows * D; i++) layers.habit[0][i] = states[from * D + i];
  const logits = predict(habit, layers.habit, rows);
  uniform(habitDraws, seed[0], seed[1], stream + HABIT, clock, step);
  for (let row = 0; row < rows; row++)
    for (let a = 0; a < A; a++) {
      const n = from + row;
      const index = sampleIndex(logits, (row * A + a) * bins, bins, habitDraws[2 * a * TILE + n]);
      const place = ((index + habitDraws[(2 * a + 1) * TILE + n] - 0.5) * 2) / (bins - 1) - 1;
      const action = Math.min(0.995, Math.max(-0.995, place));
      actions[((first + n) * horizon + time) * A + a] = 0.5 * logarithm((1 + action) / (1 - action));
    }
}

function sampleIndex(logits: Float32Array, from: number, bins: number, draw: number): number {
  let top = logits[from];
  for (let k = 1; k < bins; k++) top = Math.max(top, logits[from + k]);
  let total = 0;
  for (let k = 0; k < bins; k++) total += exponential(Math.max(-104, logits[from + k] - top));
  let cumulative = 0;
  for (let k = 0; k < bins - 1; k++) {
    cumulative += exponential(Math.max(-104, logits[from + k] - top));
    if (cumulative > draw * total) return k;
  }
  return bins - 1;
}

function weigh({ world, scores, weights }: Plan): number {
  const { candidates, essShare, temperature } = world;
  let top = -Infinity;
  for (let n = 0; n < candidates; n++) top = Math.max(top, scores[n]);
  let [low, high, k] = [0, 1, 1];
  if (temper(weights, scores, top, 1 / temperature) < essShare * candidates) {
    for (let i = 0; i < 24; i++) {
      k = 0.5 * (low + high);
      if (temper(weights, scores, top, k / temperature) < essShare * candidates) high = k;
      else low = k;
    }
    temper(weights, scores, top, low / temperature);
  }
  let value = 0;
  for (let n = 0; n < candidates; n++) value += weights[n] * scores[n];
  return value;
}

/** w ∝ exp(factor (score − top)). @returns the effective sample size */
function temper(weights: Float32Array, scores: Float32Array, top: number, factor: number): number {
  let total = 0;
  let squares = 0;
  for (let n = 0; n < scores.length; n++) {
    const w = exponential(Math.max(-104, factor * (scores[n] - top)));
    total += w;
    squares += w * w;
    weights[n] = w;
  }
  for (let n = 0; n < scores.length; n++) weights[n] /= total;
  return (total * total) / squares;
}

function refine({ world, A, actions, weights, mean, std }: Plan): void {
  const { candidates, horizon, minimumStd } = world;
  for (let i = 0; i < horizon * A; i++) {
    let mu = 0;
    for (let n = 0; n < candidates; n++) mu += weights[n] * actions[n * horizon * A + i];
    let variance = 0;
    for (let n = 0; n < candidates; n++) variance += weights[n] * (actions[n * horizon * A + i] - mu) ** 2;
    mean[i] = mu;
    std[i] = Math.max(minimumStd, Math.sqrt(variance));
  }
}
