export type { Policy } from "./agent/act.ts";
export { type Agent, createAgent, loadAgent } from "./agent/agent.ts";
export { type EvaluateOptions, type Evaluation, evaluate } from "./agent/evaluate.ts";
export type { LearnInfo, Transition } from "./agent/learn.ts";
export type { AgentOptions, Settings } from "./agent/options.ts";
export { recommendedOptions } from "./agent/presets.ts";
export type { Spaces } from "./agent/state.ts";
export { type EpisodeReport, type TrainOptions, train } from "./agent/train.ts";
export type { Activation } from "./core/activation.ts";
export { type Core, type CoreOptions, createCore } from "./core/core.ts";
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
} from "./environments/environment.ts";
export { createEnvironment, type EnvironmentEntry, environments } from "./environments/registry.ts";
export type { World } from "./environments/world.ts";
export {
  type InformationEstimator,
  type InformationGain,
  type InformationGainOptions,
  informationGain,
} from "./inference/informationGain.ts";
export type {
  CategoricalPrediction,
  DensityPrediction,
  GaussianPrediction,
  Prediction,
  Row,
} from "./inference/predictions.ts";
export type { Bound } from "./learning/bound.ts";
