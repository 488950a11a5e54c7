/**
 * The safetensors format (https://github.com/huggingface/safetensors): eight bytes with the header's length, a JSON
 * header that gives each tensor's type, shape and place, then the values, little-endian.
 */

import { foundInstead } from "./module.ts";

export type Tensor = Float32Array | Uint32Array;

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const PREFIX = 8;
/** `{`, what every header begins with. */
const BRACE = 123;
/** Bytes of the longest header that the format allows. */
const LONGEST = 100_000_000;
const TYPES = { F32: Float32Array, U32: Uint32Array } as const;

/** One-dimensional tensors and metadata as one file. */
export function writeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, tensor] of Object.entries(tensors)) {
    const dtype = tensor instanceof Float32Array ? "F32" : "U32";
    header[name] = { dtype, shape: [tensor.length], data_offsets: [offset, offset + tensor.byteLength] };
    offset += tensor.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padded = (json.length + 7) & ~7; // the values begin at a multiple of eight
  const file = new Uint8Array(PREFIX + padded + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded), true);
  file.fill(32, PREFIX, PREFIX + padded);
  file.set(json, PREFIX);
  let place = PREFIX + padded;
  for (const tensor of Object.values(tensors)) {
    file.set(new Uint8Array(tensor.buffer, tensor.byteOffset, tensor.byteLength), place);
    place += tensor.byteLength;
  }
  return file;
}

/**
 * The tensors (flat) and metadata of a file.
 *
 * @throws TypeError when it is no bytes; Error when they are not of this format, cut short or damaged
 */
export function readSafetensors(bytes: Uint8Array | ArrayBuffer): {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
} {
  const file = viewOf(bytes);
  const { __metadata__: metadata = {}, ...entries } = readHeader(file);
  if (typeof metadata !== "object" || metadata === null) throw damagedFile("no metadata");
  const values = file.subarray(PREFIX + headerLength(file));
  const tensors: Record<string, Tensor> = {};
  for (const [name, entry] of Object.entries(entries)) tensors[name] = readTensor(name, entry, values);
  const read = Object.values(tensors).reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (read < values.length) throw damagedFile(`${values.length - read} of its bytes belong to nothing`);
  return { tensors, metadata: metadata as Record<string, string> };
}

/** The error of a file whose parts do not fit together. */
export function damagedFile(what: string, cause?: unknown): Error {
  const message = `file: expected whole safetensors, got a damaged file: ${what}`;
  return new Error(message, cause === undefined ? {} : { cause });
}

/** By its tag: an array of another realm (a frame, a test's sandbox) is no `instanceof` of this one. */
function viewOf(bytes: Uint8Array | ArrayBuffer): Uint8Array {
  const tag = Object.prototype.toString.call(bytes).slice(8, -1);
  if (tag === "Uint8Array") return bytes as Uint8Array;
  if (tag === "ArrayBuffer") return new Uint8Array(bytes as ArrayBuffer);
  const kind = bytes === null ? "null" : typeof bytes;
  const found = kind === "object" ? `an object: ${tag}` : kind;
  throw new TypeError(`bytes: expected a Uint8Array or an ArrayBuffer, got ${found}`);
}

function readTensor(name: string, entry: unknown, values: Uint8Array): Tensor {
  const { dtype, data_offsets: place } = (entry ?? {}) as Partial<Entry>;
  if (dtype !== "F32" && dtype !== "U32") throw new Error(`${name}: expected dtype F32 or U32, got ${dtype}`);
  const type = TYPES[dtype];
  if (!(Array.isArray(place) && place.length === 2 && place.every(Number.isSafeInteger)))
    throw damagedFile(`${name} has no place`);
  const [from, to] = place;
  if (!(from >= 0 && from <= to && (to - from) % type.BYTES_PER_ELEMENT === 0))
    throw damagedFile(`${name} lies at bytes ${from} to ${to}`);
  if (to > values.length)
    throw new Error(`${name}: expected bytes ${from} to ${to} of ${values.length}, the file is cut short`);
  return new type(new Uint8Array(values.subarray(from, to)).buffer); // a Buffer's slice is no copy
}

function headerLength(file: Uint8Array): number {
  return Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
}

function readHeader(file: Uint8Array): Record<string, unknown> {
  if (file.length <= PREFIX) throw new Error(`file: expected safetensors, got ${file.length} bytes`);
  const length = headerLength(file);
  if (file[PREFIX] !== BRACE || length > LONGEST)
    throw new Error(`file: expected safetensors, got ${foundInstead(file, "the file")}`);
  if (PREFIX + length > file.length)
    throw new Error(
      `file: expected a header of ${length} bytes, got ${file.length - PREFIX}, the file is cut short`,
    );
  try {
    return JSON.parse(new TextDecoder().decode(file.subarray(PREFIX, PREFIX + length)));
  } catch (cause) {
    throw damagedFile("its header is no JSON", cause);
  }
}
