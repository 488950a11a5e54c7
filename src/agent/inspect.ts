import { rollout } from "../core/planner.ts";
import { collectPaths, type Imagination, retracePaths, unscaleRows } from "../inference/imagination.ts";
import { weighInformation } from "../inference/planner.ts";
import { type Adjustments, adjust } from "./options.ts";
import type { AgentState } from "./state.ts";

/** What the last `act` imagined, if it planned and nothing was learned since. */
export function imagined(state: AgentState): Imagination | undefined {
  const { core, acting, episode, model, settings } = state;
  const { paths, workspaces } = state.work;
  if (!episode.isPlanned) return undefined;
  const { candidates, horizon } = settings;
  const { inputScale, inputShift } = model.statistics;
  const size = model.sizes.observationSize;
  const weights = workspaces.weights.slice(0, candidates);
  const scores = retracePaths(core, acting, { paths, scores: workspaces.scores }, rollout);
  const read = (states: Float32Array) => unscaleRows(states, inputScale, inputShift, size);
  const observations = collectPaths(acting, paths, { size, read });
  return { candidates, horizon, observations, weights, ...scores };
}

/** Changes settings of a living agent. */
export function configure(state: AgentState, adjustments: Adjustments): void {
  const { core, settings, spaces, acting, work } = state;
  adjust(settings, adjustments, spaces);
  weighInformation(core, acting);
  weighInformation(core, work.imagining);
}
