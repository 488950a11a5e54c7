import type { Columns } from "../core/gather.ts";
import { allocateTable, columnsOf, pushRow, rowOf, type Table } from "../core/table.ts";
import type { Memory } from "../models/network.ts";
import { type Credit, creditOf, fullCredit, includeOrdinary } from "./credit.ts";
import { type Moments, NO_MOMENTS } from "./moments.ts";
import { allocateRareRows, listRare, type RareRows, unlistRare } from "./rare.ts";
import { including } from "./steadyMoments.ts";
import { allocateTerminals, listTerminal, type Terminals, unlistTerminal } from "./terminals.ts";

/**
 * The agent's transitions, one a row: [x (D) | a (A) | x' − x (D) | r | terminated], x less the first observation and r
 * less the first reward. When the table is full the oldest
 * row gives way. `terminals` lists the rows at which the world ended, so that learning can visit them more often.
 */
export interface Experience extends Table {
  readonly D: number;
  readonly A: number;
  readonly terminals: Terminals;
  /** Rows with a rare reward. */
  readonly rare: RareRows;
  readonly counts: Table["counts"] & {
    /** Moments of the rewards of all steps that did not end the world, and of those that did. */
    continuing: Moments;
    ending: Moments;
    /** The least and the greatest of those of steps that did not end it. */
    lowest: number;
    highest: number;
    /** How far they count. */
    readonly credit: Credit;
    /** The least and the greatest of those that came with an end. */
    lowestEnding: number;
    highestEnding: number;
  };
}

const MOST_TERMINALS = 1024;
const MOST_RARE = 1024;

export function allocateExperience(memory: Memory, D: number, A: number, capacity: number): Experience {
  const table = allocateTable(memory, 2 * D + A + 2, capacity);
  return {
    ...table,
    D,
    A,
    terminals: allocateTerminals(memory, MOST_TERMINALS),
    rare: allocateRareRows(memory, MOST_RARE),
    counts: {
      ...table.counts,
      continuing: NO_MOMENTS,
      ending: NO_MOMENTS,
      lowest: Infinity,
      highest: -Infinity,
      credit: fullCredit(),
      lowestEnding: Infinity,
      highestEnding: -Infinity,
    },
  };
}

/** Columns [x, a], the model's inputs. */
export const inputColumns = (e: Experience): Columns => columnsOf(e, 0, e.D + e.A);
/** Columns [x]. */
export const stateColumns = (e: Experience): Columns => columnsOf(e, 0, e.D);
/** Columns [x' − x]. */
export const changeColumns = (e: Experience): Columns => columnsOf(e, e.D + e.A, e.D);
/** Columns [x' − x, r], the model's targets. */
export const targetColumns = (e: Experience): Columns => columnsOf(e, e.D + e.A, e.D + 1);
/** Column [r]. */
export const rewardColumn = (e: Experience): Columns => columnsOf(e, 2 * e.D + e.A, 1);
/** Column [terminated]. */
export const endedColumn = (e: Experience): Columns => columnsOf(e, 2 * e.D + e.A + 1, 1);

/** The row that the next transition is written to, to be filled in the order of the columns. */
export function appendRow(
  experience: Experience,
  { reward, terminated }: { readonly reward: number; readonly terminated: boolean },
): Float32Array {
  const { terminals, rare, counts } = experience;
  const row = pushRow(experience);
  unlistTerminal(terminals, row);
  unlistRare(rare, row);
  if (terminated) listTerminal(terminals, row);
  const kind = terminated ? "ending" : "continuing";
  if (!terminated) includeOrdinary(counts.credit, counts.continuing, reward);
  counts[kind] = including(counts[kind], reward);
  if (terminated) {
    counts.lowestEnding = Math.min(counts.lowestEnding, reward);
    counts.highestEnding = Math.max(counts.highestEnding, reward);
    return rowOf(experience, row);
  }
  counts.lowest = Math.min(counts.lowest, reward);
  counts.highest = Math.max(counts.highest, reward);
  listRare(rare, row, credited(counts, reward), counts.continuing);
  return rowOf(experience, row);
}

/** What a reward of a step that did not end the world counts as. */
function credited({ credit, continuing }: Experience["counts"], reward: number): number {
  const { least, most } = creditOf(credit, continuing);
  return Math.max(least, Math.min(most, reward));
}

/** Lists the rows of rare rewards anew, the newest first, by the moments as they are now. */
export function refreshRare(experience: Experience): void {
  const { rare, table, stride, counts, D, A } = experience;
  rare.counts.rows = 0;
  rare.counts.isFar = false;
  for (let row = counts.rows - 1; row >= 0 && rare.counts.rows < rare.capacity; row--) {
    const place = row * stride + 2 * D + A;
    if (table[place + 1] === 0) listRare(rare, row, credited(counts, table[place]), counts.continuing);
  }
}
