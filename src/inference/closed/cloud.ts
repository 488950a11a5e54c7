/**
 * Imagined beliefs as weighted particles, of a model in functions.
 *
 * A step moves every particle once, whatever will be seen; an outcome is one observation, drawn from one of the particles, and the
 * weights that it leaves. So all outcomes of a step share its particles (packed beliefs, as in AdaOPS: Wu, Yang, Sunberg et al.
 * 2021). The particles that observations are drawn from lie at the points of a van der Corput sequence in their cumulative weights:
 * few of them stand for all.
 */
import type { Core } from "../../core/core.ts";
import { exp } from "../../core/math.ts";
import { STREAMS } from "../../core/streams.ts";
import { pad4 } from "../../core/tiles.ts";
import { normaliseWeights } from "../../core/weights.ts";
import type { Batch, Model, ModelShape } from "../../models/functions/model.ts";
import { createTools, type KeyedTools, TOOLS_SCRATCH, toStep } from "../../models/functions/tools.ts";
import type { Memory } from "../../models/network.ts";
import type { Imagination, ImaginedStep, Outcome } from "./nodes.ts";
import { createPool, type Pool } from "./pool.ts";
import { type Distinct, distinctStates, drawnFrom, isUneven, momentsOf } from "./stratified.ts";

/** N weighted particles. */
export interface Cloud {
  /** [S, N]. */
  readonly states: Float32Array;
  /** [N], sum to one. */
  readonly weights: Float32Array;
}

/** What clouds are reweighed in. */
export interface CloudWork {
  readonly logWeights: Float32Array;
  readonly weights: Float32Array;
  readonly scratch: Float32Array;
}

/** Reserves it. `memory` may be a counter of bytes. */
export function allocateCloudWork(memory: Memory, particles: number): CloudWork {
  const N = pad4(particles);
  return { logWeights: memory.f32(N), weights: memory.f32(N), scratch: memory.f32(TOOLS_SCRATCH) };
}

/** The values of clouds where plans end: [clouds] in units of reward. */
export type CloudValues = (clouds: readonly Cloud[]) => ArrayLike<number>;

/** How a model in functions is imagined. */
export interface CloudImagination extends Imagination<Cloud> {
  /** A cloud from [N][S] states and [N] log-weights of any N: a part of them for as many particles as plans have. */
  from(states: ArrayLike<number>, logWeights: ArrayLike<number>): Cloud;
  /** What plans draw from; its seed may be changed. */
  readonly tools: KeyedTools;
}

/** What the functions below work on. */
interface Context {
  readonly core: Core;
  readonly model: Model;
  readonly shape: ModelShape;
  readonly work: CloudWork;
  readonly pool: Pool;
  readonly tools: KeyedTools;
  readonly N: number;
}

/** Draws of a plan: four kinds for every key. */
const KINDS = 4;
/** Observations that are drawn at once: the least batch. */
const BLOCK = 4;

/** Imagines a model in functions with clouds of N particles. */
export function cloudImagination(
  core: Core,
  model: Model,
  {
    shape,
    work,
    seed,
    values,
  }: {
    readonly shape: ModelShape;
    readonly work: CloudWork;
    readonly seed: number;
    /** Left out: the model's value, or 0. */
    readonly values?: CloudValues | undefined;
  },
): CloudImagination {
  const tools = createTools(core, { seed, stream: STREAMS.beliefPlan }, work.scratch);
  const pool = createPool();
  const context: Context = { core, model, shape, work, pool, tools, N: work.weights.length };
  return {
    tools,
    step: (cloud, action, key) => stepOf(context, cloud, { action, key }),
    values: values ?? ((clouds) => clouds.map((cloud) => expectedValue(context, cloud))),
    reset: () => pool.reset(),
    from: (states, logWeights) => fromParticles(context, states, logWeights),
  };
}

/** Particles that are fewer than the lanes are repeated, and their copies share the weight: copies meet different chance. */
function fromParticles(
  { core, shape: { stateSize: S }, work, pool, N }: Context,
  states: ArrayLike<number>,
  logWeights: ArrayLike<number>,
): Cloud {
  const M = logWeights.length;
  const cloud = { states: pool.take(S * N), weights: pool.take(N) };
  for (let n = 0; n < N; n++) {
    const m = n % M;
    work.logWeights[n] = logWeights[m];
    for (let d = 0; d < S; d++) cloud.states[d * N + n] = states[m * S + d];
  }
  normaliseWeights(core, work.weights, work.logWeights);
  // the first N mod M particles have a copy more
  let sum = 0;
  for (let n = 0; n < N; n++) {
    cloud.weights[n] = work.weights[n] / (Math.floor(N / M) + Number(n % M < N % M));
    sum += cloud.weights[n];
  }
  for (let n = 0; n < N; n++) cloud.weights[n] /= sum;
  return cloud;
}

function stepOf(
  context: Context,
  cloud: Cloud,
  { action, key }: { readonly action: Float32Array; readonly key: number },
): ImaginedStep<Cloud> {
  const { model, shape, pool, tools, N } = context;
  const { stateSize: S, actionSize: A } = shape;
  const { states, weights } = isUneven(cloud.weights) ? resampled(context, cloud, key) : cloud;
  const actions = pool.take(A * N);
  for (let d = 0; d < A; d++) actions.fill(action[d], d * N, (d + 1) * N);
  const next = pool.take(S * N);
  const rewards = pool.take(N);
  const endings = pool.take(N).fill(0);
  const batch: Batch = { count: N, states, actions, next, rewards, endings };
  model.step(batch, toStep(tools, KINDS * key + 1));
  let reward = 0;
  let continuing = 0;
  for (let n = 0; n < N; n++) {
    reward += weights[n] * rewards[n];
    continuing += weights[n] * (1 - endings[n]);
  }
  const base = pool.take(N);
  for (let n = 0; n < N; n++) base[n] = continuing > 0 ? (weights[n] * (1 - endings[n])) / continuing : 0;
  const seen: Seen = { batch, base, block: undefined, from: 0, count: 0 };
  return {
    reward,
    continuing: continuing > LEAST ? continuing : 0,
    next: () => outcomeOf(context, seen, key),
    moments: () => momentsOf({ states: next, weights: base }, S),
  };
}

/** A chance of going on that rounding alone leaves. */
const LEAST = 1e-6;

/** The observations of a step that were drawn so far. */
interface Seen {
  readonly batch: Batch;
  /** [N] weights of the particles that go on. */
  readonly base: Float32Array;
  /** [X, BLOCK] those that were drawn last. */
  block: Float32Array | undefined;
  /** Outcomes that were given so far. */
  count: number;
  /** The first outcome of the block. */
  from: number;
  /** Where states are seen: those that the particles reach. */
  distinct?: readonly Distinct[];
}

function outcomeOf(context: Context, seen: Seen, key: number): Outcome<Cloud> | undefined {
  const { core, model, shape, work, pool, N } = context;
  const { batch, base } = seen;
  const k = seen.count++;
  if (shape.isSeen) {
    seen.distinct ??= distinctStates(batch.next, base);
    if (k >= seen.distinct.length) return undefined;
    const { n, mass } = seen.distinct[k];
    return { belief: pointOf(context, batch.next, n), mass, nats: 0 };
  }
  if (seen.block === undefined || k >= seen.from + BLOCK) drawBlock(context, seen, { key, from: k });
  const X = shape.observationSize;
  const block = seen.block as Float32Array;
  const at = k - seen.from;
  const observations = pool.take(X * N);
  for (let d = 0; d < X; d++) observations.fill(block[d * BLOCK + at], d * N, (d + 1) * N);
  const densities = pool.take(N);
  model.logDensity?.(densities, observations, batch, context.tools);
  let greatest = -Infinity;
  for (let n = 0; n < N; n++) if (base[n] > 0 && densities[n] > greatest) greatest = densities[n];
  // nothing explains it, by rounding: the particle that it was drawn from does
  if (!(greatest > -Infinity))
    return { belief: pointOf(context, batch.next, drawnFrom(base, k)), mass: 1, nats: 0 };
  const { logWeights, weights } = work;
  for (let n = 0; n < N; n++) logWeights[n] = densities[n] - greatest;
  // w' = base · p / Σ base · p;  nats = Σ w' (log p − log Σ base · p)
  exp(core, weights, logWeights);
  let sum = 0;
  for (let n = 0; n < N; n++) sum += weights[n] * base[n];
  const cloud = { states: batch.next, weights: pool.take(N) };
  let nats = -context.tools.log(sum);
  for (let n = 0; n < N; n++) {
    const w = (weights[n] * base[n]) / sum;
    cloud.weights[n] = w;
    if (w > 0) nats += w * logWeights[n];
  }
  const symbol = shape.symbols > 0 ? { symbol: block[at] } : {};
  return { belief: cloud, mass: 1, nats, ...symbol };
}

function drawBlock(
  { model, shape, pool, tools }: Context,
  seen: Seen,
  { key, from }: { readonly key: number; readonly from: number },
): void {
  const { batch, base } = seen;
  const [S, A, N] = [shape.stateSize, shape.actionSize, batch.count];
  const part: Batch = {
    count: BLOCK,
    states: pool.take(S * BLOCK),
    actions: pool.take(A * BLOCK),
    next: pool.take(S * BLOCK),
    rewards: pool.take(BLOCK),
    endings: pool.take(BLOCK).fill(0),
  };
  for (let i = 0; i < BLOCK; i++) {
    const n = drawnFrom(base, from + i);
    for (let d = 0; d < S; d++) part.states[d * BLOCK + i] = batch.states[d * N + n];
    for (let d = 0; d < S; d++) part.next[d * BLOCK + i] = batch.next[d * N + n];
    for (let d = 0; d < A; d++) part.actions[d * BLOCK + i] = batch.actions[d * N + n];
  }
  seen.block = pool.take(shape.observationSize * BLOCK);
  seen.from = from;
  toStep(tools, KINDS * key + 2);
  tools.fills = from;
  model.observe?.(seen.block, part, tools);
}

/** N particles of equal weight, by systematic resampling. */
function resampled({ shape, pool, tools, N }: Context, { states, weights }: Cloud, key: number): Cloud {
  const S = shape.stateSize;
  const even = { states: pool.take(S * N), weights: pool.take(N).fill(1 / N) };
  const [start] = toStep(tools, KINDS * key).uniform(pool.take(4));
  let n = 0;
  let sum = weights[0];
  for (let i = 0; i < N; i++) {
    const point = (i + start) / N;
    while (point >= sum && n < N - 1) sum += weights[++n];
    for (let d = 0; d < S; d++) even.states[d * N + i] = states[d * N + n];
  }
  return even;
}

/** All weight on one particle. */
function pointOf({ shape: { stateSize: S }, pool, N }: Context, states: Float32Array, n: number): Cloud {
  const cloud = { states: pool.take(S * N), weights: pool.take(N).fill(1 / N) };
  for (let d = 0; d < S; d++) cloud.states.fill(states[d * N + n], d * N, (d + 1) * N);
  return cloud;
}

/** Σ w V(z), or 0 where the model has no value. */
function expectedValue({ model, shape, pool, tools, N }: Context, { states, weights }: Cloud): number {
  if (model.value === undefined) return 0;
  const out = pool.take(N);
  const actions = pool.take(shape.actionSize * N).fill(0);
  const empty = pool.take(N).fill(0);
  model.value(out, { count: N, states, next: states, actions, rewards: empty, endings: empty }, tools);
  let sum = 0;
  for (let n = 0; n < N; n++) if (weights[n] > 0) sum += weights[n] * out[n];
  return sum;
}
