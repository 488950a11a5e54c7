/**
 * The safetensors format (https://github.com/huggingface/safetensors): eight bytes with the header's length, a JSON
 * header that gives each tensor's type, shape and place, then the values, little-endian.
 */

export type Tensor = Float32Array | Uint32Array;

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const PREFIX = 8;
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

/** The tensors (flat) and metadata of a file. @throws Error when it is cut short or not of this format */
export function readSafetensors(file: Uint8Array): {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
} {
  const { __metadata__: metadata = {}, ...entries } = readHeader(file);
  const start = PREFIX + headerLength(file);
  const tensors: Record<string, Tensor> = {};
  for (const [name, { dtype, data_offsets }] of Object.entries(entries as Record<string, Entry>)) {
    const type = TYPES[dtype as keyof typeof TYPES];
    if (type === undefined) throw new Error(`${name}: expected dtype F32 or U32, got ${dtype}`);
    const [from, to] = data_offsets;
    if (!(from >= 0 && from <= to && start + to <= file.length))
      throw new Error(
        `${name}: expected bytes ${from} to ${to} of ${file.length - start}, the file is cut short`,
      );
    tensors[name] = new type(new Uint8Array(file.subarray(start + from, start + to)).buffer); // a Buffer's slice is no copy
  }
  return { tensors, metadata: metadata as Record<string, string> };
}

function headerLength(file: Uint8Array): number {
  if (file.length < PREFIX) throw new Error(`file: expected safetensors, got ${file.length} bytes`);
  return Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
}

function readHeader(file: Uint8Array): Record<string, unknown> {
  const length = headerLength(file);
  if (PREFIX + length > file.length)
    throw new Error(`file: expected a header of ${length} bytes, got ${file.length - PREFIX}`);
  try {
    return JSON.parse(new TextDecoder().decode(file.subarray(PREFIX, PREFIX + length)));
  } catch (cause) {
    throw new Error("file: expected a safetensors header, got something else", { cause });
  }
}
