import { enterPoints } from "../../inference/belief/point.ts";
import { unscaleRows } from "../../inference/explain.ts";
import { weighInformation } from "../../inference/plan.ts";
import { solvePlans } from "../../inference/planner.ts";
import type { AgentState, Mind } from "../mind.ts";
import { knowledgeOf } from "./knowledge.ts";
import { learnObserved, rememberObserved } from "./learn.ts";
import { serialise } from "./save.ts";
import type { ObservedState } from "./state.ts";

/** The mind that sees the whole state: an ensemble predicts it, and plans begin at the observation itself. */
export function observedMind(state: ObservedState): Mind {
  const { core, model, acting, work } = state;
  const { statistics, sizes } = model;
  const { imagining, paths, workspaces } = work;
  const { weights, scores } = workspaces;
  return {
    guide: model,
    mayMiss: false,
    candidates: { weights, scores, paths },
    solve({ planner, observation }, round) {
      enterPoints(planner, observation, statistics);
      solvePlans(core, planner, knowledgeOf(state), round);
    },
    observe: (states) =>
      unscaleRows(states, statistics.inputScale, statistics.inputShift, sizes.observationSize),
    configure() {
      for (const planner of [...acting, imagining]) weighInformation(core, planner);
    },
    remember: (lane, transition, label) => rememberObserved(state, lane, transition, label),
    learn: (unit) => learnObserved(state, unit),
    save: () => serialise(state),
  };
}

/** The agent over a state. */
export function observedAgent(state: ObservedState): AgentState {
  const { coding } = state.model.sizes;
  return { ...state, row: state.work.row, coding, mind: observedMind(state), planned: undefined };
}
