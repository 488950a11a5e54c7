/**
 * Readings that stand alone: what is seen jumps further than it ever did, and comes back with the next step. Mostly a sensor does
 * so. Where it is the world it goes on, and the deviation of changes moves on with it, until such a jump is far no more.
 */
import { newestRow, rowOf } from "../core/table.ts";
import { CHANGE_BOUND } from "../models/statistics.ts";
import type { Experience } from "./experience.ts";
import { FIRST } from "./firstReadings.ts";

/** How many times the greatest change so far one without precedent is. */
const WITHOUT_PRECEDENT = 4;

/** A row, and the one that led to its observation. */
export interface Succession {
  readonly before: number;
  readonly row: number;
}

/**
 * The newest row and the one that led to it.
 *
 * @param lanes whose rows may lie between them
 * @returns undefined where the newest begins an episode
 */
export function newestSuccession(experience: Experience, lanes: number): Succession | undefined {
  const { capacity, counts } = experience;
  const row = newestRow(experience);
  for (let back = 1; back < Math.min(2 * lanes + 1, counts.rows); back++) {
    const before = (row + capacity - back) % capacity;
    if (leadsTo(experience, before, row)) return { before, row };
  }
  return undefined;
}

/** Rounding of a sum of two numbers of 32 bits. */
const ROUNDING = 2 ** -22;

function leadsTo({ D, A, table, stride }: Experience, before: number, row: number): boolean {
  // by places in the table: views would be garbage at every step
  const [from, to] = [before * stride, row * stride];
  if (table[from + 2 * D + A + 1] !== 0) return false;
  for (let d = 0; d < D; d++) {
    const x = table[from + d];
    const change = table[from + D + A + d];
    if (Math.abs(x + change - table[to + d]) > ROUNDING * (Math.abs(x) + Math.abs(change))) return false;
  }
  return true;
}

/**
 * Whether the reading between two rows stands alone: the changes to it and from it are without precedent, and together they are none.
 *
 * @param std  of changes, by now
 * @param rows it is of
 */
export function standsAlone(
  experience: Experience,
  d: number,
  { before, row }: Succession,
  { std, rows }: { readonly std: number; readonly rows: number },
): boolean {
  if (std === 0 || rows <= FIRST + 1) return false;
  const { D, A, table, stride } = experience;
  const place = D + A + d;
  const there = table[before * stride + place];
  const back = table[row * stride + place];
  const size = Math.min(Math.abs(there), Math.abs(back));
  // the deviation as it was before the first of the two moved it
  const usual = std / Math.sqrt(1 + (CHANGE_BOUND * CHANGE_BOUND) / rows);
  if (size <= CHANGE_BOUND * usual) return false;
  const most = greatestChange(experience, place, [before, row]);
  return most > 0 && size > WITHOUT_PRECEDENT * most && Math.abs(there + back) <= 2 * most;
}

/** The greatest size of a change among all rows but some. */
function greatestChange(
  { table, stride, counts }: Experience,
  place: number,
  but: readonly number[],
): number {
  let most = 0;
  for (let row = 0; row < counts.rows; row++)
    if (!but.includes(row)) most = Math.max(most, Math.abs(table[row * stride + place]));
  return most;
}

/** Puts the reading between two rows halfway between its neighbours. */
export function putBetween(experience: Experience, d: number, { before, row }: Succession): void {
  const { D, A } = experience;
  const [from, to] = [rowOf(experience, before), rowOf(experience, row)];
  const half = (from[D + A + d] + to[D + A + d]) / 2;
  from[D + A + d] = half;
  to[d] = from[d] + half;
  to[D + A + d] = half;
}
