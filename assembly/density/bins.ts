import { expShared } from "../math/exp";
import { logShared } from "../math/log";
import { F32, ROW } from "../memory";

/*
 * A bounded action a ∈ [−1, 1] as a categorical over `bins` centres −1, …, 1 at distance 2 / (bins − 1): a histogram
 * keeps two modes apart where a Gaussian would put its mean between them.
 */

const LARGEST: f32 = 0.995; // a is kept inside ±.995, so that u = artanh a stays inside ±3

/** u = artanh a = ½ log((1 + a) / (1 − a)), a clipped to ±.995 */
// @ts-ignore: decorator
@inline
function artanhLanes(a: v128): v128 {
  const one = f32x4.splat(1);
  const inside = f32x4.min(f32x4.splat(LARGEST), f32x4.max(f32x4.splat(-LARGEST), a));
  return f32x4.mul(f32x4.splat(0.5), logShared(f32x4.div(f32x4.add(one, inside), f32x4.sub(one, inside))));
}

/**
 * The index drawn from a categorical by inversion, for four particles.
 *
 *   index = #{ k < bins − 1 : p[0] + … + p[k] ≤ uniform }
 */
// @ts-ignore: decorator
@inline
export function sampleIndexLanes(probabilities: usize, uniform: v128, bins: usize): v128 {
  const one = f32x4.splat(1);
  let index = f32x4.splat(0), cumulative = f32x4.splat(0);
  for (let k: usize = 0; k < (bins - 1) * ROW; k += ROW) {
    cumulative = f32x4.add(cumulative, v128.load(probabilities + k));
    index = f32x4.add(index, v128.and(one, f32x4.le(cumulative, uniform)));
  }
  return index;
}

/** u of an action drawn uniformly from the bin around centre `index`: a = −1 + (index + within − ½) · 2 / (bins − 1). */
// @ts-ignore: decorator
@inline
export function actionOfBinLanes(index: v128, within: v128, bins: usize): v128 {
  const width = f32x4.splat(<f32>2 / <f32>(bins - 1));
  const place = f32x4.sub(f32x4.add(index, within), f32x4.splat(0.5));
  return artanhLanes(f32x4.sub(f32x4.mul(place, width), f32x4.splat(1)));
}

/**
 * Adds an action to a histogram, shared between the two nearest centres.
 *
 *   label[⌊i⌋] += w (1 − i + ⌊i⌋),   label[⌊i⌋ + 1] += w (i − ⌊i⌋),   i = (a + 1) / 2 · (bins − 1)
 */
export function addToBins(label: usize, action: f32, weight: f32, bins: usize): void {
  const place = (action + 1) * 0.5 * <f32>(bins - 1);
  const below = max<f32>(0, min<f32>(floor<f32>(place), <f32>(bins - 2)));
  const share = place - below;
  const low = label + <usize>below * F32;
  store<f32>(low, load<f32>(low) + weight * (1 - share));
  store<f32>(low + F32, load<f32>(low + F32) + weight * share);
}

/**
 * The most probable actions: in each group the mode and its two neighbours, averaged by their probabilities.
 *
 *   out[g] = Σ_k p[k] a[k] / Σ_k p[k],   k ∈ {mode − 1, mode, mode + 1},   a[k] = −1 + 2k / (bins − 1)
 *
 * @param out     [groups]        written, in [−1, 1]
 * @param logits  [groups][bins]
 */
export function modeOfBins(out: usize, logits: usize, groups: usize, bins: usize): void {
  for (let g: usize = 0; g < groups; g++, logits += bins * F32, out += F32) {
    const mode = argmax(logits, bins);
    const top = load<f32>(logits + mode * F32);
    let total: f32 = 0, sum: f32 = 0;
    for (let k = mode > 0 ? mode - 1 : 0; k < min(mode + 2, bins); k++) {
      const p = f32x4.extract_lane(expShared(f32x4.splat(load<f32>(logits + k * F32) - top)), 0);
      total += p;
      sum += p * (2 * <f32>k / <f32>(bins - 1) - 1);
    }
    store<f32>(out, sum / total);
  }
}

/** The index of the largest of N values; the first of equals. */
export function argmax(x: usize, N: usize): usize {
  let best: usize = 0;
  for (let k: usize = 1; k < N; k++) if (load<f32>(x + k * F32) > load<f32>(x + best * F32)) best = k;
  return best;
}

/**
 * The index drawn from logits by inversion.
 *
 *   index = #{ k < bins − 1 : p[0] + … + p[k] ≤ uniform },   p = softmax(logits)
 *
 * @param logits   [bins]
 * @param uniform  in [0, 1)
 */
export function sampleIndex(logits: usize, uniform: f32, bins: usize): usize {
  const top = load<f32>(logits + argmax(logits, bins) * F32);
  let total: f32 = 0;
  for (let k: usize = 0; k < bins; k++)
    total += f32x4.extract_lane(expShared(f32x4.splat(load<f32>(logits + k * F32) - top)), 0);
  let cumulative: f32 = 0;
  for (let k: usize = 0; k < bins - 1; k++) {
    cumulative += f32x4.extract_lane(expShared(f32x4.splat(load<f32>(logits + k * F32) - top)), 0);
    if (cumulative > uniform * total) return k;
  }
  return bins - 1;
}
