/** What is drawn of the agent's mind. */
import type { BeliefSummary, PlanExplanation } from "generative-agent/types";
import type { Fan, SeenBelief } from "../protocol.ts";
import type { Task } from "../tasks.ts";
import type { Reader } from "./reader.ts";

/** Threads that are drawn at most. */
const THREADS = 48;

/** The imagined trajectories of the last plan; those of least weight are left out where there are many. */
export function fanOf(plan: PlanExplanation | undefined): Fan | undefined {
  if (plan === undefined) return undefined;
  const { candidates, horizon, observations, weights } = plan;
  const curiosity = curiosityOf(plan);
  const length = observations.length / candidates;
  const order = [...weights.keys()].sort((a, b) => weights[b] - weights[a]).slice(0, THREADS);
  const kept = new Float32Array(order.length * length);
  order.forEach((c, i) => {
    kept.set(observations.subarray(c * length, (c + 1) * length), i * length);
  });
  return {
    candidates: order.length,
    horizon,
    observations: kept,
    size: length / (horizon + 1),
    weights: Float32Array.from(order, (c) => weights[c]),
    curiosity: Float32Array.from(order, (c) => curiosity[c]),
  };
}

/** Each trajectory's information beside the spread of what else the plan weighs: I / (I + σ of the rest). */
function curiosityOf({ scores, informationScores }: PlanExplanation): Float32Array {
  const rest = scores.map((score, c) => score - informationScores[c]);
  const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length;
  const spread = Math.sqrt(rest.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rest.length);
  return informationScores.map((part) => (part > 0 ? part / (part + spread) : 0));
}

/** The belief as the reader sees it, which first learns from the truth beside the belief's mean. */
export function beliefOf(
  belief: BeliefSummary | undefined,
  { hidden }: Task,
  reader: Reader,
  state: readonly number[],
): SeenBelief | undefined {
  if (belief === undefined || hidden === undefined) return undefined;
  const { mean, particles, weights } = belief;
  const truth = hidden.of(state);
  const readings = Float32Array.from(weights, (_, n) =>
    reader.read(particles.subarray(n * mean.length, (n + 1) * mean.length)),
  );
  reader.learn(mean, truth);
  return { readings, weights, truth };
}
