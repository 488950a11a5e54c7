import { F32, VEC } from "../memory";
import { expShared } from "../math/exp";
import { logShared } from "../math/log";
import { addLanes, shiftOf, total } from "../math/reduce";

/**
 * Log-sums of all terms but one.
 *
 *   out[n] = log Σ_{j≠n} exp t[j]
 *
 * The largest term's own is added up apart; every other is a difference that keeps at least half of the sum.
 *
 * @param out   [N] written
 * @param terms [N] t, −∞ allowed; not `out`
 * @returns log Σ_j exp t[j]
 *
 * N is a multiple of 4. The sum is in f64.
 */
export function leaveOneOut(out: usize, terms: usize, N: usize): f32 {
  const top = shiftOf(terms, N);
  const shift = f32x4.splat(top);
  // out[n] = exp(t[n] − top)
  for (let n: usize = 0; n < N * F32; n += VEC)
    v128.store(out + n, expShared(f32x4.sub(v128.load(terms + n), shift)));

  let largest: usize = 0;
  while (largest < N && load<f32>(terms + largest * F32) != top) largest++;
  const own = largest < N ? load<f32>(out + largest * F32) : 0;
  if (largest < N) store<f32>(out + largest * F32, 0);
  let sum = f64x2.splat(0);
  for (let n: usize = 0; n < N * F32; n += VEC) sum = addLanes(sum, v128.load(out + n));
  const rest = total(sum), all = rest + <f64>own;

  // out[n] = top + log(Σ_j exp(t[j] − top) − out[n])
  const sumOfAll = f32x4.splat(<f32>all);
  for (let n: usize = 0; n < N * F32; n += VEC)
    v128.store(out + n, f32x4.add(shift, logShared(f32x4.sub(sumOfAll, v128.load(out + n)))));
  if (largest < N) store<f32>(out + largest * F32, <f32>(<f64>top + Math.log(rest)));
  return <f32>(<f64>top + Math.log(all));
}
