/** A writer for the part of ONNX that the work needs: protocol buffers of the fields named beside each number. */

type Bytes = readonly number[];

function varint(value: number): Bytes {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
}

const number = (field: number, value: number): Bytes => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, content: Uint8Array | Bytes): Uint8Array => {
  const head = [...varint(field * 8 + 2), ...varint(content.length)];
  const out = new Uint8Array(head.length + content.length);
  out.set(head);
  out.set(content, head.length);
  return out;
};
const text = (field: number, value: string) => bytes(field, new TextEncoder().encode(value));

function joined(...parts: readonly (Uint8Array | Bytes)[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** One operator: its type, inputs, outputs, and whole or real attributes. */
export interface Node {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly whole?: Readonly<Record<string, number>>;
}

/** A constant array. */
export interface Constant {
  readonly name: string;
  readonly dimensions: readonly number[];
  readonly values: Float32Array | readonly number[];
  /** Of whole numbers, as the sizes of a split are. */
  readonly isWhole?: boolean;
}

/** A graph's input or output. */
export interface Port {
  readonly name: string;
  readonly dimensions: readonly number[];
}

/** A model of operator set 17. */
export function onnxModel(graph: {
  readonly nodes: readonly Node[];
  readonly constants: readonly Constant[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}): Uint8Array {
  const body = joined(
    ...graph.nodes.map((node) => bytes(1, nodeBytes(node))),
    text(2, "work"),
    ...graph.constants.map((constant) => bytes(5, constantBytes(constant))),
    ...graph.inputs.map((port) => bytes(11, portBytes(port))),
    ...graph.outputs.map((port) => bytes(12, portBytes(port))),
  );
  return joined(number(1, 8), bytes(7, body), bytes(8, joined(text(1, ""), number(2, 17)))); // IR version 8
}

function nodeBytes({ type, inputs, outputs, whole = {} }: Node): Uint8Array {
  return joined(
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, type),
    ...Object.entries(whole).map(
      ([name, value]) => bytes(5, joined(text(1, name), number(3, value), number(20, 2))), // type INT
    ),
  );
}

function constantBytes({ name, dimensions, values, isWhole = false }: Constant): Uint8Array {
  const raw = isWhole ? BigInt64Array.from(values as readonly number[], BigInt) : Float32Array.from(values);
  return joined(
    ...dimensions.map((size) => number(1, size)),
    number(2, isWhole ? 7 : 1), // INT64 or FLOAT
    text(8, name),
    bytes(9, new Uint8Array(raw.buffer)),
  );
}

function portBytes({ name, dimensions }: Port): Uint8Array {
  const shape = joined(...dimensions.map((size) => bytes(1, number(1, size))));
  return joined(text(1, name), bytes(2, bytes(1, joined(number(1, 1), bytes(2, shape)))));
}
