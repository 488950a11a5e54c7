import { inlinedKernels } from "./inlined.ts";

// Above, and first in every bundle: the text of the kernels. Nothing repeats it, and deflate looks back 32 kB only; behind it,
// the program is compressed as one: 2 kB less on a page. `index.ts` leads here first for the same reason.

import type { Threads } from "./board.ts";
import { Counted } from "./counted.ts";
import { expectKnownNames } from "./expect.ts";
import { type Exports, LAYOUT } from "./generated/exports.ts";
import { compileKernels, type KernelSource } from "./module.ts";

/** Bytes of one page of WebAssembly memory. */
const PAGE = 65536;
/** Bytes kept for the compiler's static data below the arena. */
const STATIC = PAGE;

/** A module's exports and the memory they work in. */
export interface Kernels extends Exports {
  readonly memory: WebAssembly.Memory;
}

/** The Wasm kernels and the one memory they work in; everything numerical holds on to one. */
export interface Core {
  /** The module's functions over addresses, unchecked. @internal */
  readonly kernels: Kernels;
  /** What the kernels are functions of. @internal */
  readonly module: WebAssembly.Module;
  /** Workers that simulate a part of every plan. @internal */
  readonly threads?: Threads | undefined;
  /** Reserves `[size]` zeros, or a copy of `values`, in the arena. @throws RangeError when it is full */
  f32(sizeOrValues: number | ArrayLike<number>): Float32Array;
  /** As `f32`, for unsigned integers (indices, counts, descriptors). */
  u32(sizeOrValues: number | ArrayLike<number>): Uint32Array;
  /** Runs `work` and gives back everything it reserved; its arrays must not be used afterwards. */
  scope<Result>(work: () => Result): Result;
}

/** Options of {@link createCore}. */
export interface CoreOptions {
  /** Bytes of the arena; fixed as long as the core exists, so that a view never detaches. Default 1 MiB. */
  readonly bytes?: number;
  /**
   * A build of the kernels, as `loadKernels` takes it. Every later core uses it too, those of agents and environments as
   * well. Default: the inlined copy.
   */
  readonly module?: KernelSource;
}

const OPTIONS = ["bytes", "module"] as const satisfies readonly (keyof CoreOptions)[];

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * Instantiates the kernels over a memory of fixed size.
 *
 * @throws Error when the engine has no WebAssembly SIMD, the host forbids compiling, or `module` is not `core.wasm` of this
 *         version; TypeError for an unknown option
 */
export async function createCore(options: CoreOptions = {}): Promise<Core> {
  expectKnownNames("options", options, OPTIONS);
  const { bytes = 1 << 20, module } = options;
  const kernels = await moduleOf(module);
  const core = await instantiateCore(kernels, bytes);
  if (module !== undefined) compiled = Promise.resolve(kernels);
  return core;
}

let shared: { readonly core: Core; readonly bytes: number } | undefined;

/**
 * A core for work that reserves within one `scope`, of at least so many bytes: the same one again, until another build of
 * the kernels is loaded or more bytes are asked for.
 */
export async function sharedCore(bytes: number): Promise<Core> {
  const module = await moduleOf(undefined);
  if (shared?.core.module !== module || shared.bytes < bytes)
    shared = { core: await instantiateCore(module, bytes), bytes };
  return shared.core;
}

/** A core of this module, whichever one other cores use. */
export async function instantiateCore(module: WebAssembly.Module, bytes: number): Promise<Core> {
  const memory = createMemory(bytes);
  const instance = await WebAssembly.instantiate(module, imports(memory));
  return coreOf(instance.exports as unknown as Exports, memory, module);
}

/** Pages that addresses of 32 bits reach, but for the last: the kernels count bytes in 32 bits, too. */
const MOST_PAGES = 65535;

/**
 * A memory that holds an arena of `bytes`.
 *
 * @throws RangeError when that is more than 32 bits address, or than the host gives
 */
export function createMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil((bytes + STATIC) / PAGE);
  const most = MOST_PAGES * PAGE - STATIC;
  if (!(pages <= MOST_PAGES))
    throw new RangeError(`memory: expected at most ${inBytes(most)}, got ${inBytes(bytes)} to be reserved`);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (cause) {
    throw new RangeError(
      `memory: expected no more than the host gives, got ${inBytes(bytes)} to be reserved`,
      { cause },
    );
  }
}

/** `3,000,000,000 bytes` */
export function inBytes(bytes: number): string {
  return `${String(Math.round(bytes)).replace(/\B(?=(\d{3})+$)/g, ",")} bytes`;
}

/** The imports a kernel module expects. */
export function imports(memory: WebAssembly.Memory) {
  const abort = () => {
    throw new Error("a kernel aborted");
  };
  return { env: { memory, abort } };
}

/** The core over the exports of a module's instance and its memory. @throws Error when they are another version's */
export function coreOf(exports: Exports, memory: WebAssembly.Memory, module: WebAssembly.Module): Core {
  if (exports.layout?.value !== LAYOUT)
    throw new Error("module: expected the core.wasm of this package's version, got that of another version");
  const kernels: Kernels = { ...exports, memory };
  const used = { end: 0 };
  const reserve = (bytes: number): number => {
    // an address of 32 bits comes as a signed number
    const pointer = kernels.reserve(bytes) >>> 0;
    if (pointer === 0)
      throw new RangeError(`core: expected room for ${bytes} more bytes, got a full arena; raise \`bytes\``);
    return pointer;
  };
  return {
    kernels,
    module,
    f32: (source) => viewOf(Float32Array, source, reserve, memory, used),
    u32: (source) => viewOf(Uint32Array, source, reserve, memory, used),
    scope(work) {
      const mark = kernels.mark();
      try {
        return work();
      } finally {
        kernels.release(mark);
      }
    },
  };
}

/** An arena that only counts: the bytes that `allocate` would reserve. */
export function measure(allocate: (core: Pick<Core, "f32" | "u32">) => unknown): number {
  return measureTree(allocate).bytes;
}

/** The same, with the tree that was allocated: its arrays have lengths, and no values. */
export function measureTree<Tree>(allocate: (core: Pick<Core, "f32" | "u32">) => Tree): {
  readonly bytes: number;
  readonly tree: Tree;
} {
  let bytes = 0;
  const count = (source: number | ArrayLike<number>): number => {
    const length = typeof source === "number" ? source : source.length;
    bytes += 16 * Math.ceil(length / 4);
    return length;
  };
  const tree = allocate({
    f32: (source) => new Counted(count(source)) as unknown as Float32Array,
    u32: (source) => new Counted(count(source), Uint32Array) as unknown as Uint32Array,
  });
  return { bytes, tree };
}

function viewOf<View extends Float32Array | Uint32Array>(
  type: new (buffer: ArrayBuffer, offset: number, length: number) => View,
  source: number | ArrayLike<number>,
  reserve: (bytes: number) => number,
  memory: WebAssembly.Memory,
  used: { end: number },
): View {
  const length = typeof source === "number" ? source : source.length;
  const view = new type(memory.buffer as ArrayBuffer, reserve(length * 4), length);
  if (typeof source !== "number") view.set(source);
  // what was never used is zero, and stays unwritten: the host then gives it when it is needed
  else view.fill(0, 0, Math.max(0, (used.end - view.byteOffset) / 4));
  used.end = Math.max(used.end, view.byteOffset + view.byteLength);
  return view;
}

/** The module of this core; of later ones too, once there is a core of it. */
async function moduleOf(source: KernelSource | undefined): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === "undefined")
    throw new Error("kernels: expected an engine with WebAssembly, got none");
  if (source !== undefined) return compileKernels(source);
  compiled ??= inlinedKernels().then(compileKernels);
  return compiled;
}
