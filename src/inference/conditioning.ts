import type { Core } from "../core/core.ts";
import { setPlan } from "../core/planner.ts";
import { setSimulatedModel } from "../core/simulation.ts";
import { comparesMembers, contrastsOf, type Planner } from "./plan.ts";

/**
 * Gives the kernels what the ratios of a model with a hidden state are conditioned on: as the settings say, or, where
 * information alone is sought, on the parent whose members differ: what would be learned counts, not what would be seen.
 */
export function conditionPlans(core: Core, { plan, model, settings }: Planner, isCurious: boolean): void {
  if (!comparesMembers(model)) return;
  const mixesMembers = isCurious || settings.conditioning === "member";
  setPlan(core, plan, {
    conditionsOnBelief: Number(!mixesMembers && settings.conditioning === "belief"),
    contrasts: mixesMembers ? model.members - 1 : contrastsOf(model, settings),
  });
  setSimulatedModel(core, model.record, { mixesMembers: Number(mixesMembers) });
}
