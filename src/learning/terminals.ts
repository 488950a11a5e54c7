import type { Core } from "../core/core.ts";
import { pick } from "../core/gather.ts";
import { scalarMath } from "../core/math.ts";
import { drawIndices } from "../core/random.ts";
import { STREAMS } from "../core/streams.ts";

/** Rows of a table at which the world ended: they are rare, and a batch gets more than its share of them. */
export interface Terminals {
  /** Rows at which the world ended; the first `listed` of them count. */
  readonly terminals: Uint32Array;
  readonly counts: {
    /** Terminations seen. */
    terminations: number;
    /** Rows that `terminals` lists. */
    listed: number;
  };
}

/** The rows at which the world ended that are still remembered; no more than the list has places. */
export function listedTerminals({ terminals, counts }: Terminals): Uint32Array {
  return terminals.subarray(0, counts.listed);
}

/** A full list gives up the place of an older row. */
export function listTerminal({ terminals, counts }: Terminals, row: number): void {
  const isFull = counts.listed === terminals.length;
  terminals[isFull ? counts.terminations % terminals.length : counts.listed++] = row;
  counts.terminations++;
}

/** Takes a row that is overwritten off the list; the last of the list moves to its place. */
export function unlistTerminal(list: Terminals, row: number): void {
  const place = listedTerminals(list).indexOf(row);
  if (place >= 0) list.terminals[place] = list.terminals[--list.counts.listed];
}

/** Share of a batch that is drawn from the terminals, while there are any. */
const TERMINAL_SHARE = 1 / 8;
/** Largest share of endings that log-odds are taken of: a world may end at every step. */
const MOST_ENDINGS = 0.9;

/** Draws the rows of a batch, member by member of an ensemble from streams of their own. */
export function drawRows(
  core: Core,
  indices: Uint32Array,
  list: Terminals,
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
  const terminals = listedTerminals(list);
  drawIndices(core, indices, rows, seed[0], seed[1], stream + member, step);
  if (terminals.length === 0) return;
  const part = indices.subarray(indices.length * (1 - TERMINAL_SHARE));
  drawIndices(core, part, terminals.length, seed[0], seed[1], STREAMS.terminalBatch + member, step);
  pick(core, part, terminals, part);
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
