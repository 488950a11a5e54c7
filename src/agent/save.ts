import { type Core, inBytes } from "../core/core.ts";
import { FileError, reading } from "../core/file.ts";
import { countersOf, restoreTree, savedArrays } from "../core/tree.ts";
import { type Archive, writeArchive } from "./archive.ts";
import type { Spaces } from "./interface.ts";
import { type Counting, expectCounters, expectSound } from "./schema.ts";

export const FORMAT = "generative-agent/agent/3";

/** Whatever an agent holds: a tree of what changes, beside what does not. */
export interface State {
  readonly core: Core;
  readonly settings: object;
  readonly spaces: Spaces;
}

/** The agent as a safetensors file: its tree; settings, spaces and counters are texts in it. @param run of what it is a part */
export function serialise(state: State, run?: string): Uint8Array {
  const { settings, spaces } = state;
  const tree = treeOf(state);
  return writeArchive(savedArrays(tree), { format: FORMAT, settings, spaces, counts: countersOf(tree), run });
}

/** Bytes that an agent may take which a file asks for, unless another number is given. */
export const MEMORY_BUDGET = 2 ** 30;

/** What an agent of a file's settings would be: the bytes of its memory, and its tree without values. */
export interface Measured {
  readonly bytes: number;
  readonly tree: Counting;
}

/**
 * Compares a file with what its agent needs, before anything is reserved.
 *
 * @throws FileError when that is more than the budget, in bytes; when an array or a counter is missing, does not fit or is not
 *         known; when an index is not below its count
 */
export function expectFit({ bytes, tree }: Measured, { arrays, counts }: Archive, budget: number): void {
  if (bytes > budget)
    throw new FileError(
      `memory: expected at most ${inBytes(budget)}, got a file whose agent takes ${inBytes(bytes)}; where you trust it, raise \`memoryBudget\``,
    );
  reading(() => {
    const counters = counts();
    const fresh = countersOf(tree);
    restoreTree(tree, { arrays, counters });
    expectCounters(counters, fresh);
    expectSound(tree, arrays);
  });
}

/** Gives a new agent what was saved of another of the same settings, and fits. */
export function restore(state: State, { arrays, counts }: Archive): void {
  reading(() => restoreTree(treeOf(state), { arrays, counters: counts() }));
}

function treeOf({ core: _core, settings: _settings, spaces: _spaces, ...tree }: State): object {
  return tree;
}
