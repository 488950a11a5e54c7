import { test } from "uvu";
import * as assert from "uvu/assert";
import { readSafetensors, writeSafetensors } from "../../src/core/safetensors.ts";

/** A file of a header as it stands, whatever it says, and 8 bytes of values. */
function fileOf(header: string): Uint8Array {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + 8);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

function errorOf(bytes: unknown): Error {
  try {
    readSafetensors(bytes as Uint8Array);
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

test("reads what was written, from bytes, a part of other bytes, a Buffer and an ArrayBuffer", () => {
  const tensors = { a: Float32Array.of(1, -2.5, Infinity), b: Uint32Array.of(7), none: new Float32Array(0) };
  const file = writeSafetensors(tensors, { format: "test" });
  const longer = new Uint8Array(file.length + 3);
  longer.set(file, 3);
  for (const bytes of [file, longer.subarray(3), Buffer.from(file), file.slice().buffer]) {
    const read = readSafetensors(bytes);
    assert.equal(read.tensors, tensors);
    assert.equal(read.metadata, { format: "test" });
  }
});

for (const [bytes, found] of [
  ["{}", "string"],
  [undefined, "undefined"],
  [null, "null"],
  [Promise.resolve(), "an object: Promise"],
  [[1, 2], "an object: Array"],
  [Float32Array.of(1), "an object: Float32Array"],
] as const)
  test(`refuses what is no bytes: ${found}`, () => {
    assert.is(
      String(errorOf(bytes)),
      `TypeError: bytes: expected a Uint8Array or an ArrayBuffer, got ${found}`,
    );
  });

for (const [bytes, message] of [
  [
    new TextEncoder().encode("<!doctype html>\n<title>Not found</title>"),
    'file: expected safetensors, got a text: "<!doctype html>"; the server answers with a page where the file should lie',
  ],
  [
    new TextEncoder().encode('{"error":{"code":404}}'),
    'file: expected safetensors, got a text: "{\\"error\\":{\\"code\\":404}}"',
  ],
  [new Uint8Array(20), "file: expected safetensors, got 20 bytes of something else"],
  [new Uint8Array(5), "file: expected safetensors, got 5 bytes"],
  [fileOf("{}").slice(0, 9), "file: expected a header of 2 bytes, got 1, the file is cut short"],
] as const)
  test(`says of a file of ${bytes.length} bytes what it is not`, () => {
    assert.is(errorOf(bytes).message, message);
  });

for (const [header, what] of [
  ['{"a":', "its header is no JSON"],
  ['{"__metadata__":null}', "no metadata"],
  ['{"a":{"dtype":"F32"}}', "a has no place"],
  ['{"a":{"dtype":"F32","data_offsets":[0,"4"]}}', "a has no place"],
  ['{"a":{"dtype":"F32","data_offsets":[0,3]}}', "a lies at bytes 0 to 3"],
  ['{"a":{"dtype":"F32","data_offsets":[4,0]}}', "a lies at bytes 4 to 0"],
] as const)
  test(`a damaged header is told in one way: ${header}`, () => {
    const error = errorOf(fileOf(header));
    assert.is(error.message, `file: expected whole safetensors, got a damaged file: ${what}`);
    assert.is(error.cause instanceof SyntaxError, what.endsWith("JSON"));
  });

test("bytes that belong to no tensor are told", () => {
  const message = "file: expected whole safetensors, got a damaged file: 4 of its bytes belong to nothing";
  assert.is(errorOf(fileOf('{"a":{"dtype":"F32","data_offsets":[0,4]}}')).message, message);
});

test("names a tensor of another type, and one that the file does not reach", () => {
  for (const header of ['{"a":null}', '{"a":{}}'])
    assert.is(errorOf(fileOf(header)).message, "a: expected dtype F32 or U32, got undefined");
  assert.is(
    errorOf(fileOf('{"a":{"dtype":"U32","data_offsets":[0,12]}}')).message,
    "a: expected bytes 0 to 12 of 8, the file is cut short",
  );
});

test.run();
