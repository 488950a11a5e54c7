import { rolloutBelief, setPlan } from "../../core/planner.ts";
import { TILE } from "../../core/tiles.ts";
import { beliefMoments } from "../../inference/belief/filter.ts";
import { PARTICLES } from "../../inference/belief/recognition.ts";
import { decodeLatents, particleRows } from "../../inference/decode.ts";
import { collectPaths, type Imagination, retracePaths } from "../../inference/imagination.ts";
import type { Belief } from "../interface.ts";
import { type Adjustments, adjust } from "../options.ts";
import type { LatentState } from "./state.ts";

/** The belief in numbers to be kept; undefined before anything was seen. */
export function beliefOf({ core, filter, model }: LatentState): Belief | undefined {
  if (filter.time === 0) return undefined;
  const { latentSize: Z, observationSize: X } = model.sizes;
  const { mean, std } = beliefMoments(filter);
  const latents = model.work.input.subarray(0, Z * TILE);
  latents.set(filter.particles.subarray(0, Z * TILE));
  return {
    mean: mean.slice(0, Z),
    std: std.slice(0, Z),
    effectiveSampleSize: filter.effectiveSampleSize,
    logEvidence: filter.logEvidence,
    particles: particleRows(latents, Z),
    weights: filter.weights.slice(0, PARTICLES),
    observations: particleRows(decodeLatents(core, model, latents), X),
  };
}

/** What the last `act` imagined from the belief, if it planned and nothing was learned since. */
export function imaginedLatents(state: LatentState): Imagination | undefined {
  const { core, acting, episode, model, settings } = state;
  const { paths, workspaces } = state.work;
  if (!episode.hasLesson || !episode.isPlanned) return undefined;
  const { candidates, horizon } = settings;
  const weights = workspaces.plan.weights.slice(0, candidates);
  const scores = retracePaths(core, acting.planner, { paths, scores: workspaces.plan.scores }, rolloutBelief);
  const read = (states: Float32Array) => decodeLatents(core, model, states);
  const size = model.sizes.observationSize;
  const observations = collectPaths(acting.planner, paths, { size, read });
  return { candidates, horizon, observations, weights, ...scores };
}

/** Changes settings of a living agent. */
export function configureLatent(
  { core, settings, spaces, acting }: LatentState,
  adjustments: Adjustments,
): void {
  adjust(settings, adjustments, spaces);
  setPlan(core, acting.planner.plan, { usesInformation: Number(settings.informationWeight !== 0) });
}
