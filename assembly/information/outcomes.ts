import { F32, VEC } from "../memory";
import { leaveOneOut } from "../smc/leaveOneOut";
import { addExpectation } from "./contrast";
import { normaliseLogs } from "./pairwise";

const INFINITE = memory.data<v128>([i32x4.splat(0x7f800000)]); // ∞
const DEAD = memory.data<v128>([i32x4.splat(0xff800000)]); // −∞

/**
 * Ratios of a weighted set of particles under a categorical observation model, averaged over the outcomes exactly.
 *
 *   lower[n] = Σ_x p(x|n) (log p(x|n) − log p(x)),      p(x) = Σ_j w_j p(x|j)
 *   upper[n] = Σ_x p(x|n) (log p(x|n) − log p_{−n}(x)),  p_{−n}(x) = Σ_{j≠n} w_j p(x|j) / Σ_{j≠n} w_j
 *
 * with 0 · ∞ = 0. Σ_n w_n lower[n] is the mutual information of particle and outcome.
 *
 * @param lower            [N]     written, in nats; says nothing where logWeights is −∞
 * @param upper            [N]     written, in nats; the same; ∞ where no other particle is alive
 * @param logProbabilities [X][N]  log p(x|n), −∞ allowed; where logWeights is −∞, anything but ∞ and NaN
 * @param logWeights       [N]     unnormalised, in nats
 * @param workspace        [4][N]
 *
 * N is a multiple of 4.
 */
export function categoricalRatios(
  lower: usize, upper: usize, logProbabilities: usize, logWeights: usize, workspace: usize, X: usize, N: usize,
): void {
  const row = N * F32;
  const logs = workspace, rests = logs + row, terms = rests + row, others = terms + row;
  normaliseLogs(logs, logWeights, N);
  leaveOneOut(rests, logs, N);
  memory.fill(lower, 0, row);
  memory.fill(upper, 0, row);
  for (let x: usize = 0; x < X; x++, logProbabilities += row) {
    // terms[n] = log w_n p(x|n)
    for (let n: usize = 0; n < row; n += VEC)
      v128.store(terms + n, f32x4.add(v128.load(logs + n), v128.load(logProbabilities + n)));
    const evidence = f32x4.splat(leaveOneOut(others, terms, N));
    // lower += p (log p − log p(x)),  upper += p (log p − log p_{−n}(x))
    for (let n: usize = 0; n < row; n += VEC) {
      const logP = v128.load(logProbabilities + n);
      addExpectation(lower + n, logP, f32x4.sub(logP, evidence));
      addExpectation(upper + n, logP, f32x4.sub(logP, f32x4.sub(v128.load(others + n), v128.load(rests + n))));
    }
  }
  for (let n: usize = 0; n < row; n += VEC) {
    const isAlone = f32x4.eq(v128.load(rests + n), v128.load(DEAD));
    v128.store(upper + n, v128.bitselect(v128.load(INFINITE), v128.load(upper + n), isAlone));
  }
}
