/** Why an agent may fail to learn, in sentences with figures. */
import type { AgentEvidence } from "./evidence.ts";
import { holdsOf } from "./hold.ts";
import type { Agent } from "./interface.ts";
import type { ForesightEvidence } from "./watch/foresight.ts";

/** What {@link diagnose} can find. */
export type FindingCode =
  | "no-reward"
  | "plans-alike"
  | "plan-no-better"
  | "habit-disagrees"
  | "model-no-better"
  | "ends-at-once"
  | "observation-constant"
  | "dimension-dominates"
  | "episodes-cut";

/** One thing that keeps an agent from learning. */
export interface Finding {
  /** For a program: which of the nine it is. */
  readonly code: FindingCode;
  /** What was measured, in one sentence with its figures. */
  readonly evidence: string;
  /** What to try first, in one sentence. */
  readonly suggestion: string;
}

/**
 * What keeps an agent from learning, by what it has seen and what its model expects. Each finding has a code, one sentence with
 * the figures it rests on, and one suggestion.
 *
 * | code | raised when |
 * |---|---|
 * | `no-reward` | no reward has differed from the others, and the world has not ended; or all were 0 |
 * | `plans-alike` | the newest plans could not tell their action sequences apart |
 * | `plan-no-better` | plans gain nothing over random actions in the model |
 * | `habit-disagrees` | the habit follows the plans no better than one action that never changes |
 * | `model-no-better` | the model predicts no number of the observation better than "no change" does |
 * | `ends-at-once` | the world ends episodes within two steps |
 * | `observation-constant` | no number of the observation has varied |
 * | `dimension-dominates` | one number of the observation makes up most of the model's error, and is not predicted |
 * | `episodes-cut` | every episode is cut short before the steps are over that plans look ahead |
 *
 * An agent that acts on a belief (`model: "latent"`) is not asked for `plan-no-better`, `model-no-better` and `dimension-dominates`. What
 * was watched is not saved: a loaded agent has to act and learn for a while before all findings can be made. Nothing that is
 * learned, done or saved depends on a diagnosis. It takes as long as some plans: tens of milliseconds.
 *
 * @returns the findings; an empty array when nothing stands out, or too little was seen
 *
 * @example
 * const agent = await createAgent(await createEnvironment("pendulum"), { seed: 1 });
 * diagnose(agent); // []
 */
export function diagnose(agent: Agent): readonly Finding[] {
  const evidence = holdsOf(agent).evidence();
  return evidence === undefined ? [] : findingsIn(evidence);
}

/** Of what an agent has seen. */
export function findingsIn(evidence: AgentEvidence): readonly Finding[] {
  const { steps, ready } = evidence;
  const early = steps < ready ? [] : [constant(evidence), atOnce(evidence), cut(evidence)];
  const later = steps < ready + SETTLED ? [] : settled(evidence);
  return [...early, ...later].filter((finding) => finding !== undefined);
}

/** Steps that an agent plans with habit and value before its plans are judged. */
const SETTLED = 200;

type Maybe = Finding | undefined;

/** Findings of an agent that has planned for a while. What follows from another finding is not told beside it. */
function settled(evidence: AgentEvidence): readonly Maybe[] {
  const unrewarded = noReward(evidence);
  // without a reward plans seek information, and have nothing else to tell apart
  const planning =
    unrewarded === undefined ? [alike(evidence) ?? noBetter(evidence), disagrees(evidence)] : [unrewarded];
  return [...planning, ...foreseen(evidence)];
}

function noReward({ steps, rewardLow, rewardHigh, terminations, curiosity }: AgentEvidence): Maybe {
  if (rewardLow !== rewardHigh || (terminations > 0 && rewardLow !== 0)) return undefined;
  const ended =
    terminations > 0 ? `, in ${terminations} episodes that ended` : ", and the world has not ended";
  return {
    code: "no-reward",
    evidence: `Each of ${steps} rewards was ${figure(rewardLow)}${ended}.`,
    suggestion:
      `Pay a part of the reward on the way to the goal, or begin some episodes near it; ` +
      `a larger \`curiosity\` (now ${curiosity}) searches longer.`,
  };
}

/** Plans that are looked back at, at least; the share of sequences from which on they tell nothing apart; and the share of its greatest spread that the first action then keeps. */
const [ENOUGH_PLANS, ALIKE, SPREAD] = [200, 0.95, 0.6];

function alike({ planning, candidates, horizon }: AgentEvidence): Maybe {
  const { plans, share, own, widest } = planning;
  // a plan that has settled on one action has sequences alike, too
  if (plans < ENOUGH_PLANS || share < ALIKE || own < SPREAD * widest) return undefined;
  return {
    code: "plans-alike",
    evidence:
      `In the newest plans ${figure(share * candidates)} of ${candidates} action sequences counted on average: ` +
      `the model expects nearly the same of all within ${horizon} steps.`,
    suggestion: `Check that \`step\` uses the action; where it does, raise \`horizon\` (now ${horizon}).`,
  };
}

/** Gain of plans, in shares of the spread of returns, below which it is none. */
const LEAST_GAIN = 0.015;

function noBetter({ compare, planning, rewardLow, rewardHigh }: AgentEvidence): Maybe {
  if (compare === undefined || planning.plans < ENOUGH_PLANS || rewardLow === rewardHigh) return undefined;
  const { plans, gain, error } = compare();
  if (!(gain < LEAST_GAIN || gain < 2 * error)) return undefined;
  return {
    code: "plan-no-better",
    evidence:
      `At ${plans} remembered states the plan gains ${figure(100 * gain)} ± ${figure(100 * error)} % of the spread of ` +
      "returns over random actions, in the model.",
    suggestion:
      "Check that `step` uses the action, and that the observation shows what it changes; " +
      'where it cannot, use `model: "latent"`.',
  };
}

/** Plans that a habit has to follow, at least. */
const FOLLOWED_PLANS = 400;
/** Share of the constant action's distance, and distance in the action's range, from which on the habit does not follow. */
const [NO_NEARER, APART] = [0.9, 0.15];

function disagrees({ planning, imagination }: AgentEvidence): Maybe {
  const { plans, habit, own, constant } = planning;
  const [missed, worst] = [habit - own, constant - own];
  if (plans < FOLLOWED_PLANS || missed < APART || missed < NO_NEARER * worst) return undefined;
  return {
    code: "habit-disagrees",
    evidence:
      `In the newest plans the habit's action lay ${figure(100 * habit)} % of the range from the plan's; ` +
      `one action that never changes would lie ${figure(100 * constant)} % away.`,
    suggestion: `Raise \`imagination\` (now ${imagination}), so that the habit sees plans at more states.`,
  };
}

/** Steps that were predicted, at least; and the share of "no change"'s error from which on nothing is. */
const [ENOUGH_STEPS, UNFORESEEN] = [200, 0.95];
/** Of one number that dominates: its share of the error, of its own changes that is not predicted, and of the steps it moves at. */
const DOMINANT = { share: 0.8, unforeseen: 0.45, moves: 0.5, among: 3 };

function foreseen({ foresight }: AgentEvidence): readonly Maybe[] {
  if (foresight === undefined || foresight.steps < ENOUGH_STEPS) return [];
  const { errors, changes } = foresight;
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const [error, change] = [sum(errors), sum(changes)];
  if (change === 0) return [];
  if (error >= UNFORESEEN * change)
    return [
      {
        code: "model-no-better",
        evidence:
          `Over the last steps the squared error of the model is ${figure(error / change)} times that of ` +
          'predicting "no change".',
        suggestion:
          'Let the observation show what decides the next one; where it cannot, use `model: "latent"`.',
      },
    ];
  return [dominates(foresight, error)];
}

function dominates({ errors, changes, moves }: ForesightEvidence, error: number): Maybe {
  const worst = errors.indexOf(Math.max(...errors));
  const [share, unforeseen] = [errors[worst] / error, errors[worst] / changes[worst]];
  const isLarge = errors.length >= DOMINANT.among && share >= DOMINANT.share;
  if (!isLarge || unforeseen < DOMINANT.unforeseen || moves[worst] < DOMINANT.moves) return undefined;
  return {
    code: "dimension-dominates",
    evidence:
      `observation[${worst}] makes up ${figure(100 * share)} % of the model's squared error; ` +
      `${figure(100 * unforeseen)} % of its changes are not foreseen.`,
    suggestion: `Leave observation[${worst}] out where it is noise, or show what it follows from.`,
  };
}

/** Episodes that are looked at, at least. */
const ENOUGH_EPISODES = 10;
/** Mean steps of episodes that end at once. */
const AT_ONCE = 2;

function atOnce({ episodes: { episodes, ended, meanLength } }: AgentEvidence): Maybe {
  if (episodes < ENOUGH_EPISODES || ended < episodes || meanLength > AT_ONCE) return undefined;
  return {
    code: "ends-at-once",
    evidence: `The world ended each of the last ${episodes} episodes, after ${figure(meanLength)} steps on average.`,
    suggestion:
      "Check that `reset` begins where an episode can go on, and that `terminated` is true at its end alone.",
  };
}

function cut({ episodes: { episodes, ended, longest }, horizon }: AgentEvidence): Maybe {
  if (episodes < ENOUGH_EPISODES || ended > 0 || longest >= horizon) return undefined;
  return {
    code: "episodes-cut",
    evidence: `Each of the last ${episodes} episodes was cut short after at most ${longest} steps; plans look ${horizon} ahead.`,
    suggestion: `Let episodes last longer than ${horizon} steps, or report \`terminated\` where the world really ends.`,
  };
}

function constant({ dimensions, varied, steps }: AgentEvidence): Maybe {
  if (varied > 0) return undefined;
  const what =
    dimensions === 1 ? "The observation has" : `None of the ${dimensions} numbers of the observation has`;
  return {
    code: "observation-constant",
    evidence: `${what} ${dimensions === 1 ? "never " : ""}varied in ${steps} steps.`,
    suggestion: "Check that `step` answers with the new observation, not with the one of `reset`.",
  };
}

/** A number with three digits that mean something. */
function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}
