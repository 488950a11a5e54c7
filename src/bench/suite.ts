import type { Core } from "../core/core.ts";
import type { Case } from "./case.ts";
import { denseCases } from "./cases/dense.ts";
import { functionCases, gaussianCases } from "./cases/elementwise.ts";
import { forwardCases, habitCases, trainingCases } from "./cases/networks.ts";
import { contrastCases, pairwiseCases, weightCases } from "./cases/particles.ts";
import { planCases } from "./cases/planner.ts";
import { randomCases } from "./cases/random.ts";

/** Bytes of arena that all cases need together. */
export const SUITE_BYTES = 1 << 23;

/** Every case, from complete plans down to single functions. */
export function suite(core: Core): readonly Case[] {
  return [
    planCases,
    trainingCases,
    forwardCases,
    habitCases,
    denseCases,
    functionCases,
    randomCases,
    gaussianCases,
    weightCases,
    pairwiseCases,
    contrastCases,
  ].flatMap((cases): readonly Case[] => cases(core));
}

/** The cases whose name contains the text, whatever its case. @throws RangeError when none does */
export function filtered<Named extends { readonly name: string }>(
  cases: readonly Named[],
  text = "",
): readonly Named[] {
  const found = cases.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
  if (found.length > 0) return found;
  const kinds = [...new Set(cases.map(({ name }) => name.split("  ")[0]))];
  throw new RangeError(`filter: expected a part of a case's name (${kinds.join(", ")}), got ${text}`);
}

/** Runs a case so many times, without asking the clock: for hosts where it stands still. @returns the calls */
export function repeat({ run }: Case, calls: number): number {
  for (let i = 0; i < calls; i++) run();
  return calls;
}
