/** The value of beliefs in a known model: a small network over their summaries, which plans end in. */
import type { Core } from "../../core/core.ts";
import { huberGradient } from "../../core/huber.ts";
import { mlpPredict, widestHidden } from "../../core/mlp.ts";
import { createRandom } from "../../core/random.ts";
import { readSafetensors, writeSafetensors } from "../../core/safetensors.ts";
import { STREAMS } from "../../core/streams.ts";
import { pad4, TILE, tilesFor } from "../../core/tiles.ts";
import type { Cloud } from "../../inference/closed/cloud.ts";
import { summarise, summarySize } from "../../inference/closed/features.ts";
import type { Model } from "../../models/functions/model.ts";
import {
  allocateNetwork,
  allocateTrainer,
  descend,
  forward,
  initialiseNetwork,
  type Memory,
} from "../../models/network.ts";

/** Sizes and rates of a value. */
export interface ValueSettings {
  /** Widths of the hidden layers. */
  readonly hidden: readonly number[];
  /** Beliefs that are remembered; later ones take the place of the first. */
  readonly capacity: number;
  readonly learningRate: number;
  readonly seed: number;
}

/** A value that is learned. */
export interface BeliefValue {
  /** [clouds] in units of reward. */
  values(clouds: readonly Cloud[]): Float32Array;
  /** Remembers what a belief is worth. */
  remember(cloud: Cloud, value: number): void;
  /** Updates of the network on what is remembered. */
  fit(updates: number): void;
  /** Beliefs that are remembered. */
  readonly rows: number;
  /** What was learned, as a safetensors file; what is remembered is no part of it. */
  save(): Uint8Array;
  /** Goes on from what was saved of a model with as many features. @throws Error when it is no such file */
  load(saved: Uint8Array): void;
}

/** Of files. */
const FORMAT = "belief-value-1";
/** Tiles of one update. */
const TILES = 8;
const BATCH = TILES * TILE;
/** Clouds that are valued at once. */
const MOST = 8;
/** Huber threshold of the value's loss, in standard deviations of the values. */
const HUBER = 2;

/** Reserves what a value takes. `memory` may be a counter of bytes. */
export function allocateBeliefValue(memory: Memory, model: Model, { hidden }: Pick<ValueSettings, "hidden">) {
  const size = summarySize(model);
  const network = allocateNetwork(memory, [size, ...hidden, 1], "silu");
  return {
    ...{ size, network },
    trainer: allocateTrainer(memory, network, TILES),
    target: memory.f32(TILES * pad4(1) * TILE),
    work: {
      input: memory.f32(MOST * pad4(size) * TILE),
      output: memory.f32(MOST * pad4(1) * TILE),
      hidden: memory.f32(2 * widestHidden([0, ...hidden, 0]) * TILE),
    },
  };
}

/** A value of 0 for every belief, to be learned. */
export function createBeliefValue(core: Core, model: Model, settings: ValueSettings): BeliefValue {
  const { capacity, seed, learningRate, hidden } = settings;
  const parts = allocateBeliefValue(core, model, { hidden });
  const { size, network, trainer, target, work } = parts;
  initialiseNetwork(core, network, {
    ...{ outputScale: 0.01, seed: [seed >>> 0, 0] },
    stream: STREAMS.valueInitial,
  });
  const random = createRandom(core, seed, STREAMS.valueBatch);
  const rows = { summaries: new Float32Array(capacity * size), values: new Float32Array(capacity), count: 0 };
  const scales = { shift: new Float32Array(size), scale: new Float32Array(size), mean: 0, std: 0 };
  const summary = new Float32Array(size);
  const counts = { updates: 0 };
  const place = (input: Float32Array, n: number, from: Float32Array, at: number) => {
    const tile = Math.floor(n / TILE) * pad4(size) * TILE + (n % TILE);
    for (let d = 0; d < size; d++)
      input[tile + d * TILE] = (from[at + d] - scales.shift[d]) * scales.scale[d];
  };
  return {
    save: () =>
      writeSafetensors(
        {
          parameters: network.parameters,
          first: trainer.first,
          second: trainer.second,
          shift: scales.shift,
          scale: scales.scale,
          value: Float32Array.of(scales.mean, scales.std),
          counts: Uint32Array.of(counts.updates, ...network.widths),
        },
        FORMAT,
      ),
    load(saved) {
      const { tensors, format } = readSafetensors(saved);
      if (format !== FORMAT) throw new Error(`saved: expected a file of format ${FORMAT}, got ${format}`);
      const [updates, ...widths] = tensors.counts;
      if (String(widths) !== String(network.widths))
        throw new Error(`saved: expected a value of widths ${network.widths}, got ${widths}`);
      network.parameters.set(tensors.parameters);
      trainer.first.set(tensors.first);
      trainer.second.set(tensors.second);
      scales.shift.set(tensors.shift);
      scales.scale.set(tensors.scale);
      [scales.mean, scales.std] = tensors.value;
      counts.updates = updates;
    },
    get rows() {
      return Math.min(rows.count, capacity);
    },
    remember(cloud, value) {
      const at = rows.count++ % capacity;
      rows.summaries.set(summarise(summary, model, cloud), at * size);
      rows.values[at] = value;
    },
    values(clouds) {
      const out = new Float32Array(clouds.length);
      if (counts.updates === 0) return out;
      for (let from = 0; from < clouds.length; from += MOST * TILE) {
        const some = clouds.slice(from, from + MOST * TILE);
        const tiles = tilesFor(some.length);
        const input = work.input.subarray(0, tiles * pad4(size) * TILE);
        const output = work.output.subarray(0, tiles * pad4(1) * TILE);
        some.forEach((cloud, n) => {
          place(input, n, summarise(summary, model, cloud), 0);
        });
        mlpPredict(core, output, input, work.hidden, network.parameters, network.shape);
        for (let n = 0; n < some.length; n++) {
          const at = Math.floor(n / TILE) * pad4(1) * TILE + (n % TILE);
          out[from + n] = scales.mean + scales.std * output[at];
        }
      }
      return out;
    },
    fit(updates) {
      const count = Math.min(rows.count, capacity);
      if (count === 0) return;
      if (counts.updates === 0) setScales(scales, { ...rows, count, size });
      for (let i = 0; i < updates; i++) {
        for (let n = 0; n < BATCH; n++) {
          const row = random.integer(count);
          place(trainer.work.input, n, rows.summaries, row * size);
          target[Math.floor(n / TILE) * pad4(1) * TILE + (n % TILE)] =
            (rows.values[row] - scales.mean) / scales.std;
        }
        forward(core, network, trainer);
        huberGradient(core, trainer.work.dOutput, trainer.work.output, target, HUBER);
        descend(
          core,
          network,
          trainer,
          { learningRate, annealing: 2000, weightDecay: 1e-5 },
          { step: ++counts.updates },
        );
      }
    },
  };
}

/** Networks see and predict numbers of size one: by the first beliefs that are remembered. */
function setScales(
  scales: { readonly shift: Float32Array; readonly scale: Float32Array; mean: number; std: number },
  rows: {
    readonly summaries: Float32Array;
    readonly values: Float32Array;
    readonly count: number;
    readonly size: number;
  },
): void {
  const { summaries, values, count, size } = rows;
  const moments = (value: (row: number) => number) => {
    let mean = 0;
    let squares = 0;
    for (let row = 0; row < count; row++) mean += value(row) / count;
    for (let row = 0; row < count; row++) squares += (value(row) - mean) ** 2 / count;
    return { mean, std: Math.sqrt(squares) };
  };
  for (let d = 0; d < size; d++) {
    const { mean, std } = moments((row) => summaries[row * size + d]);
    scales.shift[d] = mean;
    scales.scale[d] = std > 0 ? 1 / std : 0;
  }
  const { mean, std } = moments((row) => values[row]);
  // as a file holds them
  scales.mean = Math.fround(mean);
  scales.std = Math.fround(Math.max(std, 1e-3));
}
