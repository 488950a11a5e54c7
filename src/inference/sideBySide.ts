import { type Planner, particlesOf } from "./plan.ts";

/** Copies the running plan of a planner of one, and where it begins, into plan s of others that weigh information alike. */
export function enterPlan(planners: Planner, s: number, planner: Planner): void {
  const size = particlesOf(planner) * planner.model.stateRows;
  planners.states.set(planner.states.subarray(0, size), s * size);
  planners.logWeights.set(planner.logWeights, s * planner.logWeights.length);
  for (const part of ["mean", "std"] as const) planners[part].set(planner[part], s * planner[part].length);
}

/** What was found for plan s: {@link enterPlan} the other way. */
export function leavePlan(planners: Planner, s: number, planner: Planner): void {
  for (const part of ["mean", "std", "info", "label", "temperatures"] as const) {
    const { length } = planner[part];
    planner[part].set(planners[part].subarray(s * length, (s + 1) * length));
  }
  planner.record.temperature = planners.record.temperature;
}
