import { expectInteger, expectKnownNames } from "../core/expect.ts";
import { refuse } from "../core/readings.ts";
import { actionProblem } from "../environments/action.ts";
import type { Bound } from "../learning/bound.ts";
import { owe, type UpdateInfo, workOff } from "../learning/schedule.ts";
import { encodeAction } from "../models/actionCoding.ts";
import type { UpdateOptions } from "./interface.ts";
import { followAction, type Lane, laneAt, takeLesson, wasActedAt } from "./lane.ts";
import type { AgentState } from "./mind.ts";
import { expectTransition, flattenTransition, type Transition } from "./transition.ts";
import { includeStep } from "./watch/episodes.ts";
import { includePlan } from "./watch/plans.ts";

/** Stores a transition of the running episode, and counts what is owed for it. @returns the bound before learning from it */
export function remember(agent: AgentState, given: Transition, index = 0): Bound {
  const { lanes, mind, coding, counts, schedule, spaces, settings, watch } = agent;
  const lane = laneAt(lanes, index);
  const where = `step ${counts.steps + 1}`;
  expectTransition(given, spaces.observationSpace, mind, where);
  refuse(actionProblem(spaces.actionSpace, given.action), where);
  const transition = flattenTransition(spaces.observationSpace, given);
  const { observation } = transition;
  const { origin } = mind;
  if (given.observation === given.nextObservation) expectNotReused(lane, { observation, origin }, where);
  followAction(lane, { observation, origin }, (out) => encodeAction(coding, transition.action, out));
  lane.counts.reward = transition.reward;
  const label = takeLesson(lane, observation, origin);
  const { bound, isSurprising } = mind.remember(lane, transition, label);
  includeStep(watch.episodes, lanes.indexOf(lane), transition);
  if (label !== undefined)
    includePlan(watch.plans, coding, {
      share: lane.planner.info[2] / settings.candidates,
      label,
      logits: mind.habitLogits,
    });
  // what follows an end is another episode, also where logs are read without `reset`
  lane.counts.isRemembered = !transition.terminated && !transition.truncated;
  agent.planned = undefined;
  counts.steps++;
  owe(schedule, isSurprising);
  return bound;
}

/** @throws TypeError when the one array that stands for both observations is no longer what was acted at */
function expectNotReused(
  lane: Lane,
  { observation, origin }: { readonly observation: ArrayLike<number>; readonly origin: readonly number[] },
  where: string,
): void {
  if (lane.counts.chosenBy === "nobody" || wasActedAt(lane, observation, origin)) return;
  throw new TypeError(
    "nextObservation: expected another array than observation, got the same one, written to since `act`: " +
      `copy what the world answers (${where})`,
  );
}

/** Works off owed learning: the M-step. */
export function update(agent: AgentState, options: UpdateOptions = {}): UpdateInfo {
  expectKnownNames("options", options, ["most"]);
  const { most = Infinity } = options;
  if (most !== Infinity) expectInteger("most", most, 0);
  agent.planned = undefined;
  const before = agent.mind.undone();
  const info = workOff(agent.schedule, most, (unit) => agent.mind.learn(unit));
  return { ...info, undone: agent.mind.undone() - before, warnings: agent.mind.warnings() };
}

/** Remembers a transition, and works off all that is owed. */
export function learn(
  agent: AgentState,
  transition: Transition,
  index = 0,
): UpdateInfo & { readonly bound: Bound } {
  const bound = remember(agent, transition, index);
  return { bound, ...update(agent) };
}
