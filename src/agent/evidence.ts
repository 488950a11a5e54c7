/** What a diagnosis reads of an agent, all together. */
import type { AgentState } from "./mind.ts";
import { type EpisodeEvidence, episodeEvidence } from "./watch/episodes.ts";
import { type PlanEvidence, planEvidence } from "./watch/plans.ts";
import type { MindEvidence } from "./watch/watch.ts";

/** All that is known of an agent where it is asked what is wrong. */
export interface AgentEvidence extends MindEvidence {
  /** Transitions remembered since the agent was created; the number after which plans use habit and value. */
  readonly steps: number;
  readonly ready: number;
  readonly model: "observed" | "latent";
  readonly candidates: number;
  readonly horizon: number;
  readonly curiosity: number;
  readonly imagination: number;
  readonly episodes: EpisodeEvidence;
  readonly planning: PlanEvidence;
}

/** @returns what is known by now; comparing plans overwrites what the last one left to be explained */
export function evidenceOf(agent: AgentState): AgentEvidence {
  const { model, candidates, horizon, curiosity, imagination, warmup, delay } = agent.settings;
  const own = agent.mind.evidence();
  const { compare } = own;
  return {
    ...own,
    ...{ model, candidates, horizon, curiosity, imagination },
    compare:
      compare &&
      (() => {
        agent.planned = undefined;
        return compare();
      }),
    steps: agent.counts.steps,
    ready: warmup + delay,
    episodes: episodeEvidence(agent.watch.episodes),
    planning: planEvidence(agent.watch.plans, agent.coding),
  };
}
