import { TILE } from "../../core/tiles.ts";
import { unscaleRows } from "../../inference/explain.ts";
import { weighInformation } from "../../inference/plan.ts";
import { worthLeftOut } from "../../learning/level.ts";
import { closeRewards } from "../../learning/returns.ts";
import type { AgentState, Mind } from "../mind.ts";
import { takeNotices } from "../notices.ts";
import { hasGoal } from "../readiness.ts";
import { createForesight } from "../watch/foresight.ts";
import { createWatch } from "../watch/watch.ts";
import { foresee, observedEvidence } from "./evidence.ts";
import { learnObserved } from "./learn.ts";
import { applyScales, looksFar, readinessOf } from "./readiness.ts";
import { restoreRecall } from "./recall.ts";
import { rememberObserved } from "./remember.ts";
import type { ObservedState } from "./state.ts";

/** The mind that observes the full state: an ensemble predicts it, and plans begin at the observation itself. */
export function observedMind(state: ObservedState): Mind {
  const { core, model, acting, work, settings, experience, learner, origin } = state;
  const { inputScale, inputShift } = model.statistics;
  const { weights, scores } = work.workspaces;
  const foresight = createForesight(model.sizes.observationSize + 1);
  applyScales(state);
  restoreRecall(state);
  return {
    state,
    guide: model,
    mayMiss: false,
    hasGoal: () => hasGoal(state.counts, experience.terminals.counts.terminations),
    looksFar: () => looksFar(state),
    candidates: { weights, scores, paths: work.paths },
    readiness: () => readinessOf(state),
    worthLeftOut: () => worthLeftOut(state.level, readinessOf(state).usesValue ? Infinity : settings.horizon),
    origin: origin.counts,
    observe: (states) => {
      const rows = unscaleRows(states, inputScale, inputShift, model.sizes.observationSize);
      for (let i = 0; i < rows.length; i++) rows[i] += origin.counts[Math.floor(i / TILE)] ?? 0;
      return rows;
    },
    configure() {
      for (const planner of [...acting, work.imagining, ...(work.joint ? [work.joint] : [])])
        weighInformation(core, planner, settings.informationWeight !== 0);
    },
    remember(lane, transition, label) {
      const remembered = rememberObserved(state, lane, transition, label);
      foresee(state, foresight, transition);
      return remembered;
    },
    undone: () => learner.dynamics.tally.undone + learner.habit.tally.undone + learner.value.tally.undone,
    breakOff: (lane) => closeRewards(state.returns, settings.discount, state.lanes.indexOf(lane)),
    learn: (unit) => learnObserved(state, unit),
    warnings: () => takeNotices(state.notices),
    habitLogits: work.bound.logits,
    evidence: () => observedEvidence(state, foresight),
  };
}

/** The agent over a state. */
export function observedAgent(state: ObservedState): AgentState {
  const { coding } = state.model.sizes;
  return {
    ...state,
    row: state.work.row,
    joint: state.work.joint,
    coding,
    mind: observedMind(state),
    watch: createWatch(state.lanes.length, coding.labels),
    planned: undefined,
  };
}
