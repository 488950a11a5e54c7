import { findEntry } from "./rows.ts";
import type { SparseModel } from "./sparseModel.ts";

/** out[s'] = Σ_s p(s' | s, a) b(s), summed in the order of s; written. */
export function predictBelief(
  out: Float64Array,
  { transition: { start, index, value }, actions }: Pick<SparseModel, "transition" | "actions">,
  belief: ArrayLike<number>,
  action: number,
): Float64Array {
  out.fill(0);
  for (let s = 0; s < belief.length; s++) {
    const p = belief[s];
    if (p === 0) continue;
    const row = s * actions + action;
    for (let k = start[row]; k < start[row + 1]; k++) out[index[k]] += p * value[k];
  }
  return out;
}

/** belief[s'] ← p(o | a, s') belief[s']. */
export function weighBelief(
  belief: Float64Array,
  { observation: { start, index, value }, states }: Pick<SparseModel, "observation" | "states">,
  action: number,
  observed: number,
): Float64Array {
  for (let s = 0; s < states; s++) {
    if (belief[s] === 0) continue;
    const row = action * states + s;
    const at = findEntry(index, start[row], start[row + 1], observed);
    belief[s] = at < 0 ? 0 : belief[s] * value[at];
  }
  return belief;
}
