import type { Agent } from "../interface.ts";
import { learningOf } from "../learning.ts";
import { expectObservation } from "../transition.ts";
import {
  actAtRandom,
  actByLatentHabit,
  actByLatentPlan,
  beginLatentEpisode,
  believe,
  rememberAction,
} from "./act.ts";
import { beliefOf, configureLatent, imaginedLatents } from "./inspect.ts";
import { rememberLatent, updateLatent } from "./learn.ts";
import { applyScales } from "./refresh.ts";
import { serialiseLatent } from "./save.ts";
import type { LatentState } from "./state.ts";

/** The agent over a state with a belief. */
export function latentAgentOf(state: LatentState): Agent {
  const { settings, spaces, counts, schedule, model, episode } = state;
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
      const isBlind = policy === "plan" && explore && schedule.counts.learned < settings.warmup;
      if (!isBlind) believe(state, observation, explore);
      const action = isBlind
        ? actAtRandom(state)
        : policy === "habit"
          ? actByLatentHabit(state, explore)
          : actByLatentPlan(state, explore);
      rememberAction(state, action);
      return action;
    },
    ...learningOf(
      (transition) => rememberLatent(state, transition),
      (most) => updateLatent(state, most),
    ),
    belief: () => beliefOf(state),
    imagined: () => imaginedLatents(state),
    configure: (adjustments) => configureLatent(state, adjustments),
    save: () => serialiseLatent(state),
    close: () => state.core.threads?.close(),
  };
}
