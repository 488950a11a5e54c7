/**
 * The safetensors format (https://github.com/huggingface/safetensors): eight bytes with the header's length, a JSON
 * header that gives each tensor's type, shape and place, then the values, little-endian.
 *
 * The header begins with the SHA-256 of the entire file, written where the hash itself is 64 zeros: a file with a bit that
 * changed is refused. It guards against accidents, not against a forger, who can compute it anew: so whoever reads a file
 * checks what it says, too. See docs/decisions/0040-files-that-can-be-trusted.md.
 */
import { damagedFile, FileError, quoted } from "./file.ts";
import { sha256 } from "./generated/sha256.ts";
import { foundInstead } from "./module.ts";

/** Numbers. */
export type Tensor = Float32Array | Uint32Array;
/** Numbers, or a text in UTF-8. */
export type Content = Tensor | Uint8Array;

const TYPES = { F32: Float32Array, U32: Uint32Array, U8: Uint8Array } as const;
type Dtype = keyof typeof TYPES;

/** What the header says of a tensor, once it is checked. */
interface Entry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly from: number;
  readonly to: number;
}

/** Bytes of the header's length. */
const PREFIX = 8;
/** `{`, what every header begins with. */
const BRACE = 123;
/** Bytes of the longest header. */
const LONGEST = 65_536;
/** What the hash follows in every file. */
const BEFORE_HASH = '{"__metadata__":{"sha256":"';
/** What stands for the hash while it is computed. */
const NO_HASH = "0".repeat(64);
/** Place of the hash in the file. */
const HASH = PREFIX + BEFORE_HASH.length;

/**
 * One-dimensional tensors as one file. Texts come last: what lies before them keeps its alignment.
 *
 * @param format what the file holds, and its version
 * @throws RangeError when the header would be longer than 64 kB
 */
export function writeSafetensors(tensors: Readonly<Record<string, Content>>, format: string): Uint8Array {
  const file = layOut(tensors, format);
  file.set(encodeText(hashOf(file)), HASH);
  return file;
}

/** The same file, with 64 zeros in the place of its hash. */
export function layOut(tensors: Readonly<Record<string, Content>>, format: string): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: { sha256: NO_HASH, format } };
  const isText = (content: Content) => dtypeOf(content) === "U8";
  const ordered = Object.entries(tensors).sort(([, a], [, b]) => Number(isText(a)) - Number(isText(b)));
  let offset = 0;
  for (const [name, tensor] of ordered) {
    const shape = [tensor.length];
    header[name] = { dtype: dtypeOf(tensor), shape, data_offsets: [offset, offset + tensor.byteLength] };
    offset += tensor.byteLength;
  }
  const json = encodeText(JSON.stringify(header));
  const padded = (json.length + 7) & ~7; // the values begin at a multiple of eight
  if (padded > LONGEST)
    throw new RangeError(`file: expected a header of at most ${LONGEST} bytes, got ${padded}`);
  const file = new Uint8Array(PREFIX + padded + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded), true);
  file.fill(32, PREFIX, PREFIX + padded);
  file.set(json, PREFIX);
  let place = PREFIX + padded;
  for (const [, tensor] of ordered) {
    file.set(new Uint8Array(tensor.buffer, tensor.byteOffset, tensor.byteLength), place);
    place += tensor.byteLength;
  }
  return file;
}

/**
 * The tensors of a file, flat: views of its bytes, which are copied only where they lie badly.
 *
 * The rules of the format hold to the letter: the tensors lie one behind the other and cover all values, each has as many
 * bytes as its shape and type say, nothing is named twice. Besides, the header has at most 64 kB, is what `JSON.stringify`
 * writes, and the values begin at a multiple of eight.
 *
 * @throws TypeError when it is no bytes; FileError when they are not of this format, cut short or damaged
 */
export function readSafetensors(bytes: Uint8Array | ArrayBuffer): {
  readonly tensors: Readonly<Record<string, Content>>;
  readonly format: string;
} {
  const file = viewOf(bytes);
  const length = headerLength(file);
  const { __metadata__: metadata, ...described } = parseHeader(file.subarray(PREFIX, PREFIX + length));
  const format = formatOf(metadata);
  const values = file.subarray(PREFIX + length);
  const entries = Object.entries(described).map(([name, entry]) => entryOf(name, entry, values.length));
  expectCovered(entries, values.length);
  expectHash(file, metadata as { sha256: string });
  const tensors = entries.map(({ name, dtype, from, to }) => {
    const type = TYPES[dtype];
    const view = new type(values.buffer, values.byteOffset + from, (to - from) / type.BYTES_PER_ELEMENT);
    return [name, view] as const;
  });
  return { tensors: Object.fromEntries(tensors), format };
}

/** A text as a file holds it. */
export function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A text of a file. @throws FileError when the bytes are not UTF-8 */
export function decodeText(name: string, bytes: Content): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw damagedFile(`${name} is no text`, cause);
  }
}

function dtypeOf(tensor: Content): Dtype {
  return tensor instanceof Float32Array ? "F32" : tensor instanceof Uint32Array ? "U32" : "U8";
}

/** By its tag: an array of another realm (a frame, a test's sandbox) is no `instanceof` of this one. */
function viewOf(bytes: Uint8Array | ArrayBuffer): Uint8Array<ArrayBuffer> {
  const tag = Object.prototype.toString.call(bytes).slice(8, -1);
  if (tag === "ArrayBuffer") return new Uint8Array(bytes as ArrayBuffer);
  if (tag === "Uint8Array") {
    const { buffer, byteOffset, byteLength } = bytes as Uint8Array;
    const isShared = Object.prototype.toString.call(buffer) !== "[object ArrayBuffer]";
    if (isShared || byteOffset % 4 !== 0) return Uint8Array.from(bytes as Uint8Array);
    return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  }
  const kind = bytes === null ? "null" : typeof bytes;
  const found = kind === "object" ? `an object: ${tag}` : kind;
  throw new TypeError(`bytes: expected a Uint8Array or an ArrayBuffer, got ${found}`);
}

function headerLength(file: Uint8Array): number {
  if (file.length <= PREFIX) throw new FileError(`file: expected safetensors, got ${file.length} bytes`);
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (file[PREFIX] !== BRACE)
    throw new FileError(`file: expected safetensors, got ${foundInstead(file, "the file")}`);
  if (length > LONGEST)
    throw new FileError(`file: expected a header of at most ${LONGEST} bytes, got ${length}`);
  if (PREFIX + length > file.length)
    throw new FileError(
      `file: expected a header of ${length} bytes, got ${file.length - PREFIX}, the file is cut short`,
    );
  return length;
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  const text = decodeText("its header", bytes);
  let header: Record<string, unknown>; // for it begins with a brace
  try {
    header = JSON.parse(text);
  } catch (cause) {
    throw damagedFile("its header is no JSON", cause);
  }
  // so no name stands there twice: the other would be lost
  if (JSON.stringify(header).padEnd(text.length, " ") !== text)
    throw damagedFile("its header is not what JSON.stringify writes");
  if (bytes.length % 8 !== 0) throw damagedFile("its header has no multiple of eight bytes");
  return header;
}

/** @throws FileError for the files of versions that wrote no hash */
function formatOf(metadata: unknown): string {
  const { sha256: hash, format, ...others } = (metadata ?? {}) as Record<string, unknown>;
  if (typeof format !== "string") throw damagedFile("no metadata");
  if (typeof hash !== "string")
    throw new FileError(
      `file: expected one with a SHA-256, got ${quoted(format)} of an older version, which alone can read it`,
    );
  const [other] = Object.keys(others);
  if (other !== undefined) throw damagedFile(`metadata ${quoted(other)} is not known`);
  return format;
}

/** What the header says of a tensor. @param size bytes of all values */
function entryOf(key: string, entry: unknown, size: number): Entry {
  const { dtype, shape, data_offsets: place, ...others } = (entry ?? {}) as Record<string, unknown>;
  const name = /^[\w.]+$/.test(key) ? key : quoted(key);
  if (dtype !== "F32" && dtype !== "U32" && dtype !== "U8")
    throw new FileError(`${name}: expected dtype F32, U32 or U8, got ${quoted(dtype)}`);
  if (!isWholes(place) || place.length !== 2) throw damagedFile(`${name} has no place`);
  if (!isWholes(shape)) throw damagedFile(`${name} has no shape`);
  if (Object.keys(others).length > 0) throw damagedFile(`${name} has more than a type, a shape and a place`);
  const [from, to] = place;
  const bytes = shape.reduce((product, length) => product * length, TYPES[dtype].BYTES_PER_ELEMENT);
  if (to - from !== bytes || from % TYPES[dtype].BYTES_PER_ELEMENT !== 0)
    throw damagedFile(`${name} lies at bytes ${from} to ${to}`);
  if (to > size)
    throw new FileError(`${name}: expected bytes ${from} to ${to} of ${size}, the file is cut short`);
  return { name: key, dtype, from, to };
}

function isWholes(values: unknown): values is readonly number[] {
  return Array.isArray(values) && values.every((value) => Number.isSafeInteger(value) && value >= 0);
}

/** @throws FileError unless the tensors lie one behind the other, from the first value to the last */
function expectCovered(entries: readonly Entry[], size: number): void {
  let end = 0;
  for (const { name, from, to } of [...entries].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end) throw damagedFile(`${quoted(name)} begins at byte ${from}, not at ${end}`);
    end = to;
  }
  if (end !== size) throw damagedFile(`${size - end} bytes lie behind the last tensor`);
}

/** @throws FileError when a bit of the file is another than when it was written */
function expectHash(file: Uint8Array, { sha256: told }: { readonly sha256: string }): void {
  const before = new TextDecoder().decode(file.subarray(PREFIX, HASH));
  if (before !== BEFORE_HASH || told.length !== NO_HASH.length)
    throw damagedFile("its header does not begin with the SHA-256");
  if (hashOf(file) !== told) throw damagedFile("its SHA-256 is another than its header says");
}

/** SHA-256 of a file whose hash is 64 zeros, in hexadecimal. */
function hashOf(file: Uint8Array): string {
  const hash = sha256.create();
  hash.update(file.subarray(0, HASH));
  hash.update(encodeText(NO_HASH));
  hash.update(file.subarray(HASH + NO_HASH.length));
  return Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
