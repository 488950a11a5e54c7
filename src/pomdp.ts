export type { Decision, PomdpSolution, StateBelief } from "./inference/offline/solution.ts";
export { type SolveOptions, type SolveProgress, solvePomdp } from "./inference/offline/solvePomdp.ts";
export {
  type Practised,
  type PractiseOptions,
  practise,
  type RoundReport,
} from "./learning/known/practise.ts";
export {
  evaluatePomdp,
  type PomdpEvaluation,
  type PomdpEvaluationOptions,
  type PomdpPlanner,
} from "./loop/evaluatePomdp.ts";
export { type CheckModelOptions, checkModel } from "./models/functions/checkModel.ts";
export {
  type CheckCopiesOptions,
  checkCopies,
  type ModelOfOptions,
  modelOf,
  type WorldModel,
} from "./models/functions/modelOf.ts";
export { type PomdpModel, readPomdp } from "./models/pomdp/readPomdp.ts";
export { writePomdp } from "./models/pomdp/writePomdp.ts";
export type { SparseReward } from "./models/sparse/reward.ts";
export type { SparseRows } from "./models/sparse/rows.ts";
export {
  type Chances,
  type SparseDefinition,
  type SparseModel,
  sparseModel,
  type TableNames,
} from "./models/sparse/sparseModel.ts";
