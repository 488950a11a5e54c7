import type { Core } from "../core/core.ts";
import { countersOf, restoreTree, savedArrays } from "../core/tree.ts";
import { type Archive, writeArchive } from "./archive.ts";
import type { Spaces } from "./interface.ts";

export const FORMAT = "generative-agent/agent/2";

/** Whatever an agent holds: a tree of what changes, beside what does not. */
export interface State {
  readonly core: Core;
  readonly settings: object;
  readonly spaces: Spaces;
}

/** The agent as a safetensors file: its tree; settings, spaces and counters are the metadata. */
export function serialise(state: State): Uint8Array {
  const { settings, spaces } = state;
  const tree = treeOf(state);
  return writeArchive(savedArrays(tree), { format: FORMAT, settings, spaces, counts: countersOf(tree) });
}

/** Gives a new agent what was saved of another of the same settings. @throws Error when an array or a counter does not fit */
export function restore(state: State, { arrays, counts }: Archive): void {
  restoreTree(treeOf(state), { arrays, counters: counts() });
}

function treeOf({ core: _core, settings: _settings, spaces: _spaces, ...tree }: State): object {
  return tree;
}
