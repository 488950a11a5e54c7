/** Where an agent's fixed memory goes: its arrays, found in its state, each counted once. */
import type { Core } from "../core/core.ts";
import { arraysOf } from "../core/tree.ts";
import type { Spaces } from "./interface.ts";
import { createLatentState } from "./latent/state.ts";
import { createObservedState } from "./observed/state.ts";
import { type Options, resolveOptions } from "./options.ts";

/** What some of the memory is for. */
export interface MemoryPart {
  readonly name: string;
  readonly bytes: number;
}

/** A memory and its parts, whose bytes add up to it. */
export interface MemoryPlan {
  /** Largest first; "not used" is what full pages leave over. */
  readonly parts: readonly MemoryPart[];
  readonly bytes: number;
  /** Of 64 KiB. */
  readonly pages: number;
}

/** Bytes of one page of WebAssembly memory. */
const PAGE = 65536;
/** Every array begins at a multiple of it. */
const ALIGNMENT = 16;

/** What an array is for, by its path: the first that fits. */
const PURPOSES: readonly (readonly [name: string, path: RegExp])[] = [
  ["experience", /^(experience|sequences|firsts|returns)\./],
  ["lessons", /^(lessons|valueLessons)\.table$/],
  ["optimiser state", /\.(first|second)$/],
  ["model parameters", /^model\.(dynamics|transition|recognition|observation|outcome)\./],
  ["novelty", /^novelty\./],
  ["transitions that are recalled", /^recall\./],
  ["habit parameters", /^model\.habit\.|\.trust\.slow$/],
  ["value parameters", /^model\.(value|slowValue)\./],
  ["scales and records of the model", /^model\./],
  ["batches, activations, gradients", /^(learner|lessons)\./],
  ["plans", /^(acting|features|work\.imagining|work\.starts|work\.observations)\b/],
  ["planner's workspaces", /^work\.(workspaces|paths)\b/],
  ["belief", /^(filters|believing)\b|^work\.(particles|spread|ends|forecast)\b/],
  ["rows of habit, bound and ends", /^work\.(row|bound|end)\b/],
];

/**
 * The plan of an agent's memory, before it has seen anything; it stays the same.
 *
 * @throws TypeError or RangeError as `createAgent` does
 */
export async function planMemory(
  { observationSpace, actionSpace }: Spaces,
  options: Options = {},
): Promise<MemoryPlan> {
  const spaces = { observationSpace, actionSpace };
  const settings = resolveOptions(options, spaces);
  return memoryOf(
    settings.model === "latent"
      ? await createLatentState(spaces, settings)
      : await createObservedState(spaces, settings),
  );
}

/** The plan of the memory that a state lies in. @throws Error when an array of it is for nothing known */
export function memoryOf(state: { readonly core: Core }): MemoryPlan {
  const { memory } = state.core.kernels;
  const bytes = memory.buffer.byteLength;
  const own = arraysOf(state).filter(({ array }) => array.buffer === memory.buffer);
  const sums = new Map<string, number>();
  const add = (name: string, size: number) => sums.set(name, (sums.get(name) ?? 0) + size);
  for (const { path, array } of own)
    add(purposeOf(path), Math.ceil(array.byteLength / ALIGNMENT) * ALIGNMENT);
  add("tables of the kernels", Math.min(...own.map(({ array }) => array.byteOffset)));
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
