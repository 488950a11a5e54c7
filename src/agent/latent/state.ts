import { createCore, measure } from "../../core/core.ts";
import { seedWords } from "../../core/random.ts";
import { STREAMS } from "../../core/streams.ts";
import { TILE } from "../../core/tiles.ts";
import { createParticleFilter } from "../../inference/belief/filter.ts";
import { allocateParticles } from "../../inference/belief/particles.ts";
import { allocateBeliefWorkspace, latentStateSpace, PARTICLES } from "../../inference/belief/recognition.ts";
import { allocatePaths } from "../../inference/imagination.ts";
import {
  allocateLatentPlanner,
  allocateLatentWorkspaces,
  prepareLatentPlanner,
} from "../../inference/latentPlanner.ts";
import { resetPlans } from "../../inference/planner.ts";
import { allocateChunkLearner, prepareChunkLearner } from "../../learning/chunkLearning.ts";
import { allocateLatentLessons } from "../../learning/latentLessons.ts";
import { createSchedule } from "../../learning/schedule.ts";
import { allocateSequences } from "../../learning/sequences.ts";
import { actionCoding } from "../../models/actionCoding.ts";
import { allocateLatent, initialiseLatent, type LatentSizes } from "../../models/latentModel.ts";
import type { Memory } from "../../models/network.ts";
import { allocateChoiceRow } from "../choose.ts";
import type { HostOptions, LatentSettings } from "../options.ts";
import type { Spaces } from "../state.ts";

/** Everything that an agent with a belief holds; its arrays lie in one memory, sized once. */
export type LatentState = Awaited<ReturnType<typeof createLatentState>>;

/** Makes an untrained agent's state. @throws RangeError when the spaces do not suit an agent */
export async function createLatentState(spaces: Spaces, settings: LatentSettings) {
  const particles = {
    particles: PARTICLES,
    stateSize: settings.latentSize + 1,
    continuousSize: settings.latentSize,
  };
  const bytes =
    measure((memory) => allocateState(memory, spaces, settings)) +
    measure((memory) => allocateParticles(memory, particles));
  const core = await createCore({ bytes });
  const state = allocateState(core, spaces, settings);
  const { model, learner, acting, believing, seed } = state;
  const { workspaces } = state.work;
  initialiseLatent(core, model, { ...settings, seed });
  prepareChunkLearner(core, learner, model);
  prepareLatentPlanner(core, acting, model, { seed, workspaces });
  resetPlans(acting.planner);
  const { resampleBelow, regularisation } = settings;
  const stateSpace = latentStateSpace(core, model, believing);
  stateSpace.isWeighed = settings.bound === "generative";
  const filter = createParticleFilter(core, stateSpace, {
    seed: settings.seed,
    stream: STREAMS.belief,
    resampleBelow,
    regularisation,
  });
  return { core, ...state, stateSpace, filter };
}

/** The state with threads that share its plans. */
export async function withLatentThreads(state: LatentState, { threads }: HostOptions): Promise<LatentState> {
  const { core, model, acting, work } = state;
  const plans = { model, acting, work: work.workspaces };
  return { ...state, core: { ...core, threads: await threads?.(core, plans) } };
}

function allocateState(memory: Memory, spaces: Spaces, settings: LatentSettings) {
  const seed = seedWords(settings.seed);
  const sizes = latentSizes(spaces, settings);
  const { observationSize: X, coding, latentSize: Z } = sizes;
  const labels = coding.groups * coding.bins;
  const model = allocateLatent(memory, sizes);
  const acting = allocateLatentPlanner(memory, model, settings, 1);
  const workspaces = allocateLatentWorkspaces(memory, model, settings, 1);
  // up to here threads have a memory like this one
  const learner = allocateChunkLearner(memory, model, settings, seed);
  return {
    spaces,
    settings,
    seed,
    model,
    learner,
    sequences: allocateSequences(memory, X, coding.size, labels, settings.memory),
    lessons: allocateLatentLessons(memory, model, settings),
    acting,
    believing: allocateBeliefWorkspace(memory, model),
    work: {
      paths: allocatePaths(memory, acting.planner),
      workspaces,
      row: allocateChoiceRow(memory, Z, coding, settings.hidden),
      /** The belief's weights before a step, moments of what they weigh, and who is drawn to be planned from. */
      particles: {
        weights: memory.f32(PARTICLES),
        mean: memory.f32(1),
        deviation: memory.f32(1),
        ancestors: memory.u32(PARTICLES),
      },
      /** [X] of one column each; rows that chunks end at. */
      spread: memory.f32(X),
      ends: memory.u32(TILE),
      // habit and value learn from the batch that the model learns from
    },
    schedule: createSchedule({ ...settings, lessonUpdates: 0, imagination: 0, plansAtOnce: 1 }),
    counts: { steps: 0, rewardLow: Infinity, rewardHigh: -Infinity },
    /** The running episode; not saved. */
    episode: {
      /** Actions so far. */
      actions: 0,
      /** Whether the running plan was made at the last action. */
      isPlanned: false,
      /** Whether that plan is yet to be remembered. */
      hasLesson: false,
      /** Whether its first observation is remembered. */
      isRemembered: false,
      /** [X] what the last action was chosen at. */
      observation: new Float32Array(X),
      /** [A] the last action as the model reads it. */
      action: new Float32Array(coding.size),
      /** Reward that came with the newest observation, where it is known. */
      reward: undefined as number | undefined,
      /** The bound's terms at the belief's last step. */
      terms: { informationGain: 0, stateConsistency: 0 },
    },
  };
}

function latentSizes({ observationSpace, actionSpace }: Spaces, settings: LatentSettings): LatentSizes {
  if (observationSpace?.kind !== "box")
    throw new TypeError(`observationSpace: expected a box, got ${String(observationSpace?.kind)}`);
  const { latentSize, members, hidden, decoderHidden, activation, bins, observationKind } = settings;
  return {
    latentSize,
    observationSize: observationSpace.low.length,
    coding: actionCoding(actionSpace, bins),
    members,
    hidden,
    decoderHidden,
    activation,
    observationKind,
  };
}
