import { measureTree } from "../../core/core.ts";
import { seedWords } from "../../core/random.ts";
import { STREAMS } from "../../core/streams.ts";
import { TILE } from "../../core/tiles.ts";
import { flatdim } from "../../environments/flatten.ts";
import { allocateFilter, particleFilter } from "../../inference/belief/filter.ts";
import { resolveFilter } from "../../inference/belief/filterOptions.ts";
import { allocateBeliefWorkspace, latentStateSpace, PARTICLES } from "../../inference/belief/recognition.ts";
import { allocatePaths } from "../../inference/explain.ts";
import { allocatePlanner, allocateWorkspaces, preparePlanner } from "../../inference/plan.ts";
import { allocateChunkLearner, prepareChunkLearner } from "../../learning/chunkLearning.ts";
import { allocateFirsts } from "../../learning/firsts.ts";
import { allocateForecast } from "../../learning/forecast.ts";
import { allocateLatentLessons } from "../../learning/latentLessons.ts";
import { createLevel } from "../../learning/level.ts";
import { createReadings } from "../../learning/readings.ts";
import { allocateReturns } from "../../learning/returns.ts";
import { createSchedule } from "../../learning/schedule.ts";
import { allocateSequences } from "../../learning/sequences.ts";
import { actionCoding } from "../../models/actionCoding.ts";
import {
  allocateLatent,
  bindSimulation,
  initialiseLatent,
  type LatentSizes,
  simulatedLatent,
} from "../../models/latentModel.ts";
import type { Memory } from "../../models/network.ts";
import { allocateChoiceRow } from "../choose.ts";
import { createCuriosity } from "../curiosity.ts";
import type { Spaces } from "../interface.ts";
import { allocateFeatures, createLane, LANES, measureLane } from "../lane.ts";
import { createNotices } from "../notices.ts";
import type { LatentSettings } from "../options.ts";
import { createRoom } from "../room.ts";
import { allocateParticleWorkspace, recognitionBelief } from "./belief.ts";

/** Imagined plans that are solved side by side: one for every fourth chunk of a batch. */
export const IMAGINED_PLANS = 8;

/** Everything that a mind with a belief holds; its arrays lie in one memory, sized once. */
export type LatentState = Awaited<ReturnType<typeof createLatentState>>;

/** Makes an untrained mind's state. @param module the kernels, where they are not those of other cores @throws RangeError when the spaces do not suit an agent */
export async function createLatentState(
  spaces: Spaces,
  settings: LatentSettings,
  module?: WebAssembly.Module,
) {
  const core = await createRoom(settings, (given) => measureLatent(spaces, given).bytes, module);
  const state = allocateState(core, spaces, settings);
  const { model, learner, acting, believing, features, seed } = state;
  const { imagining, workspaces } = state.work;
  initialiseLatent(core, model, { ...settings, seed });
  prepareChunkLearner(core, learner, model);
  bindSimulation(core, model, settings);
  for (const planner of [...acting, imagining]) preparePlanner(core, planner, { seed, workspaces });
  const stateSpace = latentStateSpace(core, model, believing);
  stateSpace.isWeighed = settings.bound === "generative";
  const options = filterOptions(settings);
  const filters = acting.map(() => particleFilter(core, stateSpace, options));
  const lanes = acting.map((planner, l) => {
    const belief = recognitionBelief({ core, ...state, stateSpace }, filters[l]);
    return createLane({ belief, planner, features: features[l] }, model.sizes.observationSize);
  });
  return { core, ...state, stateSpace, filters, lanes };
}

function filterOptions({ seed, resampleBelow, regularisation }: LatentSettings) {
  return { particles: PARTICLES, seed, stream: STREAMS.belief, resampleBelow, regularisation };
}

/** What a mind's state would be: the bytes of its memory, and its tree without values. */
export function measureLatent(spaces: Spaces, settings: LatentSettings) {
  const { latentSize } = settings;
  return measureTree((memory) => {
    const state = allocateState(memory, spaces, settings);
    const { acting, features, model } = state;
    const sizes = { stateSize: latentSize + 1, continuousSize: latentSize };
    const filters = acting.map(() => ({
      state: allocateFilter(memory, sizes, resolveFilter(filterOptions(settings))),
    }));
    const lanes = acting.map((planner, l) =>
      measureLane({ planner, features: features[l] }, model.sizes.observationSize, filters[l].state),
    );
    return { ...state, filters, lanes };
  });
}

/** What plans read and write. */
export function latentPlans({ model, acting, work: { imagining, workspaces } }: LatentState) {
  return { model, acting, imagining, work: workspaces };
}

function allocateState(memory: Memory, spaces: Spaces, settings: LatentSettings) {
  const seed = seedWords(settings.seed);
  const sizes = latentSizes(spaces, settings);
  const { observationSize: X, coding, latentSize: Z } = sizes;
  const { labels } = coding;
  const model = allocateLatent(memory, sizes);
  const simulated = simulatedLatent(model);
  const acting = Array.from({ length: LANES }, () => allocatePlanner(memory, simulated, settings, 1));
  const imagining = allocatePlanner(memory, simulated, settings, IMAGINED_PLANS);
  const workspaces = allocateWorkspaces(memory, simulated, settings, IMAGINED_PLANS);
  // up to here threads have a memory like this one
  const learner = allocateChunkLearner(memory, model, settings, seed);
  return {
    spaces,
    settings,
    seed,
    model,
    learner,
    sequences: allocateSequences(memory, X, coding.size, labels, settings.memory),
    readings: createReadings(X),
    lessons: allocateLatentLessons(memory, model, settings),
    returns: allocateReturns(memory),
    level: createLevel(settings.discount),
    /** [X] the first that was seen of each dimension, in f64: what all are counted from. */
    origin: { counts: new Array<number>(X).fill(0) },
    firsts: allocateFirsts(memory, X + 1),
    notices: createNotices(X),
    curiosity: createCuriosity(settings.curiosity),
    /** Planners, and features of beliefs: a lane each. */
    acting,
    features: acting.map(() => allocateFeatures(memory, Z)),
    believing: allocateBeliefWorkspace(memory, model),
    work: {
      imagining,
      paths: allocatePaths(memory, acting[0]),
      workspaces,
      row: allocateChoiceRow(memory, coding, settings.hidden),
      particles: allocateParticleWorkspace(memory),
      /** [X] of one column each; rows that chunks end at. */
      spread: memory.f32(X),
      forecast: allocateForecast(memory, X, coding.size),
      ends: memory.u32(TILE),
    },
    // habit and value learn from the batch that the model learns from
    schedule: createSchedule({ ...settings, lessonUpdates: 0, imagination: 0, plansAtOnce: 1 }),
    counts: { steps: 0, episodes: 0, imaginations: 0, rewardLow: Infinity, rewardHigh: -Infinity },
  };
}

function latentSizes({ observationSpace, actionSpace }: Spaces, settings: LatentSettings): LatentSizes {
  const { latentSize, members, hidden, decoderHidden, activation, bins, observationKind } = settings;
  return {
    latentSize,
    observationSize: flatdim(observationSpace),
    coding: actionCoding(actionSpace, bins),
    members,
    hidden,
    decoderHidden,
    activation,
    observationKind,
  };
}
