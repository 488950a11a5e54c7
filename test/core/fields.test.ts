import { test } from "uvu";
import * as assert from "uvu/assert";
import { allocateFields, setFields } from "../../src/core/fields.ts";
import { debugCore } from "../helpers/debugCore.ts";

const core = debugCore(1 << 16);
const kinds = { size: "u32", scale: "f32", values: "array", indices: "array", last: "u32" } as const;
const owner = { name: "Record", kinds, bytes: 20 };

test("an instance has one word a field, and begins unset", () => {
  const { words, fields } = allocateFields(core, kinds);
  assert.equal([...words], [0, 0, 0, 0, 0]);
  assert.is(fields.byteOffset, words.byteOffset);
  assert.is(fields.length, words.length);
});

test("each field is written in its place: whole numbers, f32, and where an array lies", () => {
  const record = allocateFields(core, kinds);
  const [values, indices] = [core.f32(3), core.u32(5)];
  setFields(core, record, { last: 4294967295, indices, values, scale: 0.1, size: 7 }, owner);
  const { words, fields } = record;
  assert.equal([...words], [7, words[1], values.byteOffset, indices.byteOffset, 4294967295]);
  assert.is(fields[1], Math.fround(0.1));
});

test("fields that are not named keep their values", () => {
  const record = allocateFields(core, kinds);
  setFields(core, record, { size: 7, scale: 2, last: 9 }, owner);
  setFields(core, record, { scale: 0 }, owner);
  assert.equal([...record.words], [7, 0, 0, 0, 9]);
});

test("part of an array is set to where that part begins", () => {
  const record = allocateFields(core, kinds);
  const values = core.f32(16);
  setFields(core, record, { values: values.subarray(4) }, owner);
  assert.is(record.words[2], values.byteOffset + 16);
});

test("an array outside the core is refused by its name, and nothing after it is set", () => {
  const record = allocateFields(core, kinds);
  assert.throws(
    () => setFields(core, record, { values: new Float32Array(3), last: 9 }, owner),
    (error: Error) =>
      error instanceof TypeError &&
      error.message === "values: expected an array of this core (core.f32 or core.u32), got one outside it",
  );
  assert.is(record.words[4], 0);
});

test("an array of another core is outside this one", () => {
  const record = allocateFields(core, kinds);
  const other = debugCore(1 << 16).u32(3);
  assert.throws(() => setFields(core, record, { indices: other }, owner), /indices: expected an array/);
});

test("an instance whose size is not the kernels' is refused, and left alone", () => {
  const record = allocateFields(core, kinds);
  assert.throws(
    () => setFields(core, record, { size: 1 }, { ...owner, bytes: 24 }),
    (error: Error) => error.message === "Record: expected 20 bytes, got 24 in the kernels",
  );
  assert.is(record.words[0], 0);
});

test.run();
