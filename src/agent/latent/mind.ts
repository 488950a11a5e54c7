import { decodeLatents } from "../../inference/decode.ts";
import { weighInformation } from "../../inference/plan.ts";
import type { AgentState, Mind } from "../mind.ts";
import { readinessAfter } from "../readiness.ts";
import { learnLatent, rememberLatent } from "./learn.ts";
import { applyScales } from "./refresh.ts";
import type { LatentState } from "./state.ts";

/** The mind that does not see the whole state: it learns a latent, believes it, and plans from the belief. */
export function latentMind(state: LatentState): Mind {
  const { core, model, acting, work, settings } = state;
  const { weights, scores } = work.workspaces;
  applyScales(state);
  return {
    state,
    guide: model,
    mayMiss: true,
    hasGoal: () => true,
    candidates: { weights, scores, paths: work.paths },
    readiness: () => readinessOf(state),
    observe: (states) => decodeLatents(core, model, states),
    configure() {
      for (const planner of acting) weighInformation(core, planner, settings.informationWeight !== 0);
    },
    remember: (lane, transition, label) => rememberLatent(state, lane, transition, label),
    learn: (unit) => learnLatent(state, unit),
  };
}

/** The agent over a state. */
export function latentAgent(state: LatentState): AgentState {
  const { coding } = state.model.sizes;
  return { ...state, row: state.work.row, coding, mind: latentMind(state), planned: undefined };
}

/** What plans may rely on by now. */
function readinessOf({ schedule, settings, lessons, sequences }: LatentState) {
  const { terminations } = sequences.terminals.counts;
  const { learned } = schedule.counts;
  return readinessAfter(settings, { steps: learned, lessons: lessons.counts.updates, terminations });
}
