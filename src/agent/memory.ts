/** Where an agent's fixed memory goes: its arrays, found in its state, each counted once. */
import type { Core } from "../core/core.ts";
import type { LatentOptions } from "./latent/options.ts";
import { resolveLatentOptions } from "./latent/resolve.ts";
import { createLatentState } from "./latent/state.ts";
import { isLatent } from "./model.ts";
import { type AgentOptions, resolveOptions } from "./options.ts";
import { createState, type Spaces } from "./state.ts";

/** What some of the memory is for. */
export interface MemoryPart {
  readonly name: string;
  readonly bytes: number;
}

/** A memory and its parts, whose bytes add up to it. */
export interface MemoryPlan {
  /** Largest first; "not used" is what whole pages leave over. */
  readonly parts: readonly MemoryPart[];
  readonly bytes: number;
  /** Of 64 KiB. */
  readonly pages: number;
}

/** An array's place, and its path in the state. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly path: string;
}

/** Bytes of one page of WebAssembly memory. */
const PAGE = 65536;
/** Every array begins at a multiple of it. */
const ALIGNMENT = 16;

/** What an array is for, by its path: the first that fits. */
const PURPOSES: readonly (readonly [name: string, path: RegExp])[] = [
  ["experience", /^(experience|sequences)\./],
  ["lessons", /^(lessons|valueLessons)\.table$/],
  ["optimiser state", /\.(first|second)$/],
  ["model parameters", /^model\.(dynamics|transition|recognition|observation|outcome)\./],
  ["habit parameters", /^model\.habit\.|\.trust\.slow$/],
  ["value parameters", /^model\.(value|slowValue)\./],
  ["scales and records of the model", /^model\./],
  ["batches, activations, gradients", /^(learner|lessons)\./],
  ["plans", /^(acting|imagining|starts)\b/],
  ["planner's workspaces", /^(workspaces|paths)\b/],
  ["belief", /^(filter|particles|believing|spread|ends)\b/],
  ["rows of habit and bound", /^(row|bound)\./],
];

/**
 * The plan of an agent's memory, before it has seen anything; it stays the same.
 *
 * @throws TypeError or RangeError as `createAgent` does
 */
export async function planMemory(
  { observationSpace, actionSpace }: Spaces,
  options: AgentOptions | LatentOptions = {},
): Promise<MemoryPlan> {
  const spaces = { observationSpace, actionSpace };
  if (isLatent(options)) return memoryOf(await createLatentState(spaces, resolveLatentOptions(options)));
  return memoryOf(await createState(spaces, resolveOptions(options)));
}

/** The plan of the memory that a state lies in. @throws Error when an array of it is for nothing known */
export function memoryOf(state: { readonly core: Core }): MemoryPlan {
  const { memory } = state.core.kernels;
  const bytes = memory.buffer.byteLength;
  const spans = disjoint(spansIn(state, memory.buffer));
  const sums = new Map<string, number>();
  const add = (name: string, size: number) => sums.set(name, (sums.get(name) ?? 0) + size);
  for (const { start, end, path } of spans) add(purposeOf(path), end - start);
  add("tables of the kernels", spans[0].start);
  const known = [...sums.values()].reduce((sum, size) => sum + size, 0);
  add("not used", bytes - known);
  const parts = [...sums].map(([name, size]) => ({ name, bytes: size })).sort((a, b) => b.bytes - a.bytes);
  return { parts, bytes, pages: bytes / PAGE };
}

function purposeOf(path: string): string {
  const purpose = PURPOSES.find(([, pattern]) => pattern.test(path));
  if (purpose) return purpose[0];
  throw new Error(`memory: expected a purpose of every array, got none for ${path}`);
}

/** The arrays in `buffer` that a state leads to. */
function spansIn(state: object, buffer: ArrayBufferLike): Span[] {
  const seen = new Set<object>();
  const spans: Span[] = [];
  const visit = (value: unknown, path: string) => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (ArrayBuffer.isView(value)) {
      const { byteOffset: start, byteLength } = value;
      const end = start + Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT;
      if (value.buffer === buffer) spans.push({ start, end, path });
      return;
    }
    for (const [name, inner] of Object.entries(value))
      if (name !== "core") visit(inner, path === "" ? name : `${path}.${name}`);
  };
  visit(state, "");
  return spans;
}

/** Without the views that lie within another, in the order of their places. */
function disjoint(spans: readonly Span[]): readonly Span[] {
  const kept: Span[] = [];
  let top = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.end <= top) continue;
    kept.push(span);
    top = span.end;
  }
  return kept;
}
