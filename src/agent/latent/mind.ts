import { weighInformation } from "../../inference/plan.ts";
import { worthLeftOut } from "../../learning/level.ts";
import { closeRewards } from "../../learning/returns.ts";
import type { AgentState, Mind } from "../mind.ts";
import { takeNotices } from "../notices.ts";
import { hasGoal } from "../readiness.ts";
import { createWatch } from "../watch/watch.ts";
import { seenFrom } from "./belief.ts";
import { latentEvidence } from "./evidence.ts";
import { learnLatent, rememberLatent } from "./learn.ts";
import { readinessOf } from "./readiness.ts";
import { applyScales } from "./refresh.ts";
import type { LatentState } from "./state.ts";

/** What becomes of a far reading: what a belief makes of it is a matter of its likelihood. */
const FOLLOWED = "scales follow it as if it lay 8 away";

/** The mind that does not observe the full state: it learns a latent, believes it, and plans from the belief. */
export function latentMind(state: LatentState): Mind {
  const { core, acting, work, settings, sequences, learner, lessons } = state;
  const { weights, scores } = work.workspaces;
  applyScales(state);
  return {
    state,
    guide: state.model,
    mayMiss: true,
    hasGoal: () => hasGoal(state.counts, sequences.terminals.counts.terminations),
    looksFar: () => false,
    candidates: { weights, scores, paths: work.paths },
    readiness: () => readinessOf(state),
    worthLeftOut: () => worthLeftOut(state.level, readinessOf(state).usesValue ? Infinity : settings.horizon),
    origin: state.origin.counts,
    observe: (states) => seenFrom(state, states),
    configure() {
      for (const planner of [...acting, work.imagining])
        weighInformation(core, planner, settings.informationWeight !== 0);
    },
    remember: (lane, transition, label) => rememberLatent(state, lane, transition, label),
    undone: () => learner.tally.undone + lessons.habit.tally.undone + lessons.value.tally.undone,
    breakOff: () => closeRewards(state.returns, settings.discount),
    learn: (unit) => learnLatent(state, unit),
    warnings: () => takeNotices(state.notices, FOLLOWED),
    habitLogits: work.row.habit.logits,
    evidence: () => latentEvidence(state),
  };
}

/** The agent over a state. */
export function latentAgent(state: LatentState): AgentState {
  const { coding } = state.model.sizes;
  return {
    ...state,
    row: state.work.row,
    coding,
    mind: latentMind(state),
    watch: createWatch(state.lanes.length, coding.labels),
    planned: undefined,
  };
}
