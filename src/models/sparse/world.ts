import { rewardOffsets } from "./reward.ts";
import type { SparseModel } from "./sparseModel.ts";

/** What a step of the world of a model brings. */
export interface WorldStep {
  readonly state: number;
  readonly observation: number;
  readonly reward: number;
  /** Whether the world is over: by an ending, or in a state that is never left and brings nothing. */
  readonly isOver: boolean;
}

/** The world that a model describes. */
export interface ModelWorld {
  /** A state at the start. */
  start(): number;
  /** What follows an action. */
  step(state: number, action: number): WorldStep;
}

/** @param uniform draws numbers in [0, 1). @throws RangeError when the model has no initial probabilities */
export function worldOf(model: SparseModel, uniform: () => number): ModelWorld {
  const { states: S, actions: A, transition, observation, reward, ending, initial } = model;
  if (initial === undefined) throw new RangeError("initial: expected probabilities to start from, got none");
  const offsets = reward.dependsOn === "observation" ? rewardOffsets(model) : undefined;
  const isLast = lastStates(model, offsets);
  const rewardOf = (row: number, k: number, j: number) => {
    if (reward.dependsOn === "action") return reward.values[row];
    return reward.values[offsets === undefined ? k : offsets[k] + j];
  };
  return {
    start: () => drawFrom(initial, 0, S, uniform()),
    step(state, action) {
      const row = state * A + action;
      const k = drawFrom(transition.value, transition.start[row], transition.start[row + 1], uniform());
      const next = transition.index[k];
      const seen = action * S + next;
      const low = observation.start[seen];
      const j = drawFrom(observation.value, low, observation.start[seen + 1], uniform());
      const hasEnded = ending !== undefined && ending[k] > 0 && uniform() < ending[k];
      return {
        state: next,
        observation: observation.index[j],
        reward: rewardOf(row, k, j - low),
        isOver: hasEnded || isLast[next] === 1,
      };
    },
  };
}

/** The first place whose sum of values exceeds u; the last one of positive value where rounding leaves none. */
function drawFrom(values: Float64Array, from: number, to: number, u: number): number {
  let [sum, last] = [0, from];
  for (let k = from; k < to; k++) {
    if (values[k] === 0) continue;
    sum += values[k];
    last = k;
    if (u < sum) break;
  }
  return last;
}

/** [S] 1 where every action stays for certain and brings nothing. */
function lastStates(
  { states: S, actions: A, transition: { start, index }, reward: { dependsOn, values } }: SparseModel,
  offsets: Uint32Array | undefined,
): Uint8Array {
  /** Where the rewards of the one entry k of a row lie. */
  const rangeOf = (row: number, k: number) => {
    if (dependsOn === "action") return [row, row + 1];
    return offsets === undefined ? [k, k + 1] : [offsets[k], offsets[k + 1]];
  };
  return Uint8Array.from({ length: S }, (_, s) => {
    for (let row = s * A; row < (s + 1) * A; row++) {
      const k = start[row];
      if (start[row + 1] - k !== 1 || index[k] !== s) return 0;
      const [from, to] = rangeOf(row, k);
      for (let at = from; at < to; at++) if (values[at] !== 0) return 0;
    }
    return 1;
  });
}
