import { type Planner, particlesOf } from "./plan.ts";

/** Copies the running plan of a planner of one, and where it begins, into plan s of others that weigh information alike. */
export function enterPlan(planners: Planner, s: number, planner: Planner): void {
  const size = particlesOf(planner) * planner.model.stateRows;
  planners.states.set(planner.states.subarray(0, size), s * size);
  planners.logWeights.set(planner.logWeights, s * planner.logWeights.length);
  const steps = stepsOf(planner);
  for (const part of ["mean", "std"] as const)
    planners[part].set(planner[part].subarray(0, steps), s * steps);
}

/** What was found for plan s: {@link enterPlan} the other way. */
export function leavePlan(planners: Planner, s: number, planner: Planner): void {
  const copy = (part: "mean" | "std" | "info" | "label" | "temperatures", length = planner[part].length) =>
    planner[part].set(planners[part].subarray(s * length, (s + 1) * length));
  const steps = stepsOf(planner);
  copy("mean", steps);
  copy("std", steps);
  copy("info");
  copy("label");
  copy("temperatures");
  planner.record.temperature = planners.record.temperature;
}

/** Numbers of a plan. */
function stepsOf({ record, model }: Planner): number {
  return record.horizon * model.coding.size;
}
