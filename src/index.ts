export { createAgent, loadAgent } from "./agent/agent.ts";
export { exportHabit, type Habit, loadHabit } from "./agent/habit.ts";
export type {
  ActOptions,
  Agent,
  BeliefSummary,
  ChosenBy,
  ExplainOptions,
  Explanation,
  PlanExplanation,
  Policy,
  Spaces,
  UpdateOptions,
} from "./agent/interface.ts";
export type { Adjustments, HostOptions, Options, Settings } from "./agent/options.ts";
export { recommendedOptions } from "./agent/presets.ts";
export type { Transition } from "./agent/transition.ts";
export type { Activation } from "./core/activation.ts";
export type { Draw } from "./core/draw.ts";
export { loadKernels } from "./core/loadKernels.ts";
export type { KernelSource } from "./core/module.ts";
export type { ObservationKind } from "./core/observationKind.ts";
export { expectAction } from "./environments/action.ts";
export { type CheckOptions, checkEnvironment } from "./environments/check.ts";
export {
  type Action,
  type ActionSpace,
  type Box,
  box,
  type Discrete,
  discrete,
  type Environment,
  type Info,
  type Start,
  type Step,
  type SynchronousEnvironment,
} from "./environments/environment.ts";
export { createEnvironment, type EnvironmentEntry, environments } from "./environments/registry.ts";
export type { World } from "./environments/world.ts";
export { observeOnly } from "./environments/wrappers/observeOnly.ts";
export { type RepeatedEnvironment, repeatAction } from "./environments/wrappers/repeatAction.ts";
export type { Belief, BeliefInfo, Evidence, ParticleBelief } from "./inference/belief/belief.ts";
export { createFilter } from "./inference/belief/createFilter.ts";
export type { ExactFilter } from "./inference/belief/exact.ts";
export type { FilterInfo, FilterState, ParticleFilter } from "./inference/belief/filter.ts";
export type { FilterOptions } from "./inference/belief/filterOptions.ts";
export { createPlanner } from "./inference/createPlanner.ts";
export type { Imagination } from "./inference/explain.ts";
export {
  type InformationEstimator,
  type InformationGain,
  type InformationGainOptions,
  informationGain,
} from "./inference/information/informationGain.ts";
export type {
  CategoricalPrediction,
  DensityPrediction,
  GaussianPrediction,
  Prediction,
  Row,
} from "./inference/information/predictions.ts";
export type { PlannerOptions } from "./inference/plannerOptions.ts";
export type { ActionPosterior, PosteriorPlanner } from "./inference/posterior.ts";
export type { Bound } from "./learning/bound.ts";
export type { UpdateInfo } from "./learning/schedule.ts";
export { type EvaluateOptions, type Evaluation, evaluate } from "./loop/evaluate.ts";
export type { EpisodeReport, StepReport } from "./loop/report.ts";
export type { Run, StepOptions } from "./loop/run.ts";
export { type TrainOptions, train } from "./loop/train.ts";
export { type LinearGaussianModel, linearGaussianModel, type Matrices } from "./models/linearGaussian.ts";
export type { Matrix } from "./models/matrix.ts";
export type { KnownModel, StateSpaceModel, StepInput } from "./models/model.ts";
export { type Outcomes, type Tables, type TabularModel, tabularModel } from "./models/tabular.ts";
