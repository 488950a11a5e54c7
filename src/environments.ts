export { flatdim, flatten, flattenSpace, unflatten } from "./environments/flatten.ts";
export type { ActionMask, Choices } from "./environments/mask.ts";
export {
  type Dict,
  type DictOf,
  dict,
  type MultiBinary,
  type MultiDiscrete,
  multiBinary,
  multiDiscrete,
  type Tuple,
  tuple,
} from "./environments/spaces.ts";
export { frameStack } from "./environments/wrappers/frameStack.ts";
export {
  type EpisodeStatistics,
  type RecordedEnvironment,
  recordEpisodeStatistics,
  type SynchronousRecorded,
} from "./environments/wrappers/recordEpisodeStatistics.ts";
export { type BoxActions, rescaleAction } from "./environments/wrappers/rescaleAction.ts";
export { timeLimit } from "./environments/wrappers/timeLimit.ts";
export { transformObservation } from "./environments/wrappers/transformObservation.ts";
export { transformReward } from "./environments/wrappers/transformReward.ts";
export type {
  Autoreset,
  VectorEnvironment,
  VectorStart,
  VectorStep,
} from "./environments/wrappers/vector.ts";
export {
  type TrainableVector,
  type VectorOptions,
  vectorEnvironment,
} from "./loop/vectorEnvironment.ts";
export type { VectorRun, VectorStepReport } from "./loop/vectorRun.ts";
