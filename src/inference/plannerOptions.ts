import type { Given, Resolved } from "../core/options.ts";
import { resolve } from "../core/resolve.ts";
import type { Simulation } from "../models/simulation.ts";
import { PLAN } from "./options.ts";
import { PLAN_RULES } from "./rules.ts";

/** Options of `createPlanner`; every one has a default. */
export interface PlannerOptions extends Given<typeof PLAN, "planner"> {}

/** Options with every default. */
export interface PosteriorSettings extends Resolved<typeof PLAN, "planner"> {}

/**
 * The options of a planner, with a default for each that is left out or undefined.
 *
 * @throws TypeError when a name is unknown, or serves agents alone
 * @throws RangeError when an option lies outside its range, or has no effect beside the others
 */
export function resolvePlanner(options: PlannerOptions): PosteriorSettings {
  return resolve(PLAN, options, { serves: "planner", rules: PLAN_RULES });
}

/** @throws RangeError when a setting does not suit the model's actions */
export function expectActions(
  settings: PosteriorSettings,
  { isDiscrete, actionSize }: Pick<Simulation, "isDiscrete" | "actionSize">,
): void {
  resolve(PLAN, settings, { serves: "planner", rules: PLAN_RULES, facts: { isDiscrete } });
  const { prior } = settings;
  if (prior.length > 0 && !(isDiscrete && prior.length === actionSize))
    throw new RangeError(
      `prior: expected ${actionSize} probabilities of discrete actions, got ${prior.length}`,
    );
}
