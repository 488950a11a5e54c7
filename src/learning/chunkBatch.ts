import { compressRow } from "../core/compress.ts";
import type { Core } from "../core/core.ts";
import { type Columns, gatherTiles } from "../core/gather.ts";
import { separateSeen } from "../core/latent.ts";
import { clipRows } from "../core/running.ts";
import { STREAMS } from "../core/streams.ts";
import { pad4, TILE } from "../core/tiles.ts";
import type { LatentModel, Scale } from "../models/latentModel.ts";
import { STATE_BOUND } from "../models/statistics.ts";
import type { ChunkLearner } from "./chunkLearning.ts";
import {
  endedColumn,
  hasThreat,
  observationColumns,
  placeChunks,
  previousActionColumns,
  rewardColumn,
  type Sequences,
} from "./sequences.ts";
import { drawRows } from "./terminals.ts";

/** Rewards far below the mean count as ones of eight deviations, others as they are. */
const THREATS = {
  ...{ low: Float32Array.of(1), high: Float32Array.of(1) },
  ...{ least: Float32Array.of(-STATE_BOUND), most: Float32Array.of(1e38) },
};

/**
 * Draws a batch of TILE chunks, and puts their evidence into the learner's tiles, scaled.
 *
 * @param ends [TILE] written: the rows that the chunks end at, or near
 */
export function drawChunks(
  core: Core,
  learner: ChunkLearner,
  sequences: Sequences,
  { scales, isSpoilt, ends }: Pick<LatentModel, "scales" | "isSpoilt"> & { readonly ends: Uint32Array },
): void {
  const { counts, seed, zeros, ones, settings } = learner;
  const { evidence, indices } = learner.work;
  const { rows } = sequences.counts;
  drawRows(core, ends, sequences.terminals, { rows, seed, stream: STREAMS.chunkBatch, step: counts.updates });
  placeChunks(sequences, indices, evidence.valid, ends);
  const unit = { shift: zeros, scale: ones };
  const gather = (out: Float32Array, columns: Columns, { shift, scale }: Scale = unit) => {
    const { width } = columns;
    gatherTiles(core, out, columns, indices, shift.subarray(0, width), scale.subarray(0, width));
  };
  gather(evidence.observations, observationColumns(sequences), scales.observation);
  gather(evidence.previousActions, previousActionColumns(sequences));
  gather(evidence.rewards, rewardColumn(sequences), scales.reward);
  gather(evidence.endingRewards, rewardColumn(sequences), scales.ending);
  gather(evidence.ended, endedColumn(sequences));
  clipRows(core, evidence.observations, isSpoilt, { bound: STATE_BOUND, rows: sequences.X });
  if (hasThreat(sequences)) compressRow(core, evidence.rewards, THREATS, { row: 0, rows: pad4(1) });
  separateSeen(core, evidence.observations, evidence.seen, evidence.complete, evidence.valid);
  // recognised, but not explained
  if (settings.bound === "discriminative") evidence.seen.fill(0);
  markOutcomes(evidence);
}

/** Every step of a chunk has an outcome but its first, whose action is no part of it. */
function markOutcomes({ outcomeSeen, valid }: ChunkLearner["work"]["evidence"]): void {
  for (let t = 0; t < valid.length / TILE; t++)
    for (let n = 0; n < TILE; n++) outcomeSeen[t * pad4(1) * TILE + n] = t === 0 ? 0 : valid[t * TILE + n];
}
