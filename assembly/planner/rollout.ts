import { ROW } from "../memory";
import { advanceCloud } from "./advanceCloud";
import { enterBelief, scoreCloud, stateAt, stopShare } from "./cloud";
import { keepState, Plan } from "./plan";

/**
 * Scores every candidate by simulating the particles of the belief, all with the candidate's actions.
 *
 *   g_k = Σ_{τ<H} γ^τ alive_τ (r_τ + β ratio_τ) + γ^H alive_H V(z_H)      of particle k, weight w_k in the belief
 *   score = Σ_k w_k g_k,   or the evidence η log Σ_k w_k exp(g_k / η), which is optimistic about luck
 *
 * The ratio's denominator is mixed over fresh states of one parent (`contrastiveRatio`), over the belief (`beliefRatio`), or over
 * the members of an ensemble (`informedStep`).
 *
 * With `stopEvery`, a share of what is alive ends in V every so many steps: the score is a mean over horizons, and leans less
 * on the last states, which errors of the model have carried furthest.
 *
 * A tile depends on no other: whoever simulates it, and after which, its draws are keyed by its number.
 *
 * @param plan   a `Plan`; `scores` of the tiles are written, and the actions of the habit's candidates
 * @param first  first tile, < `tilesOf(plan)`
 * @param end    one more than the last
 */
export function rollout(plan: usize, first: usize, end: usize): void {
  const p = changetype<Plan>(plan);
  for (let tile = first; tile < end; tile++) {
    let weight: f32 = 1;
    enterBelief(p, p.clouds, tile);
    keepState(p, tile, 0, stateAt(p, p.clouds, 0));
    for (let time: usize = 0; time < p.horizon; time++) {
      advanceCloud(p, p.clouds, tile, time, weight);
      keepState(p, tile, time + 1, stateAt(p, p.clouds, 0));
      weight *= p.discount;
      if (stopsAfter(p, time)) stopShare(p, p.clouds, weight);
    }
    scoreCloud(p, p.clouds, p.scores + tile * ROW, weight);
  }
}

/** Whether a share ends in the value after a step; at the horizon everything does. */
function stopsAfter(plan: Plan, time: usize): bool {
  const steps = time + 1;
  if (plan.stopEvery == 0 || plan.usesValue == 0 || steps < plan.stopFirst || steps >= plan.horizon) return false;
  return (steps - plan.stopFirst) % plan.stopEvery == 0;
}
