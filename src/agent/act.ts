import { faultOf, numberProblem, vectorProblem } from "../core/readings.ts";
import { STREAMS } from "../core/streams.ts";
import type { Action } from "../environments/environment.ts";
import { SPECTRUM, weighInformation } from "../inference/plan.ts";
import { resetPlans, shiftPlans, solvePlans } from "../inference/planner.ts";
import { encodeAction } from "../models/actionCoding.ts";
import { chooseAtRandom, chooseFromHabit, chooseFromPlan } from "./choose.ts";
import { seeksInformation } from "./curiosity.ts";
import type { ActOptions, ChosenBy } from "./interface.ts";
import { type Lane, laneAt } from "./lane.ts";
import type { AgentState } from "./mind.ts";

/** E-step: the belief takes in the observation, and an action is drawn, planned or done by habit. */
export function act(
  agent: AgentState,
  observation: ArrayLike<number>,
  { policy = "plan", explore = false, reward, lane: index = 0 }: ActOptions = {},
): Action {
  const { lanes, settings, schedule, coding } = agent;
  const lane = laneAt(lanes, index);
  expectSeen(agent, lane, observation, reward);
  if (policy !== "plan" && policy !== "habit")
    throw new RangeError(`policy: expected "plan" or "habit", got ${String(policy)}`);
  lane.observation.set(observation);
  if (reward !== undefined) lane.counts.reward = reward;
  const isBlind = policy === "plan" && explore && schedule.counts.learned < settings.warmup;
  if (!isBlind) believe(agent, lane, explore);
  const isSeeking = policy === "plan" && explore && !isBlind && index === 0 && seeks(agent, lane);
  const chosenBy = isBlind ? "chance" : isSeeking ? "curiosity" : policy;
  const action = CHOICES[chosenBy](agent, lane, explore);
  lane.counts.chosenBy = chosenBy;
  lane.counts.hasLesson = chosenBy === "plan";
  lane.counts.isOverruled = false;
  lane.counts.actions++;
  // so that the belief can follow its effect on the next observation
  encodeAction(coding, action, lane.action);
  lane.counts.reward = Number.NaN;
  return action;
}

/** @throws TypeError or RangeError unless they are an observation, and a reward where there is one */
function expectSeen(
  { mind, counts: { steps } }: AgentState,
  { observation: { length } }: Lane,
  observation: unknown,
  reward: unknown,
): void {
  const problem =
    vectorProblem("observation", observation, length, mind) ??
    (reward === undefined ? undefined : numberProblem("reward", reward));
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

const CHOICES: Readonly<Record<ChosenBy, (agent: AgentState, lane: Lane, explore: boolean) => Action>> = {
  chance: (agent) =>
    chooseAtRandom(agent, agent.counts.steps, agent.settings.correlation === "spectrum" ? SPECTRUM : [0]),
  curiosity: (agent, lane, explore) => actByPlan(agent, lane, explore, true),
  habit: (agent, { features }, explore) =>
    chooseFromHabit(agent, agent.mind.guide, features, explore ? agent.counts.steps : undefined),
  plan: (agent, lane, explore) => actByPlan(agent, lane, explore, false),
};

/** A draw from the posterior of the first action, or its centre. */
function actByPlan(agent: AgentState, lane: Lane, explore: boolean, isCurious: boolean): Action {
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
  lane.belief.particles(lane.planner, { stream, step });
  solvePlans(core, lane.planner, mind.readiness(), { stream, step, iterations, isCurious });
  agent.planned = lane;
  const isDrawn = explore && settings.exploration === "sample";
  return chooseFromPlan(agent, lane.planner, isDrawn ? counts.steps : undefined);
}
