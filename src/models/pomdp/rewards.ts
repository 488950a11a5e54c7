import { type Possible, reduceReward, rewardOffsets, type SparseReward } from "../sparse/reward.ts";
import { findEntry } from "../sparse/rows.ts";

/** What a line says of rewards. −1 stands for all. */
export interface RewardRule {
  readonly action: number;
  readonly state: number;
  readonly next: number;
  readonly observation: number;
  /** One number, or [O] for every observation, or [S][O] also for every next state. */
  readonly value: number | Float64Array;
}

/** The rewards of everything possible, by rules of which the later go over the earlier. */
export function rewardOf(possible: Possible, rules: readonly RewardRule[]): SparseReward {
  const isSeen = rules.some(({ observation, value }) => observation >= 0 || typeof value !== "number");
  const entries = possible.transition.index.length;
  const offsets = isSeen ? rewardOffsets(possible) : Uint32Array.from({ length: entries + 1 }, (_, k) => k);
  const values = new Float64Array(offsets[entries]);
  const entriesTo = rules.some(({ state, next }) => state < 0 && next >= 0) ? incoming(possible) : undefined;
  for (const rule of rules)
    eachEntry(possible, rule, entriesTo, (k, seen) => {
      if (isSeen)
        setSeen(possible, rule, values, { at: offsets[k], seen, next: possible.transition.index[k] });
      else values[k] = Number(rule.value);
    });
  return reduceReward(possible, offsets, values);
}

/** Calls with every entry of the transition that a rule speaks of, and with the row of its observations. */
function eachEntry(
  { states: S, actions: A, transition: { start, index } }: Possible,
  { action, state, next }: RewardRule,
  entriesTo: Incoming | undefined,
  call: (entry: number, seen: number) => void,
): void {
  if (state < 0 && next >= 0 && entriesTo !== undefined) {
    for (let i = entriesTo.start[next]; i < entriesTo.start[next + 1]; i++)
      if (action < 0 || entriesTo.action[i] === action)
        call(entriesTo.entry[i], entriesTo.action[i] * S + next);
    return;
  }
  for (let s = Math.max(0, state); s < (state < 0 ? S : state + 1); s++)
    for (let a = Math.max(0, action); a < (action < 0 ? A : action + 1); a++) {
      const [low, high] = [start[s * A + a], start[s * A + a + 1]];
      if (next >= 0) {
        const k = findEntry(index, low, high, next);
        if (k >= 0) call(k, a * S + next);
      } else for (let k = low; k < high; k++) call(k, a * S + index[k]);
    }
}

/** Sets the rewards of one entry of the transition, which begin at `at`, in the order of its observations. */
function setSeen(
  { observation: { start, index, columns } }: Possible,
  { observation, value }: RewardRule,
  values: Float64Array,
  { at, seen, next }: { readonly at: number; readonly seen: number; readonly next: number },
): void {
  const low = start[seen];
  for (let j = low; j < start[seen + 1]; j++) {
    if (observation >= 0 && index[j] !== observation) continue;
    values[at + j - low] =
      typeof value === "number" ? value : value[(value.length === columns ? 0 : next * columns) + index[j]];
  }
}

/** The entries of the transition by their next state. */
interface Incoming {
  readonly start: Uint32Array;
  readonly entry: Uint32Array;
  readonly action: Uint32Array;
}

function incoming({ states: S, actions: A, transition }: Possible): Incoming {
  const start = new Uint32Array(S + 1);
  for (const next of transition.index) start[next + 1]++;
  for (let s = 0; s < S; s++) start[s + 1] += start[s];
  const at = start.slice();
  const [entry, action] = [
    new Uint32Array(transition.index.length),
    new Uint32Array(transition.index.length),
  ];
  for (let row = 0; row < S * A; row++)
    for (let k = transition.start[row]; k < transition.start[row + 1]; k++) {
      const i = at[transition.index[k]]++;
      entry[i] = k;
      action[i] = row % A;
    }
  return { start, entry, action };
}
