export type { Finding, FindingCode } from "./agent/diagnose.ts";
export type {
  ActAllOptions,
  ActOptions,
  BeliefSummary,
  ChosenBy,
  ExplainOptions,
  PlanExplanation,
  Policy,
  Spaces,
  UpdateOptions,
} from "./agent/interface.ts";
export type {
  Adjustments,
  Changes,
  HostOptions,
  LatentSettings,
  LoadOptions,
  ObservedSettings,
  Settings,
} from "./agent/options.ts";
export type { Activation } from "./core/activation.ts";
export type { Draw } from "./core/draw.ts";
export type { KernelSource } from "./core/module.ts";
export type { ObservationKind } from "./core/observationKind.ts";
export type { CheckOptions } from "./environments/check.ts";
export type { Info, SynchronousEnvironment, VectorWorld } from "./environments/environment.ts";
export type { EnvironmentEntry } from "./environments/registry.ts";
export type { ActionByKind, ActionOf, ActionSpace, Vector } from "./environments/spaces.ts";
export type { SavedWorld, World, WorldDescription } from "./environments/world.ts";
export type { RepeatedEnvironment, SynchronousRepeated } from "./environments/wrappers/repeatAction.ts";
export type { BeliefInfo, Evidence, ParticleBelief } from "./inference/belief/belief.ts";
export type { ExactFilter } from "./inference/belief/exact.ts";
export type { FilterInfo, FilterState, ParticleFilter } from "./inference/belief/filter.ts";
export type { FilterOptions, FilterSettings } from "./inference/belief/filterOptions.ts";
export type { PlanEnds, PracticeValue } from "./inference/closed/closedPlanner.ts";
export type { Cloud, CloudValues } from "./inference/closed/cloud.ts";
export type { StateValue } from "./inference/closed/exactBeliefs.ts";
export type { ExpectedAction } from "./inference/closed/explainTree.ts";
export type { Moments } from "./inference/closed/nodes.ts";
export type { KnownPlanner } from "./inference/createPlanner.ts";
export type { Imagination } from "./inference/explain.ts";
export type {
  InformationEstimator,
  InformationGain,
  InformationGainOptions,
} from "./inference/information/informationGain.ts";
export type {
  CategoricalPrediction,
  DensityPrediction,
  GaussianPrediction,
  Prediction,
  Row,
} from "./inference/information/predictions.ts";
export type { PlannerOptions } from "./inference/plannerOptions.ts";
export type { PosteriorPlanner } from "./inference/posterior.ts";
export type { EvaluateOptions } from "./loop/evaluate.ts";
export type { EvaluationPolicy } from "./loop/policies.ts";
export type { ResumeOptions } from "./loop/replay.ts";
export type { StepReport } from "./loop/report.ts";
export type { NotAwaited, StepOptions } from "./loop/run.ts";
export type { Batch, Model, Tools } from "./models/functions/model.ts";
export type { LinearGaussianModel, Matrices } from "./models/linearGaussian.ts";
export type { Matrix } from "./models/matrix.ts";
export type { KnownModel, StepInput } from "./models/model.ts";
export type { Outcomes, Tables, TabularModel } from "./models/tabular.ts";
