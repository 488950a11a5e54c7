import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { rowOf } from "../../src/core/table.ts";
import { allocateExperience, appendRow, type Experience } from "../../src/learning/experience.ts";
import { newestSuccession, putBetween, standsAlone } from "../../src/learning/loneReadings.ts";

const core = await createCore({ bytes: 1 << 18 });

/** An experience of one number and one action that follows readings; `ends` lists the rows that end an episode. */
function through(
  readings: readonly number[],
  { ends = [] as readonly number[], capacity = 64 } = {},
): Experience {
  const experience = allocateExperience(core, 1, 1, capacity);
  for (let i = 0; i + 1 < readings.length; i++) {
    const terminated = ends.includes(i);
    const row = appendRow(experience, { reward: 0, terminated });
    row.set([readings[i], 0, readings[i + 1] - readings[i], 0, Number(terminated)]);
  }
  return experience;
}

const calm = Array.from({ length: 20 }, (_, i) => i % 3);

test("the row before is the one that led to the newest; an end, or a new start, has none", () => {
  core.scope(() => {
    assert.equal(newestSuccession(through(calm), 1), { before: 17, row: 18 });
    assert.is(newestSuccession(through(calm, { ends: [17] }), 1), undefined);
    assert.is(newestSuccession(through([0, 1]), 1), undefined);
    const apart = through(calm);
    rowOf(apart, 18)[0] = 7;
    assert.is(newestSuccession(apart, 1), undefined);
    // a ring that is full
    assert.equal(newestSuccession(through(calm, { capacity: 8 }), 1), { before: 1, row: 2 });
  });
});

test("with lanes between them the rows are found all the same", () => {
  core.scope(() => {
    const experience = through(calm);
    // another lane's row between the two
    const row = appendRow(experience, { reward: 0, terminated: false });
    row.set([50, 0, 1, 0, 0]);
    const next = appendRow(experience, { reward: 0, terminated: false });
    next.set([calm[19], 0, 1, 0, 0]);
    assert.equal(newestSuccession(experience, 2), { before: 18, row: 20 });
  });
});

test("a reading stands alone where it goes far beyond all changes, and comes back", () => {
  core.scope(() => {
    const alone = (readings: readonly number[], std = 1) => {
      const experience = through(readings);
      const succession = newestSuccession(experience, 1);
      return succession !== undefined && standsAlone(experience, 0, succession, { std, rows: 20 });
    };
    assert.ok(alone([...calm, 1000, 1]));
    assert.ok(alone([...calm, -1000, 0]));
    // it stays
    assert.not(alone([...calm, 1000, 1001]));
    assert.not(alone([...calm, 1000, 500]));
    // within four times the greatest change, or within sixteen deviations
    assert.not(alone([...calm, 9, 1]));
    assert.ok(alone([...calm, 11, 1], 0.1));
    assert.not(alone([...calm, 1000, 1], 1000));
    // a second one has a precedent
    assert.not(alone([...calm, 1000, 1, 1, 1000, 1]));
    // nothing varied before
    assert.not(alone([...calm.map(() => 3), 1000, 3]));
    assert.not(alone([...calm, 1000, 1], 0));
  });
});

test("it counts as halfway between its neighbours", () => {
  core.scope(() => {
    const experience = through([...calm, 1000, 4]);
    const succession = newestSuccession(experience, 1);
    assert.ok(succession !== undefined);
    putBetween(experience, 0, succession);
    assert.equal([...rowOf(experience, succession.before)], [calm[19], 0, 1.5, 0, 0]);
    assert.equal([...rowOf(experience, succession.row)], [2.5, 0, 1.5, 0, 0]);
  });
});

test.run();
