import type { SparseModel } from "../../models/sparse/sparseModel.ts";

/**
 * A partition of the states that no belief straddles: from a belief within a block, an action and an observation lead to a belief within
 * a block. What is seen of a state for certain, as where a robot stands, splits the states; vectors of values then need a block's states
 * alone (mixed observability; Ong, Png, Hsu & Lee 2010, https://doi.org/10.1177/0278364910369861).
 */
export interface Blocks {
  /** [S] number of the block of each state. */
  readonly blockOf: Uint32Array;
  /** [S] place of each state in its block. */
  readonly placeOf: Uint32Array;
  /** The states of each block, ascending. */
  readonly members: readonly Uint32Array[];
}

/** The finest such partition in which the states of `start` share a block. `chance` is that of the entries of the transition. */
export function findBlocks(
  { states: S, actions: A, observations: O, transition, observation }: SparseModel,
  chance: Float64Array,
  start: readonly number[],
): Blocks {
  const parent = Uint32Array.from({ length: S }, (_, s) => s);
  const rootOf = (state: number) => {
    let s = state;
    while (parent[s] !== s) {
      parent[s] = parent[parent[s]];
      s = parent[s];
    }
    return s;
  };
  let hasChanged = true;
  const unite = (one: number, other: number) => {
    const [a, b] = [rootOf(one), rootOf(other)];
    if (a === b) return;
    parent[Math.max(a, b)] = Math.min(a, b);
    hasChanged = true;
  };
  for (const s of start) unite(start[0], s);
  // one state that is reached from a block by an action and an observation: all of them share its block
  const reached = new Map<number, number>();
  while (hasChanged) {
    hasChanged = false;
    reached.clear();
    for (let row = 0; row < S * A; row++) {
      const root = rootOf(Math.floor(row / A));
      const a = row % A;
      for (let k = transition.start[row]; k < transition.start[row + 1]; k++) {
        if (chance[k] === 0) continue;
        const next = transition.index[k];
        const seen = a * S + next;
        for (let j = observation.start[seen]; j < observation.start[seen + 1]; j++) {
          const key = (root * A + a) * O + observation.index[j];
          const first = reached.get(key);
          if (first === undefined) reached.set(key, next);
          else unite(first, next);
        }
      }
    }
  }
  return numbered(S, rootOf);
}

function numbered(S: number, rootOf: (state: number) => number): Blocks {
  const numbers = new Map<number, number>();
  const members: number[][] = [];
  const [blockOf, placeOf] = [new Uint32Array(S), new Uint32Array(S)];
  for (let s = 0; s < S; s++) {
    const root = rootOf(s);
    const block = numbers.get(root) ?? members.length;
    if (block === members.length) {
      numbers.set(root, block);
      members.push([]);
    }
    blockOf[s] = block;
    placeOf[s] = members[block].length;
    members[block].push(s);
  }
  return { blockOf, placeOf, members: members.map((states) => Uint32Array.from(states)) };
}
