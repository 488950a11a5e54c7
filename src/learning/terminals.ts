import type { Core } from "../core/core.ts";
import { pick } from "../core/gather.ts";
import { scalarMath } from "../core/math.ts";
import { drawIndices } from "../core/random.ts";
import { STREAMS } from "../core/streams.ts";
import type { Memory } from "../models/network.ts";

/** Rows of a table at which the world ended: they are rare, and a batch gets more than its share of them. */
export interface Terminals {
  readonly capacity: number;
  /** [capacity] rows at which the world ended; the first `counts.rows` of them count. */
  readonly list: Uint32Array;
  readonly counts: {
    /** Terminations seen. */
    terminations: number;
    /** Rows that are listed. */
    rows: number;
  };
}

export function allocateTerminals(memory: Memory, capacity: number): Terminals {
  return { capacity, list: memory.u32(capacity), counts: { terminations: 0, rows: 0 } };
}

/** The rows at which the world ended that are still remembered; no more than the list has places. */
export function listedTerminals({ list, counts }: Terminals): Uint32Array {
  return list.subarray(0, counts.rows);
}

/** A full list gives up the place of an older row. */
export function listTerminal({ capacity, list, counts }: Terminals, row: number): void {
  const isFull = counts.rows === capacity;
  list[isFull ? counts.terminations % capacity : counts.rows++] = row;
  counts.terminations++;
}

/** Takes a row that is overwritten off the list; the last of the list moves to its place. */
export function unlistTerminal(terminals: Terminals, row: number): void {
  const { list, counts } = terminals;
  const place = listedTerminals(terminals).indexOf(row);
  if (place >= 0) list[place] = list[--counts.rows];
}

/** Share of a batch that is drawn from the terminals, while there are any. */
const TERMINAL_SHARE = 1 / 8;
/** Largest share of endings that log-odds are taken of: a world may end at every step. */
const MOST_ENDINGS = 0.9;

/** Draws the rows of a batch, member by member of an ensemble from streams of their own. */
export function drawRows(
  core: Core,
  indices: Uint32Array,
  terminals: Terminals,
  {
    rows,
    seed,
    stream,
    step,
    member = 0,
  }: {
    readonly rows: number;
    readonly seed: readonly [number, number];
    readonly stream: number;
    readonly step: number;
    readonly member?: number;
  },
): void {
  const listed = listedTerminals(terminals);
  drawIndices(core, indices, rows, seed[0], seed[1], stream + member, step);
  if (listed.length === 0) return;
  const part = indices.subarray(indices.length * (1 - TERMINAL_SHARE));
  drawIndices(core, part, listed.length, seed[0], seed[1], STREAMS.terminalBatch + member, step);
  pick(core, part, listed, part);
}

/**
 * Log-odds of an ending in a batch, minus its log-odds in the experience.
 *
 * @param share   of the steps of experience that end
 * @param within  share of endings among what is drawn for a terminal's sake
 */
export function endingSurplus(core: Core, share: number, within = 1): number {
  if (share === 0) return 0;
  const usual = Math.min(share, MOST_ENDINGS);
  const drawn = TERMINAL_SHARE * Math.max(within, usual) + (1 - TERMINAL_SHARE) * usual;
  const { log } = scalarMath(core);
  return log(drawn / (1 - drawn)) - log(usual / (1 - usual));
}
