/**
 * Transitions by the pair (x, a) that they began with, where all numbers of the observations lie on lattices and pairs come
 * again: what followed a pair once is known to follow it. See docs/decisions/0073-transitions-that-are-recalled.md.
 */
import type { Core } from "../core/core.ts";
import { mix } from "../core/mix.ts";
import { allocateRecallRecord, PLACE_BITS, ROWS_KEPT, setRecall } from "../core/recall.ts";
import { rowOf } from "../core/table.ts";
import { TILE } from "../core/tiles.ts";
import type { Memory } from "../models/network.ts";
import { bounded, type Statistics } from "../models/statistics.ts";
import { type Experience, inputColumns } from "./experience.ts";
import { latticeOf, placeOn } from "./lattice.ts";

/** Pairs that are kept: half of the places of the index. */
const MOST_PAIRS = 2 ** (PLACE_BITS - 1);
const PLACES = 2 ** PLACE_BITS;
/** Rows at the end of the table that lattices are read from. */
const ROWS_READ = 2000;
/** Share of rows that began with a pair seen before, from which on visits measure novelty. */
const REPEATED = 0.25;
/** α where every repeated pair leads elsewhere. */
const CONCENTRATION = 20;
/** Surprises that are counted before there are any. */
const DOUBT = 0.1;

/** Share of the repeated pairs that may lead elsewhere than last time: rewards and places by chance are for the ensemble, which takes their mean. */
const MOST_SURPRISES = 0.02;
/** Share of the rows that may lie beside the lattices. */
const STRAYS = 0.02;

export interface Recall {
  /** [D] the lattices of x. */
  readonly first: Float32Array;
  readonly spacing: Float32Array;
  readonly counts: {
    /** Whether all numbers have lattices. */
    isInUse: boolean;
    /** Whether plans follow what is recalled: they do while nearly nothing is left to chance. As of the last refresh, like the next two. */
    isFollowed: boolean;
    /** Whether visits measure novelty. */
    countsVisits: boolean;
    /** α. */
    concentration: number;
    /** Rows beside the lattices since these were found. */
    strays: number;
    /** Rows that began with a pair seen before, and those of them that led elsewhere than the pair's newest row. */
    repeats: number;
    surprises: number;
    /** Rows entered since the lattices were found. */
    rows: number;
  };
  /** What follows from the rows of the experience; made anew after loading. */
  readonly work: {
    /** [D + A] of the kernels. */
    readonly shift: Float32Array;
    readonly scale: Float32Array;
    readonly index: Uint32Array;
    readonly hashes: Uint32Array;
    readonly visits: Float32Array;
    /** [pairs][ROWS_KEPT] the oldest first. */
    readonly newest: Uint32Array;
    readonly found: Uint32Array;
    readonly path: Uint32Array;
    readonly pairs: { count: number };
  };
  readonly record: {
    readonly instance: ReturnType<typeof allocateRecallRecord>;
    /** [D + A] odd multipliers of a pair's hash. */
    readonly keys: Uint32Array;
  };
}

/** @param sizes of x and a, and what plans simulate: particles and steps */
export function allocateRecall(
  memory: Memory,
  { D, A, particles, steps }: Readonly<Record<"D" | "A" | "particles" | "steps", number>>,
): Recall {
  return {
    first: memory.f32(D),
    spacing: memory.f32(D),
    counts: {
      ...{ isInUse: false, isFollowed: false, countsVisits: false, concentration: 0 },
      ...{ strays: 0, repeats: 0, surprises: 0, rows: 0 },
    },
    work: {
      shift: memory.f32(D + A),
      scale: memory.f32(D + A),
      index: memory.u32(PLACES),
      hashes: memory.u32(MOST_PAIRS),
      visits: memory.f32(MOST_PAIRS),
      newest: memory.u32(ROWS_KEPT * MOST_PAIRS),
      found: memory.u32(3 * TILE),
      path: memory.u32(particles * steps * TILE),
      pairs: { count: 0 },
    },
    record: { instance: allocateRecallRecord(memory), keys: memory.u32(D + A) },
  };
}

/** Draws the keys, and tells the kernels where everything lies. @param steps of the longest plans */
export function initialiseRecall(
  core: Core,
  recall: Recall,
  { experience, statistics, steps }: { experience: Experience; statistics: Statistics; steps: number },
): void {
  const { first, work, record } = recall;
  const { keys, instance } = record;
  for (let i = 0, word = 1; i < keys.length; i++) {
    word = mix(word + i) >>> 0;
    keys[i] = word | 1;
  }
  setRecall(core, instance, {
    ...{ size: keys.length, observationSize: first.length, keys, pathSteps: steps, ...work },
    ...{ table: experience.table, stride: experience.stride, inputScale: statistics.inputScale },
    inputShift: statistics.inputShift,
  });
}

/** What is known of the numbers of x before any is seen. */
interface Known {
  /** [D] n of the one-hots, whose lattices follow; left out, there are none. */
  readonly choices?: readonly number[] | undefined;
  /** [D] what x is counted from. */
  readonly origin: readonly number[];
}

/** Reads the lattices anew where there are none yet, or where rows lie beside them. */
export function refreshLattices(recall: Recall, experience: Experience, known: Known): void {
  const { counts } = recall;
  if (counts.isInUse ? counts.strays > 0 : experience.counts.rows > 0)
    readLattices(recall, experience, known);
  const { repeats, surprises, rows } = counts;
  counts.isFollowed = counts.isInUse && surprises <= MOST_SURPRISES * repeats + 1;
  counts.countsVisits = counts.isInUse && repeats >= REPEATED * rows;
  counts.concentration = counts.isInUse ? (CONCENTRATION * (surprises + DOUBT)) / (repeats + 1) : 0;
}

function readLattices(recall: Recall, experience: Experience, { choices, origin }: Known): void {
  const { counts, first, spacing } = recall;
  const { rows } = experience.counts;
  const read = [Math.max(0, rows - ROWS_READ), rows] as const;
  counts.isInUse = first.every((_, d) => {
    const isChoice = choices !== undefined && choices[d] > 1;
    const column = { ...inputColumns(experience), offset: d };
    const lattice = isChoice ? { first: -origin[d], spacing: 1 } : latticeOf(column, read);
    if (lattice !== undefined) [first[d], spacing[d]] = [lattice.first, lattice.spacing];
    return lattice !== undefined;
  });
  rebuildRecall(recall, experience);
  if (counts.strays > STRAYS * rows) counts.isInUse = false;
  counts.strays = 0;
}

/** Enters all rows of the experience anew, the oldest first: what the tables hold follows from the rows alone. */
export function rebuildRecall(recall: Recall, experience: Experience): void {
  const { counts, work } = recall;
  Object.assign(counts, { strays: 0, repeats: 0, surprises: 0, rows: 0 });
  work.index.fill(0);
  work.pairs.count = 0;
  if (!counts.isInUse) return;
  const { rows, next } = experience.counts;
  for (let i = 0; i < rows; i++) enterRow(recall, experience, (next + i) % rows);
}

/** Enters a row of the experience that was just written. */
export function enterRow(recall: Recall, experience: Experience, row: number): void {
  const { counts, work } = recall;
  if (!counts.isInUse) return;
  const hash = hashOf(recall, rowOf(experience, row));
  if (hash === undefined) {
    counts.strays++;
    return;
  }
  counts.rows++;
  const place = lookUp(work, hash);
  const pair = work.index[place] > 0 ? work.index[place] - 1 : added(recall, place, hash);
  if (pair === undefined) return;
  const kept = rowsOf(work, pair);
  const count = Math.min(work.visits[pair], ROWS_KEPT);
  if (work.visits[pair] > 0) {
    counts.repeats++;
    if (!isFollowedAlike(experience, kept[count - 1], row)) counts.surprises++;
  }
  if (count === ROWS_KEPT) kept.copyWithin(0, 1);
  kept[Math.min(count, ROWS_KEPT - 1)] = row;
  work.visits[pair]++;
}

/** Takes out the row that is to be overwritten next, where the experience is full. */
export function leaveRow(recall: Recall, experience: Experience): void {
  const { counts, work } = recall;
  const { rows, next } = experience.counts;
  if (!counts.isInUse || rows < experience.capacity) return;
  const hash = hashOf(recall, rowOf(experience, next));
  const pair = hash === undefined ? -1 : work.index[lookUp(work, hash)] - 1;
  if (pair < 0 || work.visits[pair] === 0) return;
  const kept = rowsOf(work, pair);
  // the oldest of a pair is among the rows that are kept where there are no more
  if (kept[0] === next && work.visits[pair] <= ROWS_KEPT) kept.copyWithin(0, 1);
  work.visits[pair]--;
}

/** The number of a new pair; undefined where there is no room. */
function added({ work }: Recall, place: number, hash: number): number | undefined {
  const pair = work.pairs.count;
  if (pair === MOST_PAIRS) return undefined;
  work.pairs.count++;
  work.hashes[pair] = hash;
  work.visits[pair] = 0;
  work.index[place] = pair + 1;
  return pair;
}

/** The rows that are kept of a pair, the oldest first. */
function rowsOf({ newest }: Recall["work"], pair: number): Uint32Array {
  return newest.subarray(pair * ROWS_KEPT, (pair + 1) * ROWS_KEPT);
}

/** The place of the index at which a pair stands, or would. */
function lookUp({ index, hashes }: Recall["work"], hash: number): number {
  let place = Math.imul(hash, 0x9e3779b1) >>> (32 - PLACE_BITS);
  while (index[place] > 0 && hashes[index[place] - 1] !== hash) place = (place + 1) % PLACES;
  return place;
}

/** The hash of a row's pair; undefined where one of its numbers lies beside its lattice. */
function hashOf({ first, spacing, record: { keys } }: Recall, row: Float32Array): number | undefined {
  let hash = 0;
  for (let i = 0; i < keys.length; i++) {
    const place = i < first.length ? placeOn({ first: first[i], spacing: spacing[i] }, row[i]) : row[i];
    if (place === undefined) return undefined;
    hash = (hash + Math.imul(place, keys[i])) | 0;
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Share of a number within which two are the same. */
const SAME = 1e-4;

/** Whether two rows led to the same state, reward and end. */
function isFollowedAlike(experience: Experience, one: number, other: number): boolean {
  const { D, A } = experience;
  const [a, b] = [rowOf(experience, one), rowOf(experience, other)];
  for (let i = D + A; i < 2 * D + A + 2; i++)
    if (Math.abs(a[i] - b[i]) > SAME * Math.max(1e-2, Math.abs(a[i]), Math.abs(b[i]))) return false;
  return true;
}

/** Tells the kernels the lattices in today's units. @returns whether plans recall */
export function applyRecall(
  core: Core,
  { counts, first, spacing, work, record }: Recall,
  { inputShift, inputScale }: Statistics,
): boolean {
  if (!counts.isInUse) return false;
  for (let d = 0; d < first.length; d++) {
    const placed = (place: number) =>
      bounded((first[d] + place * spacing[d] - inputShift[d]) * inputScale[d]);
    work.shift[d] = placed(0);
    // one-hots of many choices reach beyond the bounds of states
    const unit = placed(1) - placed(0);
    work.scale[d] = unit > 0 ? 1 / unit : 0;
  }
  work.scale.fill(1, first.length);
  setRecall(core, record.instance, {
    concentration: counts.concentration,
    countsVisits: Number(counts.countsVisits),
  });
  return counts.isFollowed;
}
