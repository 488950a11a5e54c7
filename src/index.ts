export { loadKernels } from "./core/loadKernels.ts";

// Above: `core.ts` says why it comes first.

export { createAgent, loadAgent } from "./agent/agent.ts";
export { diagnose } from "./agent/diagnose.ts";
export { exportHabit, type Habit, loadHabit } from "./agent/habit.ts";
export type { Agent, Explanation } from "./agent/interface.ts";
export type { Options } from "./agent/options.ts";
export type { Transition } from "./agent/transition.ts";
export { FileError } from "./core/file.ts";
export { expectAction } from "./environments/action.ts";
export { checkEnvironment } from "./environments/check.ts";
export type { Environment, Start, Step } from "./environments/environment.ts";
export { createEnvironment, environments } from "./environments/registry.ts";
export {
  type Action,
  type Box,
  box,
  type Discrete,
  discrete,
  type Observation,
  type Space,
} from "./environments/spaces.ts";
export { observeOnly } from "./environments/wrappers/observeOnly.ts";
export { repeatAction } from "./environments/wrappers/repeatAction.ts";
export type { Belief } from "./inference/belief/belief.ts";
export { createFilter } from "./inference/belief/createFilter.ts";
export { createPlanner } from "./inference/createPlanner.ts";
export { informationGain } from "./inference/information/informationGain.ts";
export type { ActionPosterior } from "./inference/posterior.ts";
export type { Bound } from "./learning/bound.ts";
export type { UpdateInfo } from "./learning/schedule.ts";
export { type Evaluation, evaluate } from "./loop/evaluate.ts";
export { resume } from "./loop/replay.ts";
export type { EpisodeReport } from "./loop/report.ts";
export type { Run } from "./loop/run.ts";
export { type TrainOptions, train } from "./loop/train.ts";
export { linearGaussianModel } from "./models/linearGaussian.ts";
export type { StateSpaceModel } from "./models/model.ts";
export { tabularModel } from "./models/tabular.ts";
