/** Real files, and ways to spoil them. */
import { createHash } from "node:crypto";
import { type Content, decodeText, encodeText, layOut, readSafetensors } from "../../src/core/safetensors.ts";
import { createAgent, createEnvironment, exportHabit, type Options, train } from "../../src/index.ts";
import type { Draw } from "./draw.ts";

/** What a file is given to. */
export type Reader = "loadAgent" | "loadHabit" | "resume";

/** A file that is read without an error. */
export interface Subject {
  readonly name: string;
  readonly reader: Reader;
  readonly bytes: Uint8Array;
}

const observed: Options = {
  ...{
    members: 2,
    hidden: [4],
    horizon: 3,
    candidates: 8,
    warmup: 20,
    warmupUpdates: 5,
    updates: 1,
    batch: 32,
  },
  ...{ memory: 64, lessons: 32, valueLessons: 32, curiosity: 0, seed: 1 },
};
const latent: Options = {
  ...{
    model: "latent",
    hidden: [4],
    decoderHidden: [4],
    latentSize: 4,
    horizon: 3,
    candidates: 8,
    warmup: 20,
  },
  ...{ warmupUpdates: 5, updates: 1, chunk: 6, overshoot: 3, overshootStarts: 2, memory: 64, seed: 1 },
};

/** Small files of every kind: agents of both models in the midst of an episode, a habit, and a run. */
export async function subjects(): Promise<readonly Subject[]> {
  const run = async (task: string, options: Options) => {
    const environment = await createEnvironment(task);
    const agent = await createAgent(environment, options);
    const steps = train(agent, environment, { steps: 60, seed: 1 });
    for (let i = 0; i < 45; i++) await steps.step();
    return { agent, bytes: steps.save() };
  };
  const [seeing, believing] = [await run("cartpole", observed), await run("cartpole-position", latent)];
  return [
    { name: "habit", reader: "loadHabit", bytes: exportHabit(seeing.agent) },
    { name: "observed", reader: "loadAgent", bytes: seeing.agent.save() },
    { name: "latent", reader: "loadAgent", bytes: believing.agent.save() },
    { name: "run", reader: "resume", bytes: seeing.bytes },
  ];
}

/** Place of the hash in a file. */
const HASH = 35;

/** The file with the hash that belongs to its bytes, where it has a place for one. */
export function rehashed(bytes: Uint8Array): Uint8Array {
  if (bytes.length < HASH + 64) return bytes;
  bytes.fill(48, HASH, HASH + 64);
  bytes.set(encodeText(createHash("sha256").update(bytes).digest("hex")), HASH);
  return bytes;
}

/** Values that counters, settings and places are not made for. */
const ODD = [
  ...[0, 1, -1, 0.5, 7, 60, 61, 1e3, 65_536, 1e6, 2 ** 31, 2 ** 32, 2 ** 53, 1e18, 1e300, -0, -1e9],
  ...["NaN", "Infinity", "-Infinity", "-0", "", "latent", "\u001b[2J", null, true, false, [], {}, [1], [[]]],
  ...[{ length: 1e9 }, { toString: 1 }, { "#": "Float64Array", values: { length: 1e9 } }, { "#": "x" }],
] as const;
const FLOATS = [Number.NaN, Infinity, -Infinity, 3e38, -3e38, 1e-45, 0, -1, 0.5, 1e9];
const INDICES = [0, 1, 44, 45, 46, 63, 64, 65, 1000, 1e5, 1e6, 1e7, 2 ** 27, 2 ** 31, 2 ** 32 - 1];

type Mutation = (bytes: Uint8Array, draw: Draw) => Uint8Array;

/** The ways to spoil a file, by name. Where they compute the hash anew, only what the file says can give it away. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  "bits, hash as it was": (bytes, draw) => flip(bytes, draw),
  "bits, hash anew": (bytes, draw) => rehashed(flip(bytes, draw)),
  "bits of the header, hash anew": (bytes, draw) => rehashed(flip(bytes, draw, headerEnd(bytes))),
  "cut short": (bytes, draw) => rehashed(bytes.slice(0, draw.below(bytes.length))),
  "bytes behind": (bytes, draw) => rehashed(Buffer.concat([bytes, new Uint8Array(1 + draw.below(9))])),
  "tensors dropped, swapped or renamed": (bytes, draw) =>
    rewritten(bytes, (tensors) => {
      const [name, other] = [draw.one([...tensors.keys()]), draw.one([...tensors.keys()])];
      const [content, second] = [tensors.get(name), tensors.get(other)];
      if (content === undefined || second === undefined) return;
      const way = draw.below(4);
      if (way === 0) tensors.delete(name);
      else if (way === 1) tensors.set(name, second).set(other, content);
      else if (way === 2) tensors.set(`${name}.${draw.below(3)}`, content);
      else tensors.set(name, content.subarray(0, draw.below(content.length + 1)));
    }),
  "numbers of the header": (bytes, draw) =>
    withHeader(bytes, (header) => {
      const numbers = [...header.matchAll(/\d+/g)].filter(({ index }) => index > 100);
      const { index = 0, 0: number = "" } = draw.one(numbers) ?? {};
      return header.slice(0, index) + JSON.stringify(draw.one(ODD)) + header.slice(index + number.length);
    }),
  "pieces of the header": (bytes, draw) => withHeader(bytes, (header) => spliced(header, draw, 100)),
  "places that overlap or leave holes": (bytes, draw) =>
    withHeader(bytes, (header) => {
      const shift = draw.one([-8, -4, 4, 8, 64, 2 ** 20]);
      const places = [...header.matchAll(/"data_offsets":\[(\d+),(\d+)\]/g)];
      const place = draw.one(places);
      if (place === undefined) return header;
      const [from, to] = [Number(place[1]) + shift, Number(place[2]) + (draw.below(2) ? shift : 0)];
      return header.replace(place[0], `"data_offsets":[${from},${to}]`);
    }),
  "counters, settings and spaces": (bytes, draw) => {
    const name = draw.one(["counts", "counts", "settings", "spaces", "run"]);
    return withText(bytes, name, (text) => {
      const value = JSON.parse(text);
      const at = draw.one(pathsOf(value));
      if (at === undefined) return text;
      if (draw.below(8) === 0) delete at.owner[at.key];
      else at.owner[at.key] = draw.one(ODD);
      return JSON.stringify(value);
    });
  },
  "pieces of texts": (bytes, draw) =>
    withText(bytes, draw.one(["counts", "settings", "spaces", "run"]), (text) => spliced(text, draw)),
  "numbers that are none": (bytes, draw) =>
    rewritten(bytes, (tensors) => {
      const content = tensors.get(draw.one([...tensors.keys()]));
      if (!(content instanceof Float32Array)) return;
      for (let i = 0; i <= draw.below(3); i++) content[draw.below(content.length)] = draw.one(FLOATS);
    }),
  "indices out of range": (bytes, draw) =>
    rewritten(bytes, (tensors) => {
      const names = [...tensors].filter(
        ([name, { length }]) => length > 0 && /list|ancestors|ages|states/.test(name),
      );
      const content = draw.one(names)?.[1];
      if (content !== undefined) content[draw.below(content.length)] = draw.one(INDICES);
    }),
  "bytes by chance": (_, draw) => {
    const bytes = Uint8Array.from({ length: draw.below(400) }, () => draw.below(256));
    if (bytes.length > 9 && draw.below(2)) bytes.set([draw.below(200), 0, 0, 0, 0, 0, 0, 0, 123]);
    return bytes;
  },
};

/** The file with up to eight bits flipped. @param end of the bytes that are */
function flip(bytes: Uint8Array, draw: Draw, end = bytes.length): Uint8Array {
  const spoilt = bytes.slice();
  for (let i = draw.below(draw.one([1, 1, 8])); i >= 0; i--) spoilt[draw.below(end)] ^= 1 << draw.below(8);
  return spoilt;
}

function headerEnd(bytes: Uint8Array): number {
  return 8 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
}

type Contents = Map<string, Content>;

/** What the real files hold: each is read once. */
const contentsOf = new WeakMap<Uint8Array, ReturnType<typeof readSafetensors>>();

function rewritten(bytes: Uint8Array, change: (tensors: Contents) => void): Uint8Array {
  const { tensors, format } = contentsOf.get(bytes) ?? readSafetensors(bytes);
  contentsOf.set(bytes, { tensors, format });
  const contents: Contents = new Map(
    Object.entries(tensors).map(([name, content]) => [name, content.slice()]),
  );
  change(contents);
  return rehashed(layOut(Object.fromEntries(contents), format));
}

function withText(bytes: Uint8Array, name: string, change: (text: string) => string): Uint8Array {
  return rewritten(bytes, (tensors) => {
    const text = tensors.get(name);
    if (text !== undefined) tensors.set(name, encodeText(change(decodeText(name, text))));
  });
}

/** The file with another header, to a multiple of eight bytes. */
function withHeader(bytes: Uint8Array, change: (header: string) => string): Uint8Array {
  const end = headerEnd(bytes);
  const header = encodeText(change(new TextDecoder().decode(bytes.subarray(8, end)).trimEnd()));
  const length = Math.ceil(header.length / 8) * 8;
  const file = new Uint8Array(8 + length + bytes.length - end).fill(32, 8, 8 + length);
  new DataView(file.buffer).setUint32(0, length, true);
  file.set(header, 8);
  file.set(bytes.subarray(end), 8 + length);
  return rehashed(file);
}

const PIECES = [
  '"',
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "0",
  "-",
  "e9",
  "null",
  '"a":1',
  "\\u0000",
  "[[[[[[[[",
  "\u001b",
];

/** The text with a piece cut out, doubled or put in. @param from where it begins that it may */
export function spliced(text: string, draw: Draw, from = 0): string {
  const at = Math.min(text.length, from + draw.below(Math.max(1, text.length - from)));
  const to = at + draw.below(20);
  const way = draw.below(4);
  if (way === 0) return text.slice(0, at) + text.slice(to);
  if (way === 1) return text.slice(0, to) + text.slice(at);
  if (way === 2) return text.slice(0, at) + draw.one(PIECES) + text.slice(at);
  return text.slice(0, at) + JSON.stringify(draw.one(ODD)) + text.slice(to);
}

/** Every place of an object where another value can stand. */
function pathsOf(value: unknown): { readonly owner: Record<string, unknown>; readonly key: string }[] {
  if (typeof value !== "object" || value === null) return [];
  const owner = value as Record<string, unknown>;
  return Object.keys(owner).flatMap((key) => [{ owner, key }, ...pathsOf(owner[key])]);
}
