/** Models in functions, and batches of their steps, for tests. */
import { createCore } from "../../src/core/core.ts";
import { box, discrete } from "../../src/environments/environment.ts";
import { type Batch, type Model, shapeOf } from "../../src/models/functions/model.ts";
import { createTools, type KeyedTools } from "../../src/models/functions/tools.ts";
import type { TabularModel } from "../../src/models/tabular.ts";
import type { Rows } from "../reference/arrays.ts";

/** A core for tests of functions, and tools in it. */
export const core = await createCore();
export const tools = (seed = 1): KeyedTools => createTools(core, { seed, stream: 5 });

/** An empty batch. */
export function batchOf(model: Model, count: number): Batch {
  const { stateSize, actionSize } = shapeOf(model);
  return {
    count,
    states: new Float32Array(stateSize * count),
    actions: new Float32Array(actionSize * count),
    next: new Float32Array(stateSize * count),
    rewards: new Float32Array(count),
    endings: new Float32Array(count),
  };
}

/** A batch whose steps all begin in one state with one action, after the step. */
export function stepsFrom(
  model: Model,
  {
    state,
    action,
    count = 4096,
  }: { readonly state: readonly number[]; readonly action: readonly number[]; readonly count?: number },
  drawn = tools(),
): Batch {
  const batch = batchOf(model, count);
  for (const [d, value] of state.entries()) batch.states.fill(value, d * count, (d + 1) * count);
  for (const [d, value] of action.entries()) batch.actions.fill(value, d * count, (d + 1) * count);
  model.step(batch, drawn);
  return batch;
}

/** What is seen after the steps of a batch: [X][count]. */
export function seenAfter(model: Model, batch: Batch, drawn = tools(2)): Float32Array[] {
  const X = shapeOf(model).observationSize;
  const observations = new Float32Array(X * batch.count);
  model.observe?.(observations, batch, drawn);
  return Array.from({ length: X }, (_, d) => observations.subarray(d * batch.count, (d + 1) * batch.count));
}

/** Row d of a batch's next states. */
export function nextRow({ next, count }: Batch, d: number): Float32Array {
  return next.subarray(d * count, (d + 1) * count);
}

/** Mean and standard deviation. */
export function spreadOf(values: ArrayLike<number>) {
  const all = Array.from(values);
  const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
  return { mean, std: Math.sqrt(all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length) };
}

/** Share of the values that are so. */
export function share(values: ArrayLike<number>, is: (value: number, n: number) => boolean): number {
  return Array.from(values).filter(is).length / values.length;
}

/** Tables written as functions. */
export function functionsOfTables({ tables, states: S, actions: A, observations: O }: TabularModel): Model {
  const drawn = (row: ArrayLike<number>, u: number) => {
    let k = 0;
    for (let sum = row[0]; u >= sum && k < row.length - 1; ) sum += row[++k];
    return k;
  };
  const { initial = [1], transition, observation } = tables;
  const reward = tables.reward as Rows;
  return {
    observationSpace: discrete(O),
    actionSpace: discrete(A),
    stateSize: 1,
    initial(states, count, { uniform }) {
      uniform(states);
      for (let n = 0; n < count; n++) states[n] = drawn(initial, states[n]);
    },
    step({ count, states, actions, next, rewards }, { uniform }) {
      uniform(next);
      for (let n = 0; n < count; n++) {
        rewards[n] = reward[states[n]][actions[n]];
        next[n] = drawn(transition[states[n]][actions[n]], next[n]);
      }
    },
    observe(observations, { count, next, actions }, { uniform }) {
      uniform(observations);
      for (let n = 0; n < count; n++)
        observations[n] = drawn(observation[actions[n]][next[n]], observations[n]);
    },
    logDensity(out, observations, { count, next, actions }, { log }) {
      for (let n = 0; n < count; n++) {
        const p = observation[actions[n]][next[n]][observations[n]];
        out[n] = p > 0 ? log(p) : -Infinity;
      }
    },
    features: {
      size: S,
      write(out, states, count) {
        for (let s = 0; s < S; s++)
          for (let n = 0; n < count; n++) out[s * count + n] = Number(states[n] === s);
      },
    },
  };
}

/** A walk on the line with an error of one that is seen: r = −z'². */
export const walk: Model = {
  observationSpace: box([-Infinity], [Infinity]),
  actionSpace: box([-1], [1]),
  stateSize: 1,
  initial(states, _count, { normal }) {
    normal(states);
  },
  step({ count, states, actions, next, rewards }, { normal }) {
    normal(next);
    for (let n = 0; n < count; n++) {
      next[n] = states[n] + actions[n] + 0.5 * next[n];
      rewards[n] = -next[n] * next[n];
    }
  },
  observe(observations, { count, next }, { normal }) {
    normal(observations);
    for (let n = 0; n < count; n++) observations[n] += next[n];
  },
  logDensity(out, observations, { count, next }) {
    for (let n = 0; n < count; n++) out[n] = -0.5 * (observations[n] - next[n]) ** 2 - 0.9189385332046727;
  },
};
