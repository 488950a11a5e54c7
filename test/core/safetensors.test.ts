import { createHash } from "node:crypto";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { FileError } from "../../src/core/file.ts";
import { readSafetensors, writeSafetensors } from "../../src/core/safetensors.ts";

/** Bytes before the hash: the header's length, and the first names. */
const HASH = 8 + '{"__metadata__":{"sha256":"'.length;
const NO_HASH = "0".repeat(64);

/** A file of a header as it stands, whatever it says, and some bytes of values. */
function fileOf(header: string, values = 8): Uint8Array {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + values);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

/** The same with a header that begins as it has to, ends at a multiple of eight, and has the hash. */
function hashed(tensors: string, values = 8): Uint8Array {
  const header = `{"__metadata__":{"sha256":"${NO_HASH}","format":"test"}${tensors && `,${tensors}`}}`;
  return hashAnew(fileOf(padded(header), values));
}

const padded = (header: string) =>
  header + " ".repeat((8 - (new TextEncoder().encode(header).length % 8)) % 8);

/** Computes the hash as somebody without this library would. */
function hashAnew(file: Uint8Array): Uint8Array {
  file.set(new TextEncoder().encode(NO_HASH), HASH);
  file.set(new TextEncoder().encode(createHash("sha256").update(file).digest("hex")), HASH);
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

const entry = (name: string, from: number, to: number, { dtype = "F32", shape = [(to - from) / 4] } = {}) =>
  `"${name}":${JSON.stringify({ dtype, shape, data_offsets: [from, to] })}`;

test("reads what was written, from bytes, a part of other bytes, a Buffer, an ArrayBuffer and shared memory", () => {
  const tensors = {
    a: Float32Array.of(1, -2.5, Infinity),
    b: Uint32Array.of(7),
    none: new Float32Array(0),
    text: new TextEncoder().encode("überall"),
  };
  const file = writeSafetensors(tensors, "test");
  const longer = new Uint8Array(file.length + 3);
  longer.set(file, 3);
  const shared = new Uint8Array(new SharedArrayBuffer(file.length));
  shared.set(file);
  for (const bytes of [file, longer.subarray(3), Buffer.from(file), file.slice().buffer, shared]) {
    const read = readSafetensors(bytes);
    assert.equal(read.tensors, tensors);
    assert.is(read.format, "test");
  }
});

test("copies nothing, where the bytes lie at a multiple of four", () => {
  const file = writeSafetensors({ a: Float32Array.of(1, 2) }, "test");
  assert.is(readSafetensors(file).tensors.a.buffer, file.buffer);
  const longer = new Uint8Array(file.length + 8);
  longer.set(file, 8);
  assert.is(readSafetensors(longer.subarray(8)).tensors.a.buffer, longer.buffer);
  longer.copyWithin(2, 8);
  assert.is.not(readSafetensors(longer.subarray(2, 2 + file.length)).tensors.a.buffer, longer.buffer);
});

for (const length of [0, 1, 13, 14, 15, 16, 50, 1000])
  test(`the hash is the SHA-256 of the file where 64 zeros stand for it: ${length} numbers`, () => {
    const values = Float32Array.from({ length }, (_, i) => i / 3);
    const file = writeSafetensors({ values }, "test");
    assert.equal(hashAnew(file.slice()), file);
    const { __metadata__: metadata } = JSON.parse(
      new TextDecoder().decode(file.subarray(8, 8 + new DataView(file.buffer).getUint32(0, true))),
    );
    assert.match(metadata.sha256, /^[0-9a-f]{64}$/);
  });

test("every bit counts: a file with one that changed is refused", () => {
  const file = writeSafetensors({ a: Float32Array.of(1, 2, 3), b: Uint32Array.of(4) }, "test");
  for (let bit = 0; bit < 8 * file.length; bit++) {
    const flipped = file.slice();
    flipped[bit >> 3] ^= 1 << (bit & 7);
    assert.ok(errorOf(flipped) instanceof FileError, `bit ${bit}`);
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

const older = '{"__metadata__":{"format":"generative-agent/agent/2"}}  ';

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
  [fileOf(`{"a":"${"x".repeat(65_536)}"}`), "file: expected a header of at most 65536 bytes, got 65544"],
  [
    fileOf(older),
    'file: expected one with a SHA-256, got "generative-agent/agent/2" of an older version, which alone can read it',
  ],
] as const)
  test(`says of a file what it is not: ${message.slice(0, 60)}`, () => {
    assert.is(String(errorOf(bytes)), `FileError: ${message}`);
  });

for (const [bytes, what] of [
  [fileOf('{"a":'), "its header is no JSON"],
  [fileOf('{"a":"\ud800"}   ').fill(0xff, 14, 15), "its header is no text"],
  [fileOf('{"__metadata__":null}   '), "no metadata"],
  [fileOf("{}      "), "no metadata"],
  [fileOf("{ }     "), "its header is not what JSON.stringify writes"],
  [fileOf('{"a":1,"a":1}   '), "its header is not what JSON.stringify writes"],
  [fileOf("{}"), "its header has no multiple of eight bytes"],
  [
    fileOf(padded(`{"__metadata__":{"format":"a","sha256":"${NO_HASH}"}}`), 0),
    "its header does not begin with the SHA-256",
  ],
  [
    fileOf('{"__metadata__":{"sha256":"0","format":"test"}} ', 0),
    "its header does not begin with the SHA-256",
  ],
  [
    fileOf(padded(`{"__metadata__":{"sha256":"${NO_HASH}","format":"a","b":"c"}}`), 0),
    'metadata "b" is not known',
  ],
  [hashed('"a":{"dtype":"F32","shape":[2]}'), "a has no place"],
  [hashed('"a":{"dtype":"F32","shape":[2],"data_offsets":[0,"8"]}'), "a has no place"],
  [hashed('"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}'), "a has no place"],
  [hashed('"a":{"dtype":"F32","data_offsets":[0,8]}'), "a has no shape"],
  [hashed(entry("a", 0, 8, { shape: [-2] })), "a has no shape"],
  [
    hashed('"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"b":1}'),
    "a has more than a type, a shape and a place",
  ],
  [hashed(entry("a", 0, 3)), "a has no shape"],
  [hashed(entry("a", 0, 8, { shape: [3] })), "a lies at bytes 0 to 8"],
  [hashed(entry("a", 0, 8, { shape: [2 ** 52, 2 ** 52] })), "a lies at bytes 0 to 8"],
  [hashed(entry("a", 8, 0, { shape: [2] })), "a lies at bytes 8 to 0"],
  [
    hashed(`${entry("t", 0, 2, { dtype: "U8", shape: [2] })},${entry("a", 2, 6)}`, 6),
    "a lies at bytes 2 to 6",
  ],
  [hashed(entry("a", 0, 8), 12), "4 bytes lie behind the last tensor"],
  [hashed("", 4), "4 bytes lie behind the last tensor"],
  [hashed(entry("a", 4, 8)), '"a" begins at byte 4, not at 0'],
  [hashed(`${entry("a", 0, 8)},${entry("b", 4, 12)}`, 12), '"b" begins at byte 4, not at 8'],
  [hashed(`${entry("a", 0, 4)},${entry("b", 8, 12)}`, 12), '"b" begins at byte 8, not at 4'],
  [hashed(`${entry("a", 0, 8)},${entry("b", 0, 8)}`), '"b" begins at byte 0, not at 8'],
  [
    writeSafetensors({ a: Float32Array.of(1) }, "test").fill(1, -1),
    "its SHA-256 is another than its header says",
  ],
] as const)
  test(`a damaged file is told in one way: ${what}, ${bytes.length} bytes`, () => {
    const error = errorOf(bytes);
    assert.is(String(error), `FileError: file: expected whole safetensors, got a damaged file: ${what}`);
    assert.is(error.cause instanceof Error, /no (JSON|text)$/.test(what));
  });

test("tensors may stand in the header in any order, and have any rank", () => {
  const { tensors } = readSafetensors(
    hashed(`${entry("b", 8, 32, { shape: [2, 3] })},${entry("a", 0, 8)},${entry("none", 8, 8)}`, 32),
  );
  assert.equal(
    Object.entries(tensors).map(([name, { length }]) => [name, length]),
    [
      ["b", 6],
      ["a", 2],
      ["none", 0],
    ],
  );
});

test("a name that means something to the language is a name", () => {
  const { tensors } = readSafetensors(hashed(entry("__proto__", 0, 8)));
  assert.equal(Object.keys(tensors), ["__proto__"]);
  assert.is(Object.getPrototypeOf(tensors), Object.prototype);
});

test("names a tensor of another type, and one that the file does not reach", () => {
  for (const [header, got] of [
    ['"a":null', "none"],
    ['"a":{}', "none"],
    ['"a":{"dtype":{"toString":1}}', '{"toString":1}'],
    ['"a":{"dtype":"F64"}', '"F64"'],
  ])
    assert.is(errorOf(hashed(header)).message, `a: expected dtype F32, U32 or U8, got ${got}`);
  assert.is(
    errorOf(hashed(entry("a", 0, 12))).message,
    "a: expected bytes 0 to 12 of 8, the file is cut short",
  );
  assert.is(errorOf(hashed('"\u009b2J":{}')).message, '"\\u009b2J": expected dtype F32, U32 or U8, got none');
});

test("writes no header that it would not read", () => {
  const tensors = Object.fromEntries(
    Array.from({ length: 2000 }, (_, i) => [`tensor.${i}`, new Float32Array(0)]),
  );
  assert.throws(
    () => writeSafetensors(tensors, "test"),
    /^file: expected a header of at most 65536 bytes, got \d+$/,
  );
});

test.run();
