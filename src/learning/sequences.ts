import type { Columns } from "../core/gather.ts";
import { allocateTable, columnsOf, newestRow, pushRow, rowOf, type Table } from "../core/table.ts";
import type { Memory } from "../models/network.ts";
import { deviation, type Moments, NO_MOMENTS } from "./moments.ts";
import { including, MOST_DEVIATIONS } from "./steadyMoments.ts";
import { allocateTerminals, listTerminal, type Terminals, unlistTerminal } from "./terminals.ts";

/**
 * What an agent has seen, one observation a row, in the order of time:
 *
 *   [x (X) | action that led here (A) | reward that came with it | ended | posterior of the action taken here (labels) | planned | value of the plan]
 *
 * An episode's first row has no action and no reward; its last one is where the world ended or was left. When the table
 * is full the oldest row gives way. `ages` says how many rows of its episode lie before a row.
 */
export interface Sequences extends Table {
  readonly X: number;
  readonly A: number;
  readonly labels: number;
  /** [capacity]. */
  readonly ages: Uint32Array;
  /** Rows at which the world ended. */
  readonly terminals: Terminals;
  readonly counts: Table["counts"] & {
    /** Moments of the rewards that did not come with an end, and of those that did. */
    continuing: Moments;
    ending: Moments;
    /** The least reward that did not come with an end, and the least that did. */
    lowest: number;
    lowestEnding: number;
    /** Rows of the longest episode so far. */
    longest: number;
  };
}

const MOST_TERMINALS = 256;

export function allocateSequences(
  memory: Memory,
  X: number,
  A: number,
  labels: number,
  capacity: number,
): Sequences {
  const table = allocateTable(memory, X + A + labels + 4, capacity);
  return {
    ...table,
    X,
    A,
    labels,
    ages: memory.u32(capacity),
    terminals: allocateTerminals(memory, MOST_TERMINALS),
    counts: {
      ...table.counts,
      ...{ continuing: NO_MOMENTS, ending: NO_MOMENTS },
      ...{ lowest: Infinity, lowestEnding: Infinity, longest: 0 },
    },
  };
}

export const observationColumns = (s: Sequences): Columns => columnsOf(s, 0, s.X);
export const previousActionColumns = (s: Sequences): Columns => columnsOf(s, s.X, s.A);
export const rewardColumn = (s: Sequences): Columns => columnsOf(s, s.X + s.A, 1);
export const endedColumn = (s: Sequences): Columns => columnsOf(s, s.X + s.A + 1, 1);
export const labelColumns = (s: Sequences): Columns => columnsOf(s, s.X + s.A + 2, s.labels);
export const plannedColumn = (s: Sequences): Columns => columnsOf(s, s.X + s.A + 2 + s.labels, 1);
export const planValueColumn = (s: Sequences): Columns => columnsOf(s, s.X + s.A + 3 + s.labels, 1);

/** What led to an observation, and came with it. */
export interface PreviousStep {
  /** [A] as the model reads it. */
  readonly action: ArrayLike<number>;
  readonly reward: number;
  readonly terminated: boolean;
}

/** Adds an observation; without `previous` the first of an episode. @returns its row */
export function appendObservation(
  sequences: Sequences,
  observation: ArrayLike<number>,
  previous?: PreviousStep,
): number {
  const { X, A, ages, terminals, counts } = sequences;
  const before = newestRow(sequences);
  const row = pushRow(sequences);
  unlistTerminal(terminals, row);
  const values = rowOf(sequences, row);
  values.fill(0);
  values.set(observation);
  ages[row] = previous === undefined ? 0 : ages[before] + 1;
  counts.longest = Math.max(counts.longest, ages[row] + 1);
  if (previous !== undefined) {
    const { action, reward, terminated } = previous;
    values.set(action, X);
    values[X + A] = reward;
    values[X + A + 1] = Number(terminated);
    const kind = terminated ? "ending" : "continuing";
    counts[kind] = including(counts[kind], reward);
    const least = terminated ? "lowestEnding" : "lowest";
    counts[least] = Math.min(counts[least], reward);
    if (terminated) listTerminal(terminals, row);
  }
  return row;
}

/** Keeps the posterior of the action that was planned at the newest observation, and the value of the plan. */
export function labelNewest(sequences: Sequences, label: Float32Array, value: number): void {
  labelRow(sequences, newestRow(sequences), label, value);
}

/** Keeps the posterior of the action that was planned at the observation of a row, and the value of the plan. */
export function labelRow(sequences: Sequences, row: number, label: Float32Array, value: number): void {
  const { X, A, labels } = sequences;
  const values = rowOf(sequences, row);
  values.set(label, X + A + 2);
  values[X + A + 2 + labels] = 1;
  values[X + A + 3 + labels] = value;
}

/** Adds to the values of all plans that are kept. */
export function movePlanValues(sequences: Sequences, by: number): void {
  forPlans(sequences, (values) => {
    values[values.length - 1] += by;
  });
}

/** The values of the plans that are kept. */
export function planValues(sequences: Sequences): Float32Array {
  const found: number[] = [];
  forPlans(sequences, (values) => found.push(values[values.length - 1]));
  return Float32Array.from(found);
}

function forPlans(sequences: Sequences, visit: (values: Float32Array) => void): void {
  const planned = sequences.X + sequences.A + 2 + sequences.labels;
  for (let row = 0; row < sequences.counts.rows; row++) {
    const values = rowOf(sequences, row);
    if (values[planned] > 0) visit(values);
  }
}

/** The least that a reward of a step that did not end the world counts as: eight deviations below the mean. */
function floorOf({ counts: { continuing } }: Sequences): number {
  return continuing.mean - MOST_DEVIATIONS * deviation(continuing);
}

/** Whether a reward lay lower. */
export function hasThreat(sequences: Sequences): boolean {
  return sequences.counts.lowest < floorOf(sequences);
}

/** The least that any reward counts as: those that came with an end as they are. */
export function leastReward(sequences: Sequences): number {
  const { lowest, lowestEnding } = sequences.counts;
  return Math.min(lowestEnding, Math.max(lowest, floorOf(sequences)));
}

/** Share of the steps so far that ended the world. */
export function endingShare({ counts: { continuing, ending } }: Sequences): number {
  return ending.count === 0 ? 0 : ending.count / (ending.count + continuing.count);
}

/**
 * Chunks of `steps` rows that end at the given rows, or as soon after as the beginnings of their episodes allow.
 *
 * @param indices [steps][chunks]  written: rows
 * @param valid   [steps][chunks]  written: 1 where the episode has the row, else 0
 * @param ends    [chunks]         rows
 */
export function placeChunks(
  { ages, capacity, counts }: Sequences,
  indices: Uint32Array,
  valid: Float32Array,
  ends: Uint32Array,
): void {
  const chunks = ends.length;
  const steps = indices.length / chunks;
  const oldest = counts.rows < capacity ? 0 : counts.next;
  ends.forEach((end, n) => {
    const before = (end - oldest + capacity) % capacity;
    const back = Math.min(steps - 1, ages[end], before);
    const first = end - back;
    for (let t = 0; t < steps; t++) {
      const row = (first + t + capacity) % capacity;
      const exists = before - back + t < counts.rows && ages[row] === ages[end] - back + t;
      indices[t * chunks + n] = exists ? row : end;
      valid[t * chunks + n] = exists ? 1 : 0;
    }
  });
}
