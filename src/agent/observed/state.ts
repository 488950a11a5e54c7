import { measureTree } from "../../core/core.ts";
import { seedWords } from "../../core/random.ts";
import { choicesOf, flatdim } from "../../environments/flatten.ts";
import { allocatePaths } from "../../inference/explain.ts";
import { allocatePlanner, allocateWorkspaces, preparePlanner } from "../../inference/plan.ts";
import { createActionCost } from "../../learning/actionCost.ts";
import { allocateBoundWorkspace } from "../../learning/bound.ts";
import { allocateExperience } from "../../learning/experience.ts";
import { allocateFirsts } from "../../learning/firsts.ts";
import { allocateLearner } from "../../learning/learner.ts";
import { allocateLessons } from "../../learning/lessons.ts";
import { createLevel } from "../../learning/level.ts";
import { allocateNovelty, initialiseNovelty } from "../../learning/novelty.ts";
import { allocateRecall, initialiseRecall } from "../../learning/recall.ts";
import { allocateReturns } from "../../learning/returns.ts";
import { createSchedule } from "../../learning/schedule.ts";
import { actionCoding } from "../../models/actionCoding.ts";
import {
  allocateModel,
  bindNovelty,
  bindRecall,
  initialiseModel,
  type ModelSizes,
  simulatedEnsemble,
} from "../../models/generativeModel.ts";
import type { Memory } from "../../models/network.ts";
import { allocateChoiceRow } from "../choose.ts";
import { createCuriosity, farHorizonOf } from "../curiosity.ts";
import type { Spaces } from "../interface.ts";
import { allocateFeatures, createLane, measureLane } from "../lane.ts";
import { createNotices } from "../notices.ts";
import type { ObservedSettings, Settings } from "../options.ts";
import { createRoom } from "../room.ts";
import { pointBelief } from "./belief.ts";

/** Everything that a mind which observes the state holds; its arrays lie in one memory, sized once. */
export type ObservedState = Awaited<ReturnType<typeof createObservedState>>;

/** Imagined plans that are solved side by side. */
export const IMAGINED_PLANS = 8;

/** Makes an untrained mind's state. @param module the kernels, where they are not those of other cores @throws RangeError when the spaces do not suit an agent */
export async function createObservedState(
  spaces: Spaces,
  settings: ObservedSettings,
  module?: WebAssembly.Module,
) {
  const core = await createRoom(settings, (given) => measureObserved(spaces, given).bytes, module);
  const state = allocateState(core, spaces, settings);
  const { model, acting, features, work, seed } = state;
  const { imagining, joint, workspaces } = work;
  const D = model.sizes.observationSize;
  initialiseModel(core, model, { ...settings, seed });
  const { novelty } = state;
  if (novelty !== undefined) {
    initialiseNovelty(core, novelty, D, settings.seed);
    bindNovelty(core, model, novelty.network);
  }
  const { recall, experience } = state;
  if (recall !== undefined) {
    const { statistics } = model;
    initialiseRecall(core, recall, { experience, statistics, steps: farHorizonOf(settings) });
    bindRecall(core, model, recall.record.instance);
  }
  for (const planner of [...acting, imagining, ...(joint ? [joint] : [])])
    preparePlanner(core, planner, { seed, workspaces });
  const lanes = acting.map((planner, l) => {
    const belief = pointBelief(model.statistics, D);
    return createLane({ belief, planner, features: features[l] }, D);
  });
  return { core, ...state, lanes };
}

/** What a mind's state would be: the bytes of its memory, and its tree without values. */
export function measureObserved(spaces: Spaces, settings: ObservedSettings) {
  return measureTree((memory) => {
    const state = allocateState(memory, spaces, settings);
    const { acting, features, model } = state;
    const { observationSize } = model.sizes;
    const lanes = acting.map((planner, l) =>
      measureLane({ planner, features: features[l] }, observationSize),
    );
    return { ...state, lanes };
  });
}

/** What plans read and write; imagined ones are work to the agent, but a thread is given where they begin. */
export function observedPlans({
  model,
  novelty,
  acting,
  work: { imagining, joint, workspaces },
}: ObservedState) {
  return { model, novelty, acting, imagining, joint, work: workspaces };
}

function allocateState(memory: Memory, spaces: Spaces, settings: ObservedSettings) {
  const seed = seedWords(settings.seed);
  const sizes = modelSizes(spaces, settings);
  const { observationSize: D, coding, hidden } = sizes;
  const { labels } = coding;
  const model = allocateModel(memory, sizes);
  const novelty = settings.curiosity > 0 ? allocateNovelty(memory, D + coding.size) : undefined;
  const simulated = simulatedEnsemble(model);
  const { lanes: count } = settings;
  const exploring = { ...settings, farHorizon: farHorizonOf(settings) };
  const acting = Array.from({ length: count + 1 }, () => allocatePlanner(memory, simulated, exploring, 1));
  const imagining = allocatePlanner(memory, simulated, settings, IMAGINED_PLANS);
  const joint = count > 1 ? allocatePlanner(memory, simulated, exploring, count) : undefined;
  const workspaces = allocateWorkspaces(memory, simulated, exploring, Math.max(IMAGINED_PLANS, count));
  // up to here threads have a memory like this one
  return {
    spaces,
    settings,
    seed,
    model,
    novelty,
    /** Planners, and features of beliefs: a lane each. */
    acting,
    features: acting.map(() => allocateFeatures(memory, D)),
    recall: coding.isDiscrete
      ? allocateRecall(memory, {
          ...{ D, A: coding.size, particles: Math.max(settings.particles, settings.members) },
          steps: farHorizonOf(settings),
        })
      : undefined,
    experience: allocateExperience(memory, D, coding.size, settings.memory),
    lessons: allocateLessons(memory, D, labels, settings.lessons),
    valueLessons: allocateLessons(memory, D, 0, settings.valueLessons),
    learner: allocateLearner(memory, model, settings, seed),
    returns: allocateReturns(memory, count),
    level: createLevel(settings.discount),
    cost: createActionCost(settings.curiosity > 0 ? coding.size : Infinity),
    notices: createNotices(D),
    firsts: allocateFirsts(memory, D + 1),
    /** [D] the first observation, in f64: what all are counted from. */
    origin: { counts: new Array<number>(D).fill(0) },
    curiosity: createCuriosity(settings.curiosity),
    work: {
      imagining,
      /** For the plans of all lanes but that of evaluation. */
      joint,
      workspaces,
      paths: allocatePaths(memory, acting[0]),
      bound: allocateBoundWorkspace(memory, sizes),
      row: allocateChoiceRow(memory, coding, hidden),
      /** [D] where an episode ended. */
      end: memory.f32(D),
      /** Rows of the experience that imagined walks begin at. */
      starts: memory.u32(IMAGINED_PLANS),
      /** [plans][D] what imagined plans start from. */
      observations: memory.f32(IMAGINED_PLANS * D),
    },
    schedule: createSchedule({
      ...settings,
      lessonUpdates: settings.updates,
      plansAtOnce: IMAGINED_PLANS,
    }),
    counts: {
      /** Transitions remembered. */
      steps: 0,
      /** Episodes that `train` began. */
      episodes: 0,
      /** Plans that were learned from. */
      taught: 0,
      /** Batches of imagined plans. */
      imaginations: 0,
      /** Least and greatest reward seen. */
      rewardLow: Infinity,
      rewardHigh: -Infinity,
      /** Whether a plan's value lies far from those that set the value's unit. */
      hasFarValue: false,
    },
  };
}

/** @throws TypeError or RangeError when the spaces do not suit an agent */
export function modelSizes(
  { observationSpace, actionSpace }: Spaces,
  settings: Pick<Settings, "members" | "hidden" | "activation" | "bins">,
): ModelSizes {
  const { members, hidden, activation, bins } = settings;
  return {
    observationSize: flatdim(observationSpace),
    choices: choicesOf(observationSpace),
    coding: actionCoding(actionSpace, bins),
    members,
    hidden,
    activation,
  };
}
