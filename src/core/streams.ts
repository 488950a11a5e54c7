/**
 * Streams of random numbers: what is drawn for one purpose never depends on how much was drawn for another.
 * A member of the ensemble adds its index; the planner adds its own offsets (`assembly/planner/plan.ts`).
 */
export const STREAMS = {
  exploration: 1,
  habitInitial: 2,
  valueInitial: 3,
  distillation: 4,
  imaginationStarts: 5,
  valueBatch: 6,
  recognitionInitial: 7,
  observationInitial: 8,
  outcomeInitial: 9,
  chunkBatch: 10,
  belief: 11,
  overshoot: 12,
  novelty: 13,
  diagnosis: 14,
  chunk: 20,
  modelInitial: 1000,
  modelBatch: 2000,
  terminalBatch: 3000,
  rareBatch: 4000,
  plan: 10000,
  evaluation: 20000,
  imagination: 30000,
  walks: 40000,
  beliefPlan: 50000,
} as const;
