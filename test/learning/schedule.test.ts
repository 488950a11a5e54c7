import { test } from "uvu";
import * as assert from "uvu/assert";
import { createSchedule, owe, owedUnits, type Unit, workOff } from "../../src/learning/schedule.ts";

const settings = {
  warmup: 3,
  warmupUpdates: 2,
  updates: 2,
  lessonUpdates: 1,
  imagination: 2,
  plansAtOnce: 8,
};

/** What is worked off, as "kind step", one call of `workOff` after the other. */
function collect(schedule: ReturnType<typeof createSchedule>, ...slices: readonly number[]): string[] {
  const seen: string[] = [];
  const note = ({ kind, step }: Unit) => {
    seen.push(`${kind} ${step}`);
    return undefined;
  };
  for (const most of slices) workOff(schedule, most, note);
  return seen;
}

test("a step owes nothing during the warm-up, then scales, model, imagination and lessons in this order", () => {
  const schedule = createSchedule(settings);
  for (let step = 1; step <= 2; step++) owe(schedule, true);
  assert.is(owedUnits(schedule), 0);
  assert.is(schedule.counts.learned, 2);
  owe(schedule, false);
  assert.is(owedUnits(schedule), 6);
  const warm = ["scales 3", "model 3", "model 3", "model 3", "model 3", "lesson 3"];
  assert.equal(collect(schedule, Infinity), warm);
  // 2 plans a step, 8 at once: every fourth step makes a batch
  owe(schedule, false);
  assert.equal(collect(schedule, Infinity), ["model 4", "model 4", "imagination 4", "lesson 4"]);
});

test("many transitions before an update owe what they owe one by one", () => {
  const [together, single] = [createSchedule(settings), createSchedule(settings)];
  const one: string[] = [];
  for (let step = 1; step <= 60; step++) {
    owe(together, false);
    owe(single, false);
    one.push(...collect(single, Infinity));
  }
  assert.is(owedUnits(together), one.length);
  assert.ok(one.includes("scales 50"));
  assert.equal(collect(together, Infinity), one);
  assert.equal(together.counts, single.counts);
});

for (const most of [1, 2, 3, 7, 1000])
  test(`slices of ${most} do the same units in the same order`, () => {
    const [sliced, straight] = [createSchedule(settings), createSchedule(settings)];
    for (let step = 1; step <= 55; step++) for (const one of [sliced, straight]) owe(one, step === 20);
    const all = collect(straight, Infinity);
    const total = owedUnits(sliced);
    assert.is(total, all.length);
    const seen: string[] = [];
    for (let owed = total; owed > 0; owed = owedUnits(sliced)) {
      seen.push(...collect(sliced, most));
      assert.is(owedUnits(sliced), total - seen.length);
    }
    assert.equal(seen, all);
  });

test("a surprise refreshes the scales before the next unit, whatever step owes that", () => {
  const schedule = createSchedule(settings);
  for (let step = 1; step <= 5; step++) owe(schedule, false);
  assert.equal(collect(schedule, 7), [...["scales 3", ...Array(4).fill("model 3")], "lesson 3", "model 4"]);
  const before = owedUnits(schedule);
  owe(schedule, true);
  owe(schedule, true);
  assert.is(owedUnits(schedule), before + 2 * 3 + 1);
  assert.equal(collect(schedule, 2), ["scales 4", "model 4"]);
});

test("a surprise where the scales are due anyway refreshes them once", () => {
  const schedule = createSchedule({ ...settings, warmup: 1, warmupUpdates: 0, imagination: 0 });
  owe(schedule, true);
  assert.is(owedUnits(schedule), 4);
  assert.equal(collect(schedule, Infinity), ["scales 1", "model 1", "model 1", "lesson 1"]);
});

test("without updates a surprise is all that is owed", () => {
  const schedule = createSchedule({ ...settings, updates: 0, lessonUpdates: 0, imagination: 0, warmup: 1 });
  owe(schedule, false);
  assert.equal(collect(schedule, Infinity), ["scales 1", "model 1", "model 1"]);
  owe(schedule, false);
  assert.is(schedule.counts.learned, 2);
  owe(schedule, true);
  assert.is(owedUnits(schedule), 1);
  assert.equal(collect(schedule, 1), ["scales 3"]);
  assert.is(owedUnits(schedule), 0);
});

test("counts that are copied go on where they were", () => {
  const [one, other] = [createSchedule(settings), createSchedule(settings)];
  for (let step = 1; step <= 10; step++) owe(one, step === 9);
  collect(one, 5);
  Object.assign(other.counts, JSON.parse(JSON.stringify(one.counts)));
  assert.equal(collect(other, Infinity), collect(one, Infinity));
});

test("the error is the last model update's, and NaN where there was none", () => {
  const schedule = createSchedule(settings);
  for (let step = 1; step <= 3; step++) owe(schedule, false);
  let error = 0;
  const work = ({ kind }: Unit) => (kind === "model" ? ++error : undefined);
  assert.equal(workOff(schedule, 3, work), { modelError: 2, units: 3, owed: 3 });
  assert.equal(workOff(schedule, 9, work), { modelError: 4, units: 3, owed: 0 });
  assert.equal(workOff(schedule, 9, work), { modelError: Number.NaN, units: 0, owed: 0 });
});

test.run();
