import { beliefMoments } from "../../inference/particleFilter.ts";
import type { Agent } from "../interface.ts";
import { expectObservation } from "../transition.ts";
import {
  actAtRandom,
  actByLatentHabit,
  actByLatentPlan,
  beginLatentEpisode,
  believe,
  rememberAction,
} from "./act.ts";
import { learnLatent } from "./learn.ts";
import { applyScales } from "./refresh.ts";
import { serialiseLatent } from "./save.ts";
import type { LatentState } from "./state.ts";

/** The agent over a state with a belief. */
export function latentAgentOf(state: LatentState): Agent {
  const { settings, spaces, counts, model, episode, filter } = state;
  applyScales(state);
  return {
    options: settings,
    spaces,
    get steps() {
      return counts.steps;
    },
    reset: () => beginLatentEpisode(state),
    act(observation, { policy = "plan", explore = false, reward } = {}) {
      expectObservation("observation", observation, model.sizes.observationSize, { mayMiss: true });
      if (policy !== "plan" && policy !== "habit")
        throw new RangeError(`policy: expected "plan" or "habit", got ${String(policy)}`);
      if (reward !== undefined) episode.reward = reward;
      const isBlind = explore && counts.steps < settings.warmup;
      if (!isBlind) believe(state, observation, explore);
      const action = isBlind
        ? actAtRandom(state)
        : policy === "habit"
          ? actByLatentHabit(state, explore)
          : actByLatentPlan(state, explore);
      rememberAction(state, action);
      return action;
    },
    learn: (transition) => learnLatent(state, transition),
    belief() {
      if (filter.time === 0) return undefined;
      const { mean, std } = beliefMoments(filter);
      const Z = model.sizes.latentSize;
      return {
        mean: mean.slice(0, Z),
        std: std.slice(0, Z),
        effectiveSampleSize: filter.effectiveSampleSize,
        logEvidence: filter.logEvidence,
      };
    },
    save: () => serialiseLatent(state),
  };
}
