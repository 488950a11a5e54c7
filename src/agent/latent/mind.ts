import { rolloutBelief, setPlan } from "../../core/planner.ts";
import { decodeLatents } from "../../inference/decode.ts";
import { solveLatentPlans } from "../../inference/latentPlanner.ts";
import { knowledgeAfter } from "../knowledge.ts";
import type { AgentState, Mind } from "../mind.ts";
import { learnLatent, rememberLatent } from "./learn.ts";
import { applyScales } from "./refresh.ts";
import { serialiseLatent } from "./save.ts";
import type { LatentState } from "./state.ts";

/** The mind that does not see the whole state: it learns a latent, believes it, and plans from the belief. */
export function latentMind(state: LatentState): Mind {
  const { core, model, settings, acting, lanes, beliefs, work } = state;
  const { weights, scores, temperatures } = work.workspaces.plan;
  applyScales(state);
  return {
    guide: model,
    mayMiss: true,
    candidates: {
      ...{ weights, scores, paths: work.paths, simulate: rolloutBelief },
      temperatures: settings.klBudget > 0 ? temperatures : undefined,
    },
    solve(lane, round) {
      const l = lanes.indexOf(lane);
      beliefs[l].particles(acting[l].states, round);
      solveLatentPlans(core, acting[l], knowledgeOf(state), round);
    },
    observe: (states) => decodeLatents(core, model, states),
    configure() {
      for (const { planner } of acting)
        setPlan(core, planner.plan, { usesInformation: Number(settings.informationWeight !== 0) });
    },
    remember: (lane, transition, label) => rememberLatent(state, lane, transition, label),
    learn: (unit) => learnLatent(state, unit),
    save: () => serialiseLatent(state),
  };
}

/** The agent over a state. */
export function latentAgent(state: LatentState): AgentState {
  const { coding } = state.model.sizes;
  return { ...state, row: state.work.row, coding, mind: latentMind(state), planned: undefined };
}

/** What plans may rely on by now. */
function knowledgeOf({ schedule, settings, lessons, sequences }: LatentState) {
  const { terminations } = sequences.counts;
  const { learned } = schedule.counts;
  return knowledgeAfter(settings, { steps: learned, lessons: lessons.counts.updates, terminations });
}
