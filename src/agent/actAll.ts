import { allowFirst } from "../core/planner.ts";
import type { Action, Observation } from "../environments/environment.ts";
import { type Planner, setHorizon, weighInformation } from "../inference/plan.ts";
import { type Round, solvePlans } from "../inference/planner.ts";
import { enterPlan, leavePlan } from "../inference/sideBySide.ts";
import {
  act,
  beginPlan,
  believe,
  choose,
  drawsOf,
  expectPlan,
  expectPolicy,
  expectSeen,
  follow,
  see,
  seeks,
  waysOf,
} from "./act.ts";
import type { Mask } from "./choose.ts";
import type { ActAllOptions } from "./interface.ts";
import type { Lane } from "./lane.ts";
import type { AgentState } from "./mind.ts";

/** E-step of all lanes at once: their plans are solved side by side, in one call. */
export function actAll(
  agent: AgentState,
  observations: readonly Observation[],
  { policy = "plan", explore = false, rewards = [], actionMasks = [] }: ActAllOptions = {},
): Action[] {
  const { joint } = agent;
  const lanes = agent.lanes.slice(0, -1);
  if (observations?.length !== lanes.length)
    throw new RangeError(
      `observations: expected [${lanes.length}], one for each lane, got ${observations?.length ?? String(observations)}`,
    );
  const told = (l: number) => ({ reward: rewards[l], actionMask: actionMasks[l] });
  if (joint === undefined) return [act(agent, observations[0], { policy, explore, ...told(0) })];
  expectPolicy(policy);
  for (const l of lanes.keys()) expectSeen(agent, observations[l], told(l));
  const masks = lanes.map((lane, l) => see(agent, lane, observations[l], told(l)));
  const chosenBy = waysOf(agent, { policy, explore }, () => allSeek(agent, lanes));
  if (chosenBy !== "chance") for (const lane of lanes) believe(agent, lane, explore);
  const isCurious = chosenBy === "curiosity";
  if (isCurious || chosenBy === "plan")
    planTogether(agent, joint, lanes, { ...drawsOf(agent, lanes[0], explore), isCurious, masks });
  return lanes.map((lane, l) => {
    const chosen = { chosenBy, explore, mask: masks[l] };
    const action = choose(agent, lane, chosen, { ...agent, lane: l });
    follow(agent, lane, action, chosenBy);
    return action;
  });
}

/** Lanes seek information together: the first one's steps decide. */
function allSeek(agent: AgentState, lanes: readonly Lane[]): boolean {
  const isSeeking = seeks(agent, lanes[0]);
  if (isSeeking && agent.curiosity) agent.curiosity.counts.spent += lanes.length - 1;
  return isSeeking;
}

/** Solves the plans of all lanes; where one of them begins anew, all are refined as often as it. */
function planTogether(
  agent: AgentState,
  joint: Planner,
  lanes: readonly Lane[],
  {
    masks,
    ...draws
  }: Pick<Round, "stream" | "step"> & { readonly isCurious: boolean; readonly masks: readonly Mask[] },
): void {
  const { core, mind, settings } = agent;
  const running = lanes.map((lane) => beginPlan(agent, lane, draws, draws.isCurious));
  const { isInformed } = lanes[0].planner.record;
  if (isInformed !== joint.record.isInformed) weighInformation(core, joint, isInformed);
  setHorizon(core, joint, draws.isCurious && mind.looksFar());
  for (const [l, { planner }] of lanes.entries()) enterPlan(joint, l, planner);
  const iterations = settings.iterations + (running.includes(false) ? settings.firstIterations : 0);
  allowFirst(core, joint.plan, masks.some(Boolean) ? maskOfAll(joint, masks) : undefined);
  solvePlans(core, joint, mind.readiness(), { ...draws, iterations });
  for (const [l, { planner }] of lanes.entries()) leavePlan(joint, l, planner);
  for (const lane of lanes) expectPlan(lane);
  agent.planned = undefined;
}

/** [plans][A] which choices their first actions may take; all, where a lane has no mask. */
function maskOfAll({ record: { mask } }: Planner, masks: readonly Mask[]): Float32Array {
  mask.fill(1);
  for (const [l, own] of masks.entries()) if (own) mask.set(own, l * own.length);
  return mask;
}
