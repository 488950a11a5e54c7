/**
 * The state tree: every number that changes lies in one tree of plain objects. What becomes of an array follows from the
 * innermost of these keys on the path to it:
 *
 *   work      written before it is read, in every call; of no use between two calls
 *   zeros     zero between two calls: gradients are accumulated into it, or is never written
 *   record    written when the tree is made: addresses, shapes, constants (`words`, `shape` and `ones` are records by name)
 *
 * All other arrays are saved, and so are the numbers, booleans and words under a key `counts`; those elsewhere are constants.
 * An object with a `capacity` is a table: its arrays hold so many rows, and the first `counts.rows` of them are filled.
 * See docs/decisions/0018-state-tree.md.
 */
import { Counted } from "./counted.ts";
import { quoted } from "./file.ts";
import type { Tensor } from "./safetensors.ts";

/** What becomes of an array. */
export type Kind = "saved" | "work" | "zeros" | "record";

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ["work", "work"],
  ["zeros", "zeros"],
  ["record", "record"],
  ["words", "record"],
  ["fields", "record"],
  ["shape", "record"],
  ["ones", "record"],
]);

/** An array of a tree. */
export interface Leaf {
  readonly path: string;
  readonly kind: Kind;
  readonly array: Tensor;
  /** Whether it belongs to a table. */
  readonly isTable: boolean;
  /** Values of it that are filled: all, but of a table's. */
  readonly filled: number;
}

/** Numbers, booleans and words by name, and objects of them. */
type Counts = Record<string, unknown>;

/**
 * The arrays of a tree in its order, each once: views within another are left out. Those of a tree that was only measured
 * have a length, and no values.
 *
 * @throws Error when such a view is of another kind
 */
export function arraysOf(tree: object): readonly Leaf[] {
  const leaves: Leaf[] = [];
  walk(tree, { array: (leaf) => leaves.push(leaf) });
  const inner = leaves.some(({ array }) => isCounted(array)) ? countedAgain(leaves) : viewsWithin(leaves);
  return leaves.filter((leaf) => !inner.has(leaf));
}

/**
 * What is saved of the arrays, by path.
 *
 * @throws Error as {@link restoreTree}, when a value is not finite that has to be
 */
export function savedArrays(tree: object): Record<string, Tensor> {
  const saved = arraysOf(tree).filter(({ kind }) => kind === "saved");
  for (const leaf of saved) expectComputable(leaf, leaf.array, "; save: the agent cannot go on from them");
  return Object.fromEntries(saved.map(({ path, array, filled }) => [path, array.subarray(0, filled)]));
}

/** A number, a truth or a word that changes. */
export type Counter = number | boolean | string;

/** What lies under `counts`, by path. */
export function countersOf(tree: object): Record<string, Counter> {
  const counters: Record<string, Counter> = {};
  const list = (counts: Counts, path: string) => {
    for (const [name, value] of Object.entries(counts)) {
      if (isObject(value)) list(value, `${path}.${name}`);
      else counters[`${path}.${name}`] = value as Counter;
    }
  };
  walk(tree, { counts: list });
  return counters;
}

/** What {@link savedArrays} and {@link countersOf} found. */
export interface Saved {
  readonly arrays: Readonly<Record<string, Tensor>>;
  readonly counters: Readonly<Record<string, unknown>>;
}

/**
 * Gives a tree the numbers of another of its shape. One that was only measured takes in the counters, and the arrays are
 * checked all the same: so nothing has to be reserved for what does not fit.
 *
 * @throws Error when a counter or an array is missing, of another type or size, or none of the tree's; when a table has more
 *         rows than places; when a value of an array is not finite that is neither in a table nor of an `observation` (NaN where nothing was
 *         seen), nor −Infinity in a logarithm
 */
export function restoreTree(tree: object, saved: Saved): void {
  const { arrays, counters } = saved;
  const known = new Set<string>();
  const restore = (counts: Counts, path: string) => {
    for (const [name, value] of Object.entries(counts)) {
      const at = `${path}.${name}`;
      known.add(at);
      if (isObject(value)) {
        const copy = { ...value };
        counts[name] = copy;
        restore(copy, at);
      } else if (typeof counters[at] === typeof value) counts[name] = counters[at];
      else throw new Error(`${at}: expected a ${typeof value}, got ${quoted(counters[at])}`);
    }
  };
  walk(tree, { counts: restore });
  // how far the tables are filled follows from the counters
  for (const leaf of arraysOf(tree)) {
    const { path, kind, array, filled } = leaf;
    if (kind !== "saved") continue;
    known.add(path);
    const source = Object.hasOwn(arrays, path) ? arrays[path] : undefined;
    if (source?.length !== filled)
      throw new Error(`${path}: expected ${filled} values, got ${source?.length ?? "none"}`);
    const type = array instanceof Counted ? array.type : array.constructor;
    if (source.constructor !== type)
      throw new Error(`${path}: expected ${type.name}, got ${source.constructor.name}`);
    expectComputable(leaf, source);
    array.set(source);
  }
  expectKnown(known, saved);
}

/** @throws Error when something is saved that the tree does not have */
function expectKnown(known: ReadonlySet<string>, { arrays, counters }: Saved): void {
  const other = [...Object.keys(arrays), ...Object.keys(counters)].find((name) => !known.has(name));
  if (other !== undefined) throw new Error(`tree: expected what the agent has, got ${quoted(other)}`);
}

/** Bytes [from, to) of a memory. */
export type Range = readonly [from: number, to: number];

/** Of arrays in a core, in bytes. */
const ALIGNMENT = 16;

/** Where the arrays lie in a memory that are not `work`, neighbours joined. */
export function inputRanges(tree: object, memory: WebAssembly.Memory): readonly Range[] {
  const joined: Range[] = [];
  for (const [from, to] of rangesIn(
    memory,
    arraysOf(tree).filter(({ kind }) => kind !== "work"),
  )) {
    const [start, end] = joined.at(-1) ?? [0, -ALIGNMENT];
    if (from < end + ALIGNMENT) joined[joined.length - 1] = [start, Math.max(end, to)];
    else joined.push([from, to]);
  }
  return joined;
}

/** Where the last array of a tree ends in a memory. */
export function extentOf(tree: object, memory: WebAssembly.Memory): number {
  return Math.max(0, ...rangesIn(memory, arraysOf(tree)).map(([, to]) => to));
}

/** The places of arrays in a memory, in its order. */
function rangesIn({ buffer }: WebAssembly.Memory, leaves: readonly Leaf[]): readonly Range[] {
  const own = leaves.flatMap(({ array }) => (array.buffer === buffer ? [array] : []));
  const ranges = own.map(({ byteOffset, byteLength }) => [byteOffset, byteOffset + byteLength] as const);
  return ranges.sort(([a], [b]) => a - b);
}

interface Visitor {
  array?(leaf: Leaf): void;
  counts?(counts: Counts, path: string): void;
}

/** Visits every array that has a length, and every `counts`. */
function walk(tree: object, { array, counts }: Visitor): void {
  const seen = new Set<object>();
  const visit = (node: object, path: string, kind: Kind) => {
    if (seen.has(node)) return;
    seen.add(node);
    const table = tableOf(node, path);
    for (const name of Object.keys(node)) {
      const value = (node as Counts)[name];
      // most are constants
      if (typeof value !== "object" || value === null) continue;
      const at = path === "" ? name : `${path}.${name}`;
      const own = KINDS.get(name) ?? kind;
      if (isTensor(value)) {
        const filled = table === undefined ? value.length : (value.length / table.capacity) * table.rows;
        if (value.length > 0)
          array?.({ path: at, kind: own, array: value, isTable: table !== undefined, filled });
      } else if (name === "counts" && isObject(value)) counts?.(value, at);
      else if (isObject(value)) visit(value, at, own);
    }
  };
  visit(tree, "", "saved");
}

function tableOf(
  node: object,
  path: string,
): { readonly capacity: number; readonly rows: number } | undefined {
  const { capacity, counts } = node as { capacity?: number; counts?: { rows: number } };
  if (capacity === undefined || counts === undefined) return undefined;
  const { rows } = counts;
  if (!(Number.isInteger(rows) && rows >= 0 && rows <= capacity))
    throw new Error(`${path}.counts.rows: expected a whole number in [0, ${capacity}], got ${rows}`);
  return { capacity, rows };
}

function isTensor(value: unknown): value is Tensor {
  return value instanceof Float32Array || value instanceof Uint32Array || isCounted(value);
}

function isCounted(value: unknown): boolean {
  return value instanceof Counted;
}

/** A plain object or an array of such. */
function isObject(value: unknown): value is Counts {
  return typeof value === "object" && value !== null && !ArrayBuffer.isView(value);
}

/** Of a tree that was only measured: views, and arrays that were met before. */
function countedAgain(leaves: readonly Leaf[]): ReadonlySet<Leaf> {
  const seen = new Set<unknown>();
  return new Set(
    leaves.filter(({ array }) => {
      const isInner = (array as unknown as Counted).isView || seen.has(array);
      seen.add(array);
      return isInner;
    }),
  );
}

/** The views that lie within another array. */
function viewsWithin(leaves: readonly Leaf[]): ReadonlySet<Leaf> {
  const inner = new Set<Leaf>();
  const outer = new Map<ArrayBufferLike, Leaf>();
  const start = ({ array }: Leaf) => array.byteOffset;
  const end = ({ array }: Leaf) => array.byteOffset + array.byteLength;
  for (const leaf of [...leaves].sort((a, b) => start(a) - start(b) || end(b) - end(a))) {
    const last = outer.get(leaf.array.buffer);
    if (last === undefined || end(leaf) > end(last)) outer.set(leaf.array.buffer, leaf);
    else if (leaf.kind === last.kind) inner.add(leaf);
    else throw new Error(`tree: expected ${leaf.path} to be ${last.kind} as ${last.path}, got ${leaf.kind}`);
  }
  return inner;
}

/** Whether the values of an array are such that an agent can go on with them; `array` may be another one for it. */
function expectComputable({ path, isTable }: Leaf, array: Tensor, help = ""): void {
  if (isTable || /(^|\.)observation$/.test(path)) return;
  const isLogarithm = /(^|\.)log[A-Z]\w*$/.test(path);
  for (let i = 0; i < array.length; i++) {
    const value = array[i];
    if (Number.isFinite(value) || (isLogarithm && value === -Infinity)) continue;
    throw new Error(`${path}: expected finite numbers, got ${value} at ${i}${help}`);
  }
}
