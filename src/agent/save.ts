import { type Core, inBytes } from "../core/core.ts";
import { FileError, reading } from "../core/file.ts";
import { countersOf, expectKnown, restoreTree, savedArrays } from "../core/tree.ts";
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
  readonly tree: object;
}

/**
 * Compares a file with what its agent needs, before anything is reserved.
 *
 * @throws FileError when that is more than the budget, in bytes, or when an array or a counter does not fit
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
  });
}

/** Gives a new agent what was saved of another of the same settings. @throws FileError when an array or a counter does not fit */
export function restore(state: State & Counting, { arrays, counts }: Archive): void {
  reading(() => {
    const tree = treeOf(state);
    const saved = { arrays, counters: counts() };
    restoreTree(tree, saved);
    expectKnown(tree, saved);
    expectSound(state);
  });
}

function treeOf({ core: _core, settings: _settings, spaces: _spaces, ...tree }: State): object {
  return tree;
}
