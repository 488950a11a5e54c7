import { collectPaths, retracePaths } from "../inference/explain.ts";
import { temperatureOf } from "../inference/planner.ts";
import type { ExplainOptions, Explanation, PlanExplanation } from "./interface.ts";
import { type Lane, laneAt } from "./lane.ts";
import type { AgentState } from "./mind.ts";

/** Why a lane's last action was chosen. The call changes neither acting nor learning. */
export function explain(
  agent: AgentState,
  { lane: index = 0, plan = true }: ExplainOptions = {},
): Explanation {
  const lane = laneAt(agent.lanes, index);
  const { belief, counts } = lane;
  const chosenBy = counts.chosenBy === "nobody" ? undefined : counts.chosenBy;
  const isPlanned = plan && (chosenBy === "plan" || chosenBy === "curiosity") && agent.planned === lane;
  return { chosenBy, belief: belief.summary(), plan: isPlanned ? explainPlan(agent, lane) : undefined };
}

/** The candidates of the last plan, simulated once more. */
function explainPlan(
  { core, mind, settings }: AgentState,
  { planner, observation, counts }: Lane,
): PlanExplanation {
  const { candidates } = settings;
  const { horizon } = planner.record;
  const { scores, paths } = mind.candidates;
  const [gain, tempering, effectiveSampleSize] = planner.info;
  const worth = counts.chosenBy === "curiosity" ? 0 : mind.worthLeftOut();
  const value = gain + worth;
  const temperature = temperatureOf(planner) / tempering;
  const weights = mind.candidates.weights.slice(0, candidates);
  const posterior = planner.label.slice();
  const retraced = retracePaths(core, planner, { paths, scores });
  const read = (states: Float32Array) => mind.observe(states);
  const observations = collectPaths(planner, paths, { size: observation.length, read });
  return {
    ...{ candidates, horizon, observations, weights, ...retraced },
    scores: retraced.scores.map((score) => score + worth),
    ...{ posterior, value, temperature, effectiveSampleSize },
  };
}
