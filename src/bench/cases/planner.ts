import type { Core } from "../../core/core.ts";
import { propose, refine, rollout, weigh } from "../../core/planner.ts";
import type { StartThreads } from "../../core/threads.ts";
import { enterPoints } from "../../inference/belief/point.ts";
import {
  allocatePlanner,
  allocateWorkspaces,
  type Planner,
  type PlannerSettings,
  preparePlanner,
} from "../../inference/plan.ts";
import { resetPlans, solvePlans } from "../../inference/planner.ts";
import { actionCoding } from "../../models/actionCoding.ts";
import {
  allocateModel,
  applyUnits,
  headSize,
  initialiseModel,
  type ModelSizes,
  simulatedEnsemble,
} from "../../models/generativeModel.ts";
import { type Case, operationsOf } from "../case.ts";

/** Sizes of a plan by an ensemble of five, simulated with noise. */
export interface PlanSizes {
  readonly D: number;
  readonly A: number;
  readonly width: number;
  readonly activation: "tanh" | "silu";
  readonly candidates: number;
  readonly horizon: number;
  readonly habitCandidates: number;
  readonly usesValue: boolean;
}

const MEMBERS = 5;
const BINS = 21;

/** The plan of the figures, and one as an agent makes it at every step. */
const PLANS: readonly PlanSizes[] = [
  {
    ...{ D: 10, A: 6, width: 128, activation: "tanh" },
    ...{ candidates: 1024, horizon: 20, habitCandidates: 0, usesValue: false },
  },
  {
    ...{ D: 3, A: 1, width: 64, activation: "silu" },
    ...{ candidates: 32, horizon: 12, habitCandidates: 8, usesValue: true },
  },
];

/** One iteration of a plan: propose, simulate, weigh, refine. */
export function planCases(core: Core): Case<PlanSizes>[] {
  return PLANS.map((sizes) => caseOf(core, plannerOf(core, sizes).planner, sizes));
}

/** Plans that threads may share: the one of the figures, and smaller ones down to two tiles of a few steps. */
const SHARED_PLANS: readonly PlanSizes[] = [
  PLANS[0],
  ...[1024, 256, 64].map((candidates) => ({ ...PLANS[1], candidates, habitCandidates: candidates / 4 })),
  ...[6, 2].map((horizon) => ({ ...PLANS[1], candidates: 64, habitCandidates: 16, horizon })),
];

/** One iteration of a plan that threads share, beside the same by one; each with a core of its own. */
export async function sharedPlanCases(
  createCore: () => Promise<Core>,
  start: StartThreads,
): Promise<readonly (readonly [one: Case<PlanSizes>, shared: Case<PlanSizes>])[]> {
  const cases = SHARED_PLANS.map(async (sizes) => {
    const core = await createCore();
    const { planner, plans } = plannerOf(core, sizes);
    const threads = await start(core, plans);
    return [caseOf(core, planner, sizes), caseOf({ ...core, threads }, planner, sizes)] as const;
  });
  return Promise.all(cases);
}

function caseOf(core: Core, { plan }: Planner, sizes: PlanSizes): Case<PlanSizes> {
  const { D, A, width, activation, candidates, horizon } = sizes;
  const widths = [D + A, width, width, headSize(D)];
  return {
    name: `plan  ${MEMBERS} members × ${candidates} particles × ${horizon} steps, ${widths.join("-")} ${activation}`,
    sizes,
    operations: MEMBERS * candidates * horizon * operationsOf(widths),
    run: () => {
      propose(core, plan);
      rollout(core, plan);
      weigh(core, plan);
      refine(core, plan);
    },
  };
}

/** A planner that has planned once, and what its plans read and write. */
function plannerOf(core: Core, sizes: PlanSizes) {
  const { D, A, width, activation, candidates, horizon, habitCandidates, usesValue } = sizes;
  const [low, high] = [new Array<number>(A).fill(-1), new Array<number>(A).fill(1)];
  const coding = actionCoding({ kind: "box", low, high }, BINS);
  const hidden = [width, width];
  const modelSizes: ModelSizes = { observationSize: D, coding, members: MEMBERS, hidden, activation };
  const settings: PlannerSettings = {
    ...{ candidates, horizon, habitShare: habitCandidates / candidates, temperature: 1, discount: 0.99 },
    ...{ informationWeight: 0, essShare: 0.1, minimumStd: 0.15, correlation: 0 },
  };
  const model = allocateModel(core, modelSizes);
  const seed = [1, 0] as const;
  initialiseModel(core, model, { seed, likelihoodNoise: 0.05, simulatesNoise: true });
  applyUnits(core, model, {
    reference: 0,
    offset: 0,
    hasEndings: false,
    rewardLow: -1e6,
    rewardHigh: 1e6,
    valueBounds: [0, 0],
  });
  model.statistics.stepScale.fill(0.1);
  const simulated = simulatedEnsemble(model);
  const planner = allocatePlanner(core, simulated, settings, 1);
  const workspaces = allocateWorkspaces(core, simulated, settings, 1);
  preparePlanner(core, planner, { seed, workspaces });
  enterPoints(planner, new Float32Array(D), model.statistics);
  resetPlans(planner);
  const readiness = { informationWeight: 0, usesHabit: habitCandidates > 0, usesValue };
  solvePlans(core, planner, readiness, { stream: 1, step: 0, iterations: 1 });
  return { planner, plans: { model, planner, work: workspaces } };
}
