import type { Core } from "../core/core.ts";
import { pick } from "../core/gather.ts";
import { drawIndices } from "../core/random.ts";
import { STREAMS } from "../core/streams.ts";
import type { Memory } from "../models/network.ts";
import { deviation, type Moments } from "./moments.ts";
import { MOST_DEVIATIONS } from "./steadyMoments.ts";

/**
 * Rows of a table whose rewards lie more than a standard deviation from the mean: few rewards say most of what matters. Where
 * some lie further than eight, those alone.
 */
export interface RareRows {
  readonly capacity: number;
  /** [capacity] the first `counts.rows` of them count. */
  readonly list: Uint32Array;
  readonly counts: {
    rows: number;
    /** Whether the rows are those beyond eight deviations. */
    isFar: boolean;
  };
}

export function allocateRareRows(memory: Memory, capacity: number): RareRows {
  return { capacity, list: memory.u32(capacity), counts: { rows: 0, isFar: false } };
}

/** Lists a row that is written, where its reward is rare and the list has a place; the moments include the reward. */
export function listRare(
  { capacity, list, counts }: RareRows,
  row: number,
  reward: number,
  moments: Moments,
): void {
  const std = deviation(moments);
  const size = Math.abs(reward - moments.mean);
  if (std === 0 || size <= (counts.isFar ? MOST_DEVIATIONS : 1) * std) return;
  if (!counts.isFar && size > MOST_DEVIATIONS * std) {
    counts.isFar = true;
    counts.rows = 0;
  }
  if (counts.rows < capacity) list[counts.rows++] = row;
}

/** Takes a row that is overwritten off the list; the last of the list moves to its place. */
export function unlistRare({ list, counts }: RareRows, row: number): void {
  const place = list.subarray(0, counts.rows).indexOf(row);
  if (place >= 0) list[place] = list[--counts.rows];
}

/** Places of a batch that one row takes at most. */
const MOST_PLACES = 4;

/**
 * Draws a share of a batch among the rare rows, where they have less of the table than that.
 *
 * @param share of the batch, at most: one row takes four places
 * @param rows  of the table
 */
export function drawRareRows(
  core: Core,
  indices: Uint32Array,
  { list, counts }: RareRows,
  {
    share,
    rows,
    seed,
    step,
    member,
  }: {
    readonly share: number;
    readonly rows: number;
    readonly seed: readonly [number, number];
    readonly step: number;
    readonly member: number;
  },
): void {
  if (counts.rows === 0 || counts.rows >= share * rows) return;
  // full groups of four, as draws come
  const places = Math.min(indices.length * share, MOST_PLACES * counts.rows);
  const part = indices.subarray(0, Math.floor(places / 4) * 4);
  if (part.length === 0) return;
  drawIndices(core, part, counts.rows, seed[0], seed[1], STREAMS.rareBatch + member, step);
  pick(core, part, list.subarray(0, counts.rows), part);
}
