import type { SparseRows } from "./rows.ts";

/** Reward of a step, by no more than what it depends on. Rewards of what is impossible are not kept. */
export interface SparseReward {
  /** `"action"`: state and action alone; `"next"`: also the next state; `"observation"`: also the observation. */
  readonly dependsOn: "action" | "next" | "observation";
  /**
   * `"action"`: [S · A] at s · A + a. `"next"`: one for each entry of the transition, in its order. `"observation"`: for
   * each of those, one for each entry of the observation's row a · S + s'.
   */
  readonly values: Float64Array;
}

/** What rewards are laid out by: the part of a sparse model that says what is possible. */
export interface Possible {
  readonly states: number;
  readonly actions: number;
  readonly transition: SparseRows;
  readonly observation: SparseRows;
}

/** The rewards of everything possible, reduced to what they depend on. @throws RangeError when one is not finite */
export function collectReward(
  possible: Possible,
  reward: (state: number, action: number, next: number, observation: number) => number,
): SparseReward {
  const { states: S, actions: A, transition, observation } = possible;
  const offsets = rewardOffsets(possible);
  const values = new Float64Array(offsets[offsets.length - 1]);
  for (let row = 0, at = 0; row < S * A; row++) {
    const [s, a] = [Math.floor(row / A), row % A];
    for (let k = transition.start[row]; k < transition.start[row + 1]; k++) {
      const next = transition.index[k];
      const seen = a * S + next;
      for (let j = observation.start[seen]; j < observation.start[seen + 1]; j++, at++) {
        const value = reward(s, a, next, observation.index[j]);
        if (!Number.isFinite(value))
          throw new RangeError(
            `reward(${s}, ${a}, ${next}, ${observation.index[j]}): expected a finite number, got ${value}`,
          );
        // −0 is 0
        values[at] = value + 0;
      }
    }
  }
  return reduceReward(possible, offsets, values);
}

/** [entries of the transition + 1] where the rewards of each entry begin, when they depend on the observation. */
export function rewardOffsets({ states: S, actions: A, transition, observation }: Possible): Uint32Array {
  const offsets = new Uint32Array(transition.index.length + 1);
  for (let row = 0; row < S * A; row++)
    for (let k = transition.start[row]; k < transition.start[row + 1]; k++) {
      const seen = (row % A) * S + transition.index[k];
      offsets[k + 1] = offsets[k] + observation.start[seen + 1] - observation.start[seen];
    }
  return offsets;
}

/** By next states where observations make no difference, by actions where next states make none. */
export function reduceReward(
  { states: S, actions: A, transition }: Possible,
  offsets: Uint32Array,
  values: Float64Array,
): SparseReward {
  const entries = transition.index.length;
  const byNext = new Float64Array(entries);
  for (let k = 0; k < entries; k++) byNext[k] = values[offsets[k]];
  for (let k = 0; k < entries; k++)
    for (let at = offsets[k]; at < offsets[k + 1]; at++)
      if (values[at] !== byNext[k]) return { dependsOn: "observation", values };
  const byAction = new Float64Array(S * A);
  for (let row = 0; row < S * A; row++) byAction[row] = byNext[transition.start[row]];
  for (let row = 0; row < S * A; row++)
    for (let k = transition.start[row]; k < transition.start[row + 1]; k++)
      if (byNext[k] !== byAction[row]) return { dependsOn: "next", values: byNext };
  return { dependsOn: "action", values: byAction };
}

/** [S · A] E[r | s, a]. */
export function expectedReward(model: Possible & { readonly reward: SparseReward }): Float64Array {
  const { states: S, actions: A, transition, observation, reward } = model;
  if (reward.dependsOn === "action") return reward.values;
  const offsets = reward.dependsOn === "observation" ? rewardOffsets(model) : undefined;
  const expected = new Float64Array(S * A);
  for (let row = 0; row < S * A; row++)
    for (let k = transition.start[row]; k < transition.start[row + 1]; k++) {
      let value = reward.values[k];
      if (offsets !== undefined) {
        // Σ_o p(o | a, s') r(s, a, s', o)
        value = 0;
        const seen = observation.start[(row % A) * S + transition.index[k]];
        for (let at = offsets[k]; at < offsets[k + 1]; at++)
          value += observation.value[seen + at - offsets[k]] * reward.values[at];
      }
      expected[row] += transition.value[k] * value;
    }
  return expected;
}
