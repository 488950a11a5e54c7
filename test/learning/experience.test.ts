import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Columns } from "../../src/core/gather.ts";
import {
  allocateExperience,
  appendRow,
  changeColumns,
  type Experience,
  endedColumn,
  inputColumns,
  refreshRare,
  rewardColumn,
  stateColumns,
  targetColumns,
} from "../../src/learning/experience.ts";
import { deviation } from "../../src/learning/moments.ts";
import { listedTerminals } from "../../src/learning/terminals.ts";
import { debugCore } from "../helpers/debugCore.ts";
import { average } from "../reference/arrays.ts";
import { mulberry32 } from "../reference/kernels.ts";

const core = debugCore();

/** Appends a transition [x, a, x' − x, r, terminated] whose values tell who they are. */
function append(experience: Experience, number: number, reward: number, terminated: boolean): void {
  const row = appendRow(experience, { reward, terminated });
  for (let i = 0; i < row.length - 2; i++) row[i] = 100 * number + i;
  row[row.length - 2] = reward;
  row[row.length - 1] = Number(terminated);
}

/** A group of columns as rows of numbers. */
function read({ table, stride, offset, width }: Columns, rows: number): number[][] {
  return Array.from({ length: rows }, (_, i) => [
    ...table.subarray(i * stride + offset, i * stride + offset + width),
  ]);
}

/** The rows whose last column says that the world ended. */
function terminalRows(experience: Experience): number[] {
  const ended = read(endedColumn(experience), experience.counts.rows).flat();
  return ended.flatMap((value, row) => (value === 1 ? [row] : []));
}

test("columns lie in the order [x, a, x' − x, r, terminated]", () => {
  core.scope(() => {
    const experience = allocateExperience(core, 3, 2, 4);
    append(experience, 1, -7, false);
    append(experience, 2, 5, true);
    const columns = (of: (experience: Experience) => Columns) => read(of(experience), 2);
    assert.equal(columns(inputColumns), [
      [100, 101, 102, 103, 104],
      [200, 201, 202, 203, 204],
    ]);
    assert.equal(columns(stateColumns), [
      [100, 101, 102],
      [200, 201, 202],
    ]);
    assert.equal(columns(changeColumns), [
      [105, 106, 107],
      [205, 206, 207],
    ]);
    assert.equal(columns(targetColumns), [
      [105, 106, 107, -7],
      [205, 206, 207, 5],
    ]);
    assert.equal(columns(rewardColumn), [[-7], [5]]);
    assert.equal(columns(endedColumn), [[0], [1]]);
  });
});

test("a full table keeps the newest rows, each in the place of the oldest", () => {
  core.scope(() => {
    const capacity = 5;
    const experience = allocateExperience(core, 1, 1, capacity);
    for (let number = 0; number < 13; number++) {
      append(experience, number, 0, false);
      assert.is(experience.counts.rows, Math.min(number + 1, capacity));
      assert.is(experience.counts.next, (number + 1) % capacity);
    }
    // 13 rows: places 0, 1, 2 were written a third time
    assert.equal(
      read(stateColumns(experience), capacity),
      [10, 11, 12, 8, 9].map((number) => [100 * number]),
    );
  });
});

for (const [size, offset] of [
  [1, 0],
  [500, 0],
  [500, 1e6],
])
  test(`the moments of ${size} rewards around ${offset} are those of the list, endings by themselves`, () => {
    core.scope(() => {
      const random = mulberry32(size);
      const experience = allocateExperience(core, 1, 1, 50);
      const rewards: Record<"continuing" | "ending", number[]> = { continuing: [], ending: [] };
      for (let i = 0; i < size; i++) {
        const terminated = i % 7 === 3;
        const reward = offset + (terminated ? 100 : 1) * (random() - 0.3);
        rewards[terminated ? "ending" : "continuing"].push(reward);
        append(experience, i, reward, terminated);
      }
      for (const kind of ["continuing", "ending"] as const) {
        const moments = experience.counts[kind];
        const list = rewards[kind];
        assert.is(moments.count, list.length);
        if (list.length === 0) continue;
        const mean = average(list);
        const std = Math.sqrt(average(list.map((reward) => (reward - mean) ** 2)));
        // a sum of `size` numbers: each step rounds to 2⁻⁵³ of the largest
        const rounding = size * 2 ** -52 * (offset + 100);
        assert.ok(Math.abs(moments.mean - mean) <= rounding);
        assert.ok(Math.abs(deviation(moments) - std) <= rounding);
      }
    });
  });

test("before anything was seen there is no deviation, and none where all rewards are equal", () => {
  core.scope(() => {
    const experience = allocateExperience(core, 1, 1, 8);
    assert.is(deviation(experience.counts.continuing), 0);
    for (let i = 0; i < 20; i++) append(experience, i, -0.1, false);
    assert.is(deviation(experience.counts.continuing), 0);
    assert.is(experience.counts.continuing.mean, -0.1);
    assert.is(deviation(experience.counts.ending), 0);
    assert.is(allocateExperience(core, 1, 1, 8).counts.continuing.count, 0);
  });
});

for (const share of [0.05, 0.3, 1])
  test(`the list holds the terminal rows of the table and no other, where ${share} of all rows are`, () => {
    core.scope(() => {
      const random = mulberry32(3);
      const experience = allocateExperience(core, 1, 1, 13);
      let terminations = 0;
      for (let i = 0; i < 200; i++) {
        const terminated = random() < share;
        terminations += Number(terminated);
        append(experience, i, 0, terminated);
        assert.equal(
          [...listedTerminals(experience.terminals)].sort((a, b) => a - b),
          terminalRows(experience),
        );
      }
      assert.is(experience.terminals.counts.terminations, terminations);
    });
  });

test("of very many terminal rows the list holds 1024 different ones", () => {
  core.scope(() => {
    const experience = allocateExperience(core, 1, 1, 3000);
    for (let i = 0; i < 2500; i++) append(experience, i, 0, true);
    // the newest: nothing was overwritten yet
    const newest = Array.from({ length: 1024 }, (_, i) => 2500 - 1024 + i);
    assert.equal(
      [...listedTerminals(experience.terminals)].sort((a, b) => a - b),
      newest,
    );
    for (let i = 0; i < 2500; i++) append(experience, i, 0, i % 2 === 0);
    const listed = [...listedTerminals(experience.terminals)];
    const terminal = new Set(terminalRows(experience));
    assert.ok(listed.every((row) => terminal.has(row)));
    assert.is(new Set(listed).size, listed.length);
    assert.ok(listed.length > 500);
  });
});

test("rewards are listed as far as they count: a threat as the others, a promise in full", () => {
  core.scope(() => {
    const experience = allocateExperience(core, 1, 1, 100);
    const random = mulberry32(3);
    for (let i = 0; i < 50; i++) append(experience, i, random(), false);
    append(experience, 51, -1e6, false);
    append(experience, 52, -1e7, true);
    append(experience, 53, 1e7, true);
    const { counts, rare } = experience;
    assert.equal([counts.lowest, counts.lowestEnding, counts.highestEnding], [-1e6, -1e7, 1e7]);
    assert.is(rare.counts.isFar, false);
    append(experience, 54, 1e6, false);
    assert.equal([rare.counts.isFar, rare.counts.rows], [true, 1]);
    counts.credit.promise = 4;
    refreshRare(experience);
    assert.is(rare.counts.isFar, false);
    assert.ok(rare.counts.rows >= 2);
    assert.ok(counts.credit.ordinary < 1, "what was far is not ordinary");
  });
});

test.run();
