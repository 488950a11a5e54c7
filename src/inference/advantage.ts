/** What plans gain over random actions, in the model. */
import type { Core } from "../core/core.ts";
import { propose, rollout, setPlan } from "../core/planner.ts";
import { setSimulatedModel } from "../core/simulation.ts";
import type { Planner } from "./plan.ts";
import { MOST_ITERATIONS, type Readiness, type Round, resetPlans, solveAnew } from "./planner.ts";

/**
 * Plans from scratch, then simulates the centre of each plan and random sequences by the same chances and members, which
 * chose neither: no plan gains by luck.
 *
 *   gain = S(centre of the plan) − 1/(C − 1) Σ_c S(random sequence c)
 *
 * The planner's plans and workspaces are written.
 *
 * @param scores the workspace that `rollout` writes its sums to
 * @param use    is given each plan's gain over random actions, in rewards
 */
export function compareWithRandom(
  core: Core,
  planner: Planner,
  readiness: Readiness,
  { round, scores }: { readonly round: Round; readonly scores: Float32Array },
  use: (gain: number) => void,
): void {
  solveAnew(core, planner, readiness, round, () => {});
  const { plans, plan, model, settings } = planner;
  const { candidates } = settings;
  const next = round.step + round.iterations;
  const simulate = () => {
    setPlan(core, plan, { step: round.step * MOST_ITERATIONS + round.iterations, habitCandidates: 0 });
    if (model.isObserved) setSimulatedModel(core, model.record, { firstMember: next % model.members });
    propose(core, plan);
    rollout(core, plan);
  };
  simulate();
  const planned = Array.from({ length: plans }, (_, s) => scores[s * candidates]);
  resetPlans(planner);
  simulate();
  for (let s = 0; s < plans; s++) {
    let random = 0;
    for (let c = 1; c < candidates; c++) random += scores[s * candidates + c] / (candidates - 1);
    use(planned[s] - random);
  }
}
