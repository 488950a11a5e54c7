import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import {
  allocateSequences,
  appendObservation,
  endedColumn,
  endingShare,
  hasThreat,
  labelColumns,
  labelNewest,
  leastReward,
  observationColumns,
  placeChunks,
  plannedColumn,
  planValueColumn,
  previousActionColumns,
  rewardColumn,
  type Sequences,
} from "../../src/learning/sequences.ts";
import { listedTerminals } from "../../src/learning/terminals.ts";

const core = await createCore({ bytes: 1 << 20 });

/** What a row holds, by its columns. */
function rowOf(sequences: Sequences, row: number) {
  const read = ({ table, stride, offset, width }: ReturnType<typeof observationColumns>) => [
    ...table.subarray(row * stride + offset, row * stride + offset + width),
  ];
  return {
    observation: read(observationColumns(sequences)),
    previousAction: read(previousActionColumns(sequences)),
    reward: read(rewardColumn(sequences))[0],
    ended: read(endedColumn(sequences))[0],
    label: read(labelColumns(sequences)),
    planned: read(plannedColumn(sequences))[0],
    planValue: read(planValueColumn(sequences))[0],
  };
}

/** Episodes of so many observations each, numbered through; every other one ends the world. */
function episodes(capacity: number, lengths: readonly number[]): Sequences {
  const sequences = allocateSequences(core, 1, 1, 2, capacity);
  let number = 0;
  lengths.forEach((length, e) => {
    for (let t = 0; t < length; t++) {
      const terminated = t === length - 1 && e % 2 === 0;
      appendObservation(
        sequences,
        [number++],
        t === 0 ? undefined : { action: [t], reward: 10 * t, terminated },
      );
    }
  });
  return sequences;
}

test("a row holds the observation, what came with it, and the plan that was made at it", () => {
  const sequences = allocateSequences(core, 2, 1, 3, 8);
  assert.is(appendObservation(sequences, [1, 2]), 0);
  labelNewest(sequences, Float32Array.of(0.25, 0.5, 0.25), -7);
  assert.is(appendObservation(sequences, [3, 4], { action: [0.5], reward: -2, terminated: true }), 1);
  const nothing = { label: [0, 0, 0], planned: 0, planValue: 0 };
  assert.equal(rowOf(sequences, 0), {
    ...{
      observation: [1, 2],
      previousAction: [0],
      reward: 0,
      ended: 0,
      label: [0.25, 0.5, 0.25],
      planned: 1,
      planValue: -7,
    },
  });
  assert.equal(rowOf(sequences, 1), {
    observation: [3, 4],
    previousAction: [0.5],
    reward: -2,
    ended: 1,
    ...nothing,
  });
  assert.equal([...sequences.ages.subarray(0, 2)], [0, 1]);
});

test("rewards are counted apart: those that came with an end, and the others; first rows have none", () => {
  const sequences = episodes(20, [3, 3, 2]);
  const { continuing, ending } = sequences.counts;
  // 10; 10, 20 without an end, 20 and 10 with one
  assert.equal([continuing.count, ending.count], [3, 2]);
  assert.ok(Math.abs(continuing.mean - 40 / 3) < 1e-12 && Math.abs(ending.mean - 15) < 1e-12);
  assert.is(endingShare(sequences), 0.4);
  assert.is(endingShare(episodes(20, [1])), 0);
});

test("the share of endings counts all of them, however many the list has places for", () => {
  // 600 episodes of one step each, of which every other one ends the world
  const sequences = episodes(
    2000,
    Array.from({ length: 600 }, () => 2),
  );
  assert.is(sequences.terminals.counts.rows, 256);
  assert.is(endingShare(sequences), 0.5);
});

test("a full table gives up its oldest rows, their labels, and their places among the terminals", () => {
  const sequences = episodes(6, [3, 2, 3]);
  labelNewest(sequences, Float32Array.of(1, 0), 3);
  // rows 0 and 1 now hold the observations 6 and 7; 2 was the first end, and is still there
  assert.equal(
    [0, 1, 2, 3, 4, 5].map((row) => rowOf(sequences, row).observation[0]),
    [6, 7, 2, 3, 4, 5],
  );
  assert.equal([...sequences.ages], [1, 2, 2, 0, 1, 0]);
  assert.equal([...listedTerminals(sequences.terminals)].sort(), [1, 2]);
  assert.equal(
    [sequences.counts.rows, sequences.counts.next, sequences.terminals.counts.terminations],
    [6, 2, 2],
  );
  appendObservation(sequences, [8]);
  assert.equal([...listedTerminals(sequences.terminals)], [1]);
  assert.is(rowOf(sequences, 1).planned, 1);
  for (let i = 9; i < 14; i++) appendObservation(sequences, [i]);
  assert.is(rowOf(sequences, 1).planned, 0);
  assert.equal([...listedTerminals(sequences.terminals)], []);
});

/** The observations of each chunk's steps that exist. */
function chunksAt(sequences: Sequences, steps: number, ends: readonly number[]): number[][] {
  return core.scope(() => {
    const indices = core.u32(steps * ends.length).fill(99);
    const valid = core.f32(steps * ends.length).fill(9);
    placeChunks(sequences, indices, valid, core.u32(ends));
    assert.ok([...indices].every((row) => row < sequences.capacity));
    assert.ok([...valid].every((value) => value === 0 || value === 1));
    return ends.map((_, n) =>
      Array.from({ length: steps }, (_, t) => t * ends.length + n)
        .filter((i) => valid[i] === 1)
        .map((i) => rowOf(sequences, indices[i]).observation[0]),
    );
  });
}

test("chunks end at their rows, or start with the episode and go as far as it and they do", () => {
  const sequences = episodes(20, [6, 2, 4]);
  // episodes 0…5, 6…7, 8…11
  assert.equal(chunksAt(sequences, 3, [0, 1, 2, 5, 6, 7, 9, 11]), [
    [0, 1, 2],
    [0, 1, 2],
    [0, 1, 2],
    [3, 4, 5],
    [6, 7],
    [6, 7],
    [8, 9, 10],
    [9, 10, 11],
  ]);
});

test("chunks of a full table run over its edge, but not from the newest row into the oldest", () => {
  // of 0…4, 5…11, 12…14 the table of 10 keeps 5…14: 10…14 lie in rows 0…4, 5…9 in 5…9
  const sequences = episodes(10, [5, 7, 3]);
  assert.equal(chunksAt(sequences, 4, [5, 6, 0, 1, 2, 4]), [
    [5, 6, 7, 8],
    [5, 6, 7, 8],
    [7, 8, 9, 10],
    [8, 9, 10, 11],
    [12, 13, 14],
    [12, 13, 14],
  ]);
  // one row more: 5 is overwritten, and 6, of age 1, is the oldest that is left of its episode
  appendObservation(sequences, [15], { action: [0], reward: 0, terminated: false });
  assert.equal(chunksAt(sequences, 4, [6, 7, 5]), [
    [6, 7, 8, 9],
    [6, 7, 8, 9],
    [12, 13, 14, 15],
  ]);
});

test("an episode longer than the table has chunks everywhere but over its newest row", () => {
  const sequences = episodes(8, [21]);
  for (let end = 0; end < 8; end++) {
    const [chunk] = chunksAt(sequences, 5, [end]);
    assert.is(chunk.length, 5);
    assert.equal(
      chunk,
      chunk.map((_, t) => chunk[0] + t),
    );
    assert.ok(chunk[0] >= 13 && chunk[4] <= 20 && chunk.includes(rowOf(sequences, end).observation[0]));
  }
});

test("a reward counts as no less than eight deviations below the mean, one that came with an end as it is", () => {
  const sequences = allocateSequences(core, 1, 1, 1, 60);
  const add = (reward: number, terminated = false) =>
    appendObservation(sequences, [0], { action: [0], reward, terminated });
  for (let i = 0; i < 40; i++) add(i % 2);
  assert.equal([hasThreat(sequences), leastReward(sequences)], [false, 0]);
  add(-1e6);
  const { mean, squares, count } = sequences.counts.continuing;
  assert.is(hasThreat(sequences), true);
  assert.is(leastReward(sequences), mean - 8 * Math.sqrt(squares / count));
  assert.ok(leastReward(sequences) > -6);
  add(-1e7, true);
  assert.is(leastReward(sequences), -1e7);
});

test.run();
