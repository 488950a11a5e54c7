import { test } from "uvu";
import * as assert from "uvu/assert";
import { allocateRecord, setRecord } from "../../src/core/record.ts";
import { debugCore } from "../core.ts";

const core = debugCore(1 << 16);
const shape = { size: "u32", scale: "f32", values: "array", indices: "array", last: "u32" } as const;
const BYTES = 20;

test("a record has one word a field, and begins unset", () => {
  const { words, fields } = allocateRecord(core, shape);
  assert.equal([...words], [0, 0, 0, 0, 0]);
  assert.is(fields.byteOffset, words.byteOffset);
  assert.is(fields.length, words.length);
});

test("each field is written in its place: whole numbers, f32, and where an array lies", () => {
  const record = allocateRecord(core, shape);
  const [values, indices] = [core.f32(3), core.u32(5)];
  setRecord(core, record, shape, BYTES, { last: 4294967295, indices, values, scale: 0.1, size: 7 });
  const { words, fields } = record;
  assert.equal([...words], [7, words[1], values.byteOffset, indices.byteOffset, 4294967295]);
  assert.is(fields[1], Math.fround(0.1));
});

test("fields that are not named keep their values", () => {
  const record = allocateRecord(core, shape);
  setRecord(core, record, shape, BYTES, { size: 7, scale: 2, last: 9 });
  setRecord(core, record, shape, BYTES, { scale: 0 });
  assert.equal([...record.words], [7, 0, 0, 0, 9]);
});

test("part of an array is set to where that part begins", () => {
  const record = allocateRecord(core, shape);
  const values = core.f32(16);
  setRecord(core, record, shape, BYTES, { values: values.subarray(4) });
  assert.is(record.words[2], values.byteOffset + 16);
});

test("an array outside the core is refused by its name, and nothing after it is set", () => {
  const record = allocateRecord(core, shape);
  assert.throws(
    () => setRecord(core, record, shape, BYTES, { values: new Float32Array(3), last: 9 }),
    (error: Error) =>
      error instanceof TypeError &&
      error.message === "values: expected an array of this core (core.f32 or core.u32), got one outside it",
  );
  assert.is(record.words[4], 0);
});

test("an array of another core is outside this one", () => {
  const record = allocateRecord(core, shape);
  const other = debugCore(1 << 16).u32(3);
  assert.throws(
    () => setRecord(core, record, shape, BYTES, { indices: other }),
    /indices: expected an array/,
  );
});

test("a record whose size is not the kernels' is refused, and left alone", () => {
  const record = allocateRecord(core, shape);
  assert.throws(
    () => setRecord(core, record, shape, 24, { size: 1 }),
    (error: Error) => error.message === "record: expected 20 bytes, got 24 in the kernels",
  );
  assert.is(record.words[0], 0);
});

test.run();
