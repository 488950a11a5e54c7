/** When a run asks what keeps its agent from learning: it takes as long as some plans. */
import { diagnose, type Finding } from "../agent/diagnose.ts";
import type { Agent } from "../agent/interface.ts";

/** Actions between two diagnoses of an agent, at least. */
const INTERVAL = 400;

/** The actions that agents had learned from at their last diagnosis. */
const asked = new WeakMap<Agent, number>();

/** The findings of an agent at the end of an episode, where a diagnosis is due; else none. */
export function findingsWhenDue(agent: Agent): readonly Finding[] {
  if (agent.steps - (asked.get(agent) ?? 0) < INTERVAL) return [];
  asked.set(agent, agent.steps);
  return diagnose(agent);
}
