import type { Case } from "../src/bench/case.ts";
import { denseCases } from "../src/bench/cases/dense.ts";
import { functionCases, gaussianCases } from "../src/bench/cases/elementwise.ts";
import { forwardCases, habitCases, trainingCases } from "../src/bench/cases/networks.ts";
import { contrastCases, pairwiseCases, weightCases } from "../src/bench/cases/particles.ts";
import { planCases } from "../src/bench/cases/planner.ts";
import { randomCases } from "../src/bench/cases/random.ts";
import type { Core } from "../src/core/core.ts";
import * as plain from "./plain.ts";

/** A case of the suite, and the same work in plain TypeScript: made when it is asked for. */
export interface Pair {
  readonly name: string;
  readonly work: Case;
  readonly plain: () => () => unknown;
}

function paired<Sizes>(
  cases: (core: Core) => readonly Case<Sizes>[],
  plainOf: (sizes: Sizes) => () => unknown,
): (core: Core) => readonly Pair[] {
  return (core) => cases(core).map((work) => ({ name: work.name, work, plain: () => plainOf(work.sizes) }));
}

/** By the name of what is measured; the quick ones before the long ones. */
const groups = {
  networks: [
    paired(habitCases, plain.plainHabit),
    paired(forwardCases, plain.plainForward),
    paired(denseCases, plain.plainDense),
    paired(trainingCases, plain.plainTraining),
  ],
  plans: [paired(planCases, plain.plainPlan)],
  functions: [paired(functionCases, plain.plainFunction)],
  draws: [paired(randomCases, plain.plainDraws)],
  particles: [
    paired(gaussianCases, plain.plainGaussian),
    paired(weightCases, plain.plainWeighing),
    paired(pairwiseCases, plain.plainPairwise),
    paired(contrastCases, plain.plainContrast),
  ],
} as const;

/** A group of the suite. */
export type Group = keyof typeof groups;

/** The whole suite, each case beside plain TypeScript. */
export function pairs(core: Core): readonly (Pair & { readonly group: Group })[] {
  return (Object.keys(groups) as Group[]).flatMap((group) =>
    groups[group].flatMap((make) => make(core).map((pair) => ({ ...pair, group }))),
  );
}
