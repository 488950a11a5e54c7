import { allowFirst } from "../core/planner.ts";
import { faultOf, numberProblem } from "../core/readings.ts";
import { STREAMS } from "../core/streams.ts";
import { valueProblem } from "../environments/checkValue.ts";
import type { Action, Observation } from "../environments/environment.ts";
import { rowOf } from "../environments/flatten.ts";
import { maskProblem, writeMask } from "../environments/mask.ts";
import { SPECTRUM, weighInformation } from "../inference/plan.ts";
import { resetPlans, shiftPlans, solvePlans } from "../inference/planner.ts";
import { encodeAction } from "../models/actionCoding.ts";
import { chooseAtRandom, chooseFromHabit, chooseFromPlan, type Mask } from "./choose.ts";
import { seeksInformation } from "./curiosity.ts";
import type { ActOptions, ChosenBy } from "./interface.ts";
import { type Lane, laneAt } from "./lane.ts";
import type { AgentState } from "./mind.ts";

/** E-step: the belief takes in the observation, and an action is drawn, planned or done by habit. */
export function act(
  agent: AgentState,
  value: Observation,
  { policy = "plan", explore = false, reward, lane: index = 0, actionMask }: ActOptions = {},
): Action {
  const { lanes, settings, schedule, coding, spaces } = agent;
  const lane = laneAt(lanes, index);
  expectSeen(agent, value, { reward, actionMask });
  const observation = rowOf(spaces.observationSpace, value);
  if (policy !== "plan" && policy !== "habit")
    throw new RangeError(`policy: expected "plan" or "habit", got ${String(policy)}`);
  const mask = actionMask && lane.planner.record.mask;
  if (mask) writeMask(spaces.actionSpace, actionMask, mask);
  lane.observation.set(observation);
  if (reward !== undefined) lane.counts.reward = reward;
  const isBlind = policy === "plan" && explore && schedule.counts.learned < settings.warmup;
  if (!isBlind) believe(agent, lane, explore);
  const isSeeking = policy === "plan" && explore && !isBlind && index === 0 && seeks(agent, lane);
  const chosenBy = isBlind ? "chance" : isSeeking ? "curiosity" : policy;
  const action = CHOICES[chosenBy](agent, lane, explore, mask);
  lane.counts.chosenBy = chosenBy;
  lane.counts.hasLesson = chosenBy === "plan";
  lane.counts.isOverruled = false;
  lane.counts.actions++;
  // so that the belief can follow its effect on the next observation
  encodeAction(coding, action, lane.action);
  lane.counts.reward = Number.NaN;
  return action;
}

/** @throws TypeError or RangeError unless they are an observation, and a reward and a mask where there are any */
function expectSeen(
  { mind, counts: { steps }, spaces }: AgentState,
  value: unknown,
  { reward, actionMask }: Pick<ActOptions, "reward" | "actionMask">,
): void {
  const problem =
    valueProblem(spaces.observationSpace, "observation", value, mind) ??
    (reward === undefined ? undefined : numberProblem("reward", reward)) ??
    maskProblem(spaces.actionSpace, actionMask);
  if (problem !== undefined) throw faultOf(problem, `step ${steps + 1}`);
}

/** Whether a step of learning seeks information alone. */
function seeks({ curiosity, settings, schedule, mind }: AgentState, { counts }: Lane): boolean {
  if (curiosity === undefined) return false;
  return seeksInformation(curiosity, {
    steps: schedule.counts.remembered - settings.warmup,
    horizon: settings.horizon,
    isFirst: counts.chosenBy === "nobody",
    hasGoal: mind.hasGoal(),
  });
}

/** Steps of a belief's draws while evaluating: beyond any that learning reaches. */
const EVALUATION_STEPS = 0x80000000;

/** The belief takes in an observation, with the last action and its reward; habit and value then read its features. */
function believe({ counts }: AgentState, lane: Lane, explore: boolean): void {
  const { belief, features, action, observation } = lane;
  const { reward, actions } = lane.counts;
  const evidence = { action, observation, reward: Number.isNaN(reward) ? undefined : reward };
  lane.counts.terms = belief.update(evidence, explore ? counts.steps : EVALUATION_STEPS + actions);
  belief.features(features);
}

type Choose = (agent: AgentState, lane: Lane, explore: boolean, mask: Mask) => Action;

const CHOICES: Readonly<Record<ChosenBy, Choose>> = {
  chance: (agent, _lane, _explore, mask) => {
    const spectrum = agent.settings.correlation === "spectrum" ? SPECTRUM : [0];
    return chooseAtRandom(agent, agent.counts.steps, spectrum, mask);
  },
  curiosity: (agent, lane, explore, mask) => actByPlan(agent, lane, explore, { isCurious: true, mask }),
  habit: (agent, { features }, explore, mask) =>
    chooseFromHabit(agent, agent.mind.guide, features, explore ? agent.counts.steps : undefined, mask),
  plan: (agent, lane, explore, mask) => actByPlan(agent, lane, explore, { isCurious: false, mask }),
};

/** Forgets a plan whose scores are no numbers. @returns what to throw */
function failedPlan({ planner, counts }: Lane): Error {
  const [value] = planner.info;
  resetPlans(planner);
  planner.info.fill(0);
  planner.label.fill(0);
  counts.isOverruled = true;
  return new Error(
    `act: expected finite scores from the model, got ${value}; what was observed lies too far from all that was learned`,
  );
}

/** A draw from the posterior of the first action, or its centre. */
function actByPlan(
  agent: AgentState,
  lane: Lane,
  explore: boolean,
  { isCurious, mask }: { readonly isCurious: boolean; readonly mask: Mask },
): Action {
  const { core, mind, settings, counts } = agent;
  const { chosenBy, isOverruled } = lane.counts;
  const isRunning = !isOverruled && chosenBy === (isCurious ? "curiosity" : "plan");
  if (isRunning) shiftPlans(lane.planner);
  else resetPlans(lane.planner);
  // while learning the draws follow the steps learned from; otherwise the steps of the episode
  const stream = explore ? STREAMS.plan : STREAMS.evaluation;
  const step = explore ? counts.steps : lane.counts.actions;
  const iterations = settings.iterations + (isRunning ? 0 : settings.firstIterations);
  const isInformed = isCurious || settings.informationWeight !== 0;
  if (isInformed !== lane.planner.record.isInformed) weighInformation(core, lane.planner, isInformed);
  allowFirst(core, lane.planner.plan, mask);
  lane.belief.particles(lane.planner, { stream, step });
  solvePlans(core, lane.planner, mind.readiness(), { stream, step, iterations, isCurious });
  if (!Number.isFinite(lane.planner.info[0])) throw failedPlan(lane);
  agent.planned = lane;
  const isDrawn = explore && settings.exploration === "sample";
  return chooseFromPlan(agent, lane.planner, isDrawn ? counts.steps : undefined, mask);
}
