export type { ModuleWorld, Seeds, SweepPlan, Trial } from "./runs/sweep/plan.ts";
export { parsePlan, trialId } from "./runs/sweep/plan.ts";
export type { Outcome } from "./runs/sweep/processes.ts";
export { type SweepOptions, sweep } from "./runs/sweep/sweep.ts";
export type { TrialResult } from "./runs/sweep/trial.ts";
