import { F32, ROW } from "../memory";
import { Plan, sizeOf } from "./plan";

/*
 * Choices that the first action may not take. The mask of later steps is not known: there every choice may be simulated.
 */

/** [A] the mask of a plan, or 0 where every choice is allowed. */
// @ts-ignore: decorator
@inline
export function maskOf(plan: Plan, index: usize): usize {
  return plan.mask ? plan.mask + index * plan.actionSize * F32 : 0;
}

/**
 * The plan's first step given that its choices are allowed, group by group; nothing without a mask.
 *
 *   mean[s, 0, k] ← mean[s, 0, k] mask[s, k] / Σ_j mean[s, 0, j] mask[s, j],   or mask / Σ mask where none has weight
 */
export function restrictFirst(plan: Plan): void {
  if (!plan.mask) return;
  for (let s: usize = 0; s < plan.plans; s++) {
    let mask = maskOf(plan, s), mean = plan.mean + s * plan.horizon * plan.actionSize * F32;
    for (let g: usize = 0; g < plan.groups; g++) {
      const bytes = sizeOf(plan, g) * F32;
      restrict(mean, mask, bytes);
      mean += bytes;
      mask += bytes;
    }
  }
}

function restrict(p: usize, mask: usize, bytes: usize): void {
  let sum: f32 = 0, allowed: f32 = 0;
  for (let k: usize = 0; k < bytes; k += F32) {
    sum += load<f32>(p + k) * load<f32>(mask + k);
    allowed += load<f32>(mask + k);
  }
  for (let k: usize = 0; k < bytes; k += F32) {
    const share = sum > 0 ? load<f32>(p + k) / sum : 1 / allowed;
    store<f32>(p + k, load<f32>(mask + k) * share);
  }
}

/** logits[k] ← −∞ where mask[k] = 0, for four particles. @returns one more than the last choice that is allowed */
export function forbidLanes(logits: usize, mask: usize, bins: usize): usize {
  let end: usize = 0;
  for (let k: usize = 0; k < bins; k++) {
    if (load<f32>(mask + k * F32) != 0) end = k + 1;
    else v128.store(logits + k * ROW, f32x4.splat(-Infinity));
  }
  return end;
}
