import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import type { Columns } from "../../src/core/gather.ts";
import {
  allocateLessons,
  appendLesson,
  boundValues,
  lessonLabels,
  lessonStates,
  lessonValues,
} from "../../src/learning/lessons.ts";

const core = await createCore();

/** The columns of the first rows. */
const rowsOf = ({ table, stride, offset, width }: Columns, rows: number) =>
  Array.from({ length: rows }, (_, r) => [
    ...table.subarray(r * stride + offset, r * stride + offset + width),
  ]);

test("a lesson is a row of a state, the posterior of its action and the plan's value; a full table drops the oldest", () => {
  const lessons = allocateLessons(core, 2, 3, 4);
  for (let i = 1; i <= 5; i++)
    appendLesson(lessons, Float32Array.of(i, -i), Float32Array.of(0.5, 0.25, 0.25), 10 * i);
  assert.is(lessons.counts.rows, 4);
  assert.equal(rowsOf(lessonStates(lessons), 4), [
    [5, -5],
    [2, -2],
    [3, -3],
    [4, -4],
  ]);
  assert.equal(rowsOf(lessonLabels(lessons), 1), [[0.5, 0.25, 0.25]]);
  assert.equal(rowsOf(lessonValues(lessons), 4).flat(), [50, 20, 30, 40]);
});

test("lessons of the value alone have no labels", () => {
  const lessons = allocateLessons(core, 1, 0, 2);
  appendLesson(lessons, Float32Array.of(7), new Float32Array(0), 3);
  assert.is(lessonLabels(lessons).width, 0);
  assert.equal([rowsOf(lessonStates(lessons), 1), rowsOf(lessonValues(lessons), 1)], [[[7]], [[3]]]);
});

test("values are kept within bounds, where there are any, and nothing else is changed", () => {
  const lessons = allocateLessons(core, 1, 1, 4);
  for (const value of [-5, 0.5, 7]) appendLesson(lessons, Float32Array.of(9), Float32Array.of(8), value);
  boundValues(lessons, [0, 0]);
  assert.equal(rowsOf(lessonValues(lessons), 3).flat(), [-5, 0.5, 7]);
  boundValues(lessons, [-1, 2]);
  assert.equal(rowsOf(lessonValues(lessons), 3).flat(), [-1, 0.5, 2]);
  assert.equal(rowsOf(lessonStates(lessons), 3).flat(), [9, 9, 9]);
  assert.equal(rowsOf(lessonLabels(lessons), 3).flat(), [8, 8, 8]);
});

test.run();
