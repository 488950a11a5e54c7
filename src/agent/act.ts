import { expectBoolean, expectKnownNames, shown } from "../core/expect.ts";
import { allowFirst } from "../core/planner.ts";
import { faultOf, numberProblem } from "../core/readings.ts";
import { STREAMS } from "../core/streams.ts";
import { valueProblem } from "../environments/checkValue.ts";
import type { Action, Observation } from "../environments/environment.ts";
import { rowOf } from "../environments/flatten.ts";
import { maskProblem, writeMask } from "../environments/mask.ts";
import { SPECTRUM, setHorizon, weighInformation } from "../inference/plan.ts";
import { type Round, resetPlans, shiftPlans, solvePlans } from "../inference/planner.ts";
import { encodeAction } from "../models/actionCoding.ts";
import { type Chooser, chooseAtRandom, chooseFromHabit, chooseFromPlan, type Mask } from "./choose.ts";
import { seeksInformation } from "./curiosity.ts";
import type { ActOptions, ChosenBy, Policy } from "./interface.ts";
import { enterObservation, type Lane, laneAt } from "./lane.ts";
import type { AgentState } from "./mind.ts";

const OPTIONS = [
  "policy",
  "explore",
  "reward",
  "lane",
  "actionMask",
] as const satisfies readonly (keyof ActOptions)[];

/** E-step: the belief takes in the observation, and an action is drawn, planned or done by habit. */
export function act(agent: AgentState, value: Observation, options: ActOptions = {}): Action {
  expectKnownNames("options", options, OPTIONS);
  const { policy = "plan", explore = false, reward, lane: index = 0, actionMask } = options;
  expectBoolean("explore", explore);
  const lane = laneAt(agent.lanes, index);
  expectSeen(agent, value, { reward, actionMask });
  expectPolicy(policy);
  const mask = see(agent, lane, value, { reward, actionMask });
  const chosenBy = waysOf(agent, { policy, explore }, () => index === 0 && seeks(agent, lane));
  if (chosenBy !== "chance") believe(agent, lane, explore);
  const isCurious = chosenBy === "curiosity";
  const draws = drawsOf(agent, lane, explore);
  if (isCurious || chosenBy === "plan") planAlone(agent, lane, draws, { isCurious, mask });
  const action = choose(agent, lane, { chosenBy, explore, mask });
  follow(agent, lane, action, chosenBy);
  return action;
}

/** @throws RangeError unless it is a policy */
export function expectPolicy(policy: Policy): void {
  if (policy !== "plan" && policy !== "habit")
    throw new RangeError(`policy: expected "plan" or "habit", got ${shown(policy)}`);
}

/** How the next action is chosen. @param seeksNow whether information is sought instead of rewards, where that may be */
export function waysOf(
  { schedule, settings }: AgentState,
  { policy, explore }: { readonly policy: Policy; readonly explore: boolean },
  seeksNow: () => boolean,
): ChosenBy {
  if (policy === "habit" || !explore) return policy;
  if (schedule.counts.learned < settings.warmup) return "chance";
  return seeksNow() ? "curiosity" : policy;
}

/** The lane keeps what is seen, and the reward that came with it. @returns the mask */
export function see(
  { spaces, mind }: AgentState,
  lane: Lane,
  value: Observation,
  { reward, actionMask }: Pick<ActOptions, "reward" | "actionMask">,
): Mask {
  const mask = actionMask && lane.planner.record.mask;
  if (mask) writeMask(spaces.actionSpace, actionMask, mask);
  enterObservation(lane.observation, rowOf(spaces.observationSpace, value), mind.origin);
  if (reward !== undefined) lane.counts.reward = reward;
  return mask;
}

/** Stores the action and how it was chosen in the lane. */
export function follow({ coding }: AgentState, lane: Lane, action: Action, chosenBy: ChosenBy): void {
  lane.counts.chosenBy = chosenBy;
  lane.counts.hasLesson = chosenBy === "plan";
  lane.counts.isOverruled = false;
  lane.counts.actions++;
  // so that the belief can follow its effect on the next observation
  encodeAction(coding, action, lane.action);
  lane.counts.reward = Number.NaN;
}

/** @throws TypeError or RangeError unless they are an observation, and a reward and a mask where there are any */
export function expectSeen(
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
export function seeks({ curiosity, settings, schedule, mind }: AgentState, { counts }: Lane): boolean {
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
export function believe({ counts }: AgentState, lane: Lane, explore: boolean): void {
  const { belief, features, action, observation } = lane;
  const { reward, actions } = lane.counts;
  const evidence = { action, observation, reward: Number.isNaN(reward) ? undefined : reward };
  lane.counts.terms = belief.update(evidence, explore ? counts.steps : EVALUATION_STEPS + actions);
  belief.features(features);
}

/** The action of a lane, whose plan was solved where it is chosen by one. @param chooser draws its numbers */
export function choose(
  agent: AgentState,
  { features, planner }: Lane,
  {
    chosenBy,
    explore,
    mask,
  }: { readonly chosenBy: ChosenBy; readonly explore: boolean; readonly mask: Mask },
  chooser: Chooser = agent,
): Action {
  const { settings, mind, lanes } = agent;
  const { steps } = agent.counts;
  if (chosenBy === "habit")
    return chooseFromHabit(chooser, mind.guide, features, explore ? steps : undefined, mask);
  const isDrawn = explore && settings.exploration === "sample";
  if (chosenBy !== "chance") return chooseFromPlan(chooser, planner, isDrawn ? steps : undefined, mask);
  const spectrum = settings.correlation === "spectrum" ? SPECTRUM : [0];
  // persistence is one of a lane's own steps; one more lane is reserved for evaluation
  return chooseAtRandom(chooser, Math.floor(steps / (lanes.length - 1)), spectrum, mask);
}

/** What the draws of plans follow. */
type Draws = Pick<Round, "stream" | "step">;

/** @throws Error when the scores of the plan are no numbers: it is forgotten then */
export function expectPlan({ planner, counts }: Lane): void {
  const [value] = planner.info;
  if (Number.isFinite(value)) return;
  resetPlans(planner);
  planner.info.fill(0);
  planner.label.fill(0);
  counts.isOverruled = true;
  throw new Error(
    `act: expected finite scores from the model, got ${value}; what was observed lies too far from all that was learned`,
  );
}

/** While learning the draws follow the steps learned from; otherwise the steps of the episode. */
export function drawsOf({ counts }: AgentState, lane: Lane, explore: boolean): Draws {
  return explore
    ? { stream: STREAMS.plan, step: counts.steps }
    : { stream: STREAMS.evaluation, step: lane.counts.actions };
}

/** Solves the plan of a lane. */
export function planAlone(
  agent: AgentState,
  lane: Lane,
  draws: Draws,
  { isCurious, mask }: { readonly isCurious: boolean; readonly mask: Mask },
): void {
  const { core, mind, settings } = agent;
  const isRunning = beginPlan(agent, lane, draws, isCurious);
  const iterations = settings.iterations + (isRunning ? 0 : settings.firstIterations);
  allowFirst(core, lane.planner.plan, mask);
  solvePlans(core, lane.planner, mind.readiness(), { ...draws, iterations, isCurious });
  expectPlan(lane);
  agent.planned = lane;
}

/**
 * Moves a lane's plan one step on, or forgets it where the last action was no such plan; the belief writes where it begins.
 *
 * @returns whether it goes on
 */
export function beginPlan(
  { core, mind, settings }: AgentState,
  lane: Lane,
  draws: Draws,
  isCurious: boolean,
): boolean {
  const { planner } = lane;
  const { chosenBy, isOverruled } = lane.counts;
  const isRunning = !isOverruled && chosenBy === (isCurious ? "curiosity" : "plan");
  setHorizon(core, planner, isCurious && mind.looksFar());
  if (isRunning) shiftPlans(planner);
  else resetPlans(planner);
  const isInformed = isCurious || settings.informationWeight !== 0;
  if (isInformed !== planner.record.isInformed) weighInformation(core, planner, isInformed);
  lane.belief.particles(planner, draws);
  return isRunning;
}
