import { test } from "uvu";
import * as assert from "uvu/assert";
import { allocateFields, type RecordType, setFields, wordsOf } from "../../src/core/fields.ts";
import { debugCore } from "../helpers/debugCore.ts";

const core = debugCore(1 << 16);

interface Values {
  readonly size: number;
  readonly scale: number;
  readonly values: Float32Array;
  readonly indices: Uint32Array;
  readonly last: number;
}
const type: RecordType<Values> = {
  name: "Record",
  kinds: { size: "u32", scale: "f32", values: "array", indices: "array", last: "u32" },
};

test("an instance has one word a field, and begins unset", () => {
  const { words, fields } = allocateFields(core, type);
  assert.equal([...words], [0, 0, 0, 0, 0]);
  assert.is(fields.byteOffset, words.byteOffset);
  assert.is(fields.length, words.length);
});

test("each field is written in its place: whole numbers, f32, and where an array lies", () => {
  const record = allocateFields(core, type);
  const [values, indices] = [core.f32(3), core.u32(5)];
  setFields(core, record, type, { last: 4294967295, indices, values, scale: 0.1, size: 7 });
  const { words, fields } = record;
  assert.equal([...words], [7, words[1], values.byteOffset, indices.byteOffset, 4294967295]);
  assert.is(fields[1], Math.fround(0.1));
});

test("fields that are not named keep their values", () => {
  const record = allocateFields(core, type);
  setFields(core, record, type, { size: 7, scale: 2, last: 9 });
  setFields(core, record, type, { scale: 0 });
  assert.equal([...record.words], [7, 0, 0, 0, 9]);
});

test("part of an array is set to where that part begins", () => {
  const record = allocateFields(core, type);
  const values = core.f32(16);
  setFields(core, record, type, { values: values.subarray(4) });
  assert.is(record.words[2], values.byteOffset + 16);
});

test("an array outside the core is refused by its name, and nothing after it is set", () => {
  const record = allocateFields(core, type);
  assert.throws(
    () => setFields(core, record, type, { values: new Float32Array(3), last: 9 }),
    (error: Error) =>
      error instanceof TypeError &&
      error.message === "values: expected an array of this core (core.f32 or core.u32), got one outside it",
  );
  assert.is(record.words[4], 0);
});

test("an array of another core is outside this one", () => {
  const record = allocateFields(core, type);
  const other = debugCore(1 << 16).u32(3);
  assert.throws(() => setFields(core, record, type, { indices: other }), /indices: expected an array/);
});

test("an instance of another class is refused, and left alone", () => {
  const record = allocateFields(core, type);
  assert.throws(
    () => setFields(core, record, { name: "Other", kinds: { size: "u32" } }, { size: 1 }),
    (error: Error) => error.message === "Other: expected a record of 1 fields, got one of 5",
  );
  assert.is(record.words[0], 0);
});

test("a value of a field's wrong kind is an error of types", () => {
  const record = allocateFields(core, type);
  // @ts-expect-error: a number where an array lies
  setFields(core, record, type, { values: 16 });
  // @ts-expect-error: an array where a number stands
  setFields(core, record, type, { size: core.u32(1) });
  // @ts-expect-error: values of f32 where there are u32
  setFields(core, record, type, { indices: core.f32(1) });
});

test("a field's place is its number in the class", () => {
  assert.equal(wordsOf(type), { size: 0, scale: 1, values: 2, indices: 3, last: 4 });
});

test.run();
