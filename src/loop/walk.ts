import { andThen, isPromise } from "../core/promises.ts";
import type { Action, Environment, Observation, Start, Step } from "../environments/environment.ts";
import type { ActionMask } from "../environments/mask.ts";
import { type RepeatedEnvironment, repeatAction } from "../environments/wrappers/repeatAction.ts";
import { copyOf, refusedAnswer } from "./answers.ts";
import { beginTrace, extendTrace, type Trace } from "./trace.ts";

/** Where an agent is in a world: plain data, so that it can be saved. */
export interface Place {
  /** 1, 2, 3 …; 0 before the first. */
  episode: number;
  /** Whether the episode goes on: otherwise the next decision begins another. */
  isRunning: boolean;
  /** The newest observation. */
  observation: Observation;
  /** Which actions may follow it; left out where the world does not say. */
  actionMask?: ActionMask | undefined;
  /** The reward that came with it; undefined at the first of an episode. */
  reward: number | undefined;
  /** Environment steps, decisions and the sum of the rewards, of the episode so far. */
  length: number;
  decisions: number;
  return: number;
}

/** One agent's way through the episodes of one world. */
export interface Walk {
  /** With actions that last as long as the agent's do. */
  readonly world: RepeatedEnvironment;
  readonly place: Place;
  /** How the running episode came here, where it may have to be replayed. */
  readonly trace: Trace | undefined;
}

/** What walks: it chooses actions, and forgets its running episode. */
export interface Walker {
  reset(): void;
  act(observation: Observation, reward: number | undefined, actionMask: ActionMask | undefined): Action;
}

/** One decision, and what the world answered. */
export interface Decision {
  /** What the action was chosen at. */
  readonly observation: Observation;
  readonly action: Action;
  readonly step: Step;
  /** Why the episode ended here, where a reading of the answer was refused: `step` is then as it came, but truncated. */
  readonly fault?: string;
}

/** Before the first episode. */
export function noPlace(): Place {
  return {
    episode: 0,
    isRunning: false,
    observation: [],
    reward: undefined,
    length: 0,
    decisions: 0,
    return: 0,
  };
}

export function createWalk(
  environment: Environment,
  actionRepeat: number,
  { place = noPlace(), trace }: Partial<Pick<Walk, "place" | "trace">> = {},
): Walk {
  return { world: repeatAction(environment, actionRepeat), place, trace };
}

/**
 * One decision further; in a new episode where the last is over.
 *
 * @param seedOf seed of an episode by its number, 1, 2, 3 …
 * @returns at once where the world answers at once
 */
export function decide(
  walk: Walk,
  walker: Walker,
  seedOf: (episode: number) => number,
): Decision | PromiseLike<Decision> {
  if (walk.place.isRunning) return act(walk, walker);
  const begun = begin(walk, () => walker.reset(), seedOf(walk.place.episode + 1));
  return andThen(begun, (failed) => failed ?? act(walk, walker));
}

/** Begins an episode. @returns undefined; where a reading of its first answer was refused, what came of it */
export function begin(
  walk: Walk,
  reset: () => void,
  seed: number,
): Decision | undefined | PromiseLike<Decision | undefined> {
  return unlessRefused<Decision | undefined>(
    () => beginEpisode(walk, reset, seed),
    (fault, answer) => failToBegin(walk.place, fault, answer),
  );
}

function beginEpisode(
  { world, place, trace }: Walk,
  reset: () => void,
  seed: number,
): undefined | PromiseLike<undefined> {
  return andThen(world.reset({ seed }), (start) => {
    const { observation } = start;
    reset();
    if (trace !== undefined) beginTrace(trace, start);
    Object.assign(place, { isRunning: true, observation, reward: undefined });
    setMask(place, start);
    Object.assign(place, { length: 0, decisions: 0, return: 0 });
    place.episode++;
    return undefined;
  });
}

function act(walk: Walk, walker: Walker): Decision | PromiseLike<Decision> {
  const { observation, reward, actionMask } = walk.place;
  return takeStep(walk, walker.act(observation, reward, actionMask));
}

/** The world's answer to an action. */
export function takeStep(walk: Walk, action: Action): Decision | PromiseLike<Decision> {
  const { observation } = walk.place;
  return unlessRefused(
    () => andThen(walk.world.step(action), (step) => arriveAt(walk, { observation, action, step })),
    (fault, answer) => {
      walk.place.isRunning = false;
      const step = { ...(answer as Step), terminated: false, truncated: true };
      return { observation, action, step, fault };
    },
  );
}

/** An episode that was over before it began. */
function failToBegin(place: Place, fault: string, { observation }: Start): Decision {
  const step = { observation, reward: 0, terminated: false, truncated: true };
  Object.assign(place, { observation: [], reward: undefined, length: 0, decisions: 0, return: 0 });
  place.episode++;
  return { observation: [], action: [], step, fault };
}

/** What is asked for; where a reading of the world was refused, what `refuse` makes of that. */
function unlessRefused<Result>(
  ask: () => Result | PromiseLike<Result>,
  refuse: (fault: string, answer: Start | Step) => Result,
): Result | PromiseLike<Result> {
  const fail = (error: unknown): Result => {
    const answer = refusedAnswer(error);
    if (answer === undefined) throw error;
    return refuse((error as Error).message, answer);
  };
  try {
    const result = ask();
    return isPromise(result) ? (result as PromiseLike<Result>).then((value) => value, fail) : result;
  } catch (error) {
    return fail(error);
  }
}

function arriveAt({ world, place, trace }: Walk, decision: Decision): Decision {
  if (trace !== undefined) extendTrace(trace, decision.action, decision.step);
  const { observation, reward, terminated, truncated } = decision.step;
  place.observation = observation;
  setMask(place, decision.step);
  place.reward = reward;
  place.length += world.length;
  place.decisions++;
  place.return += reward;
  place.isRunning = !terminated && !truncated;
  return decision;
}

/** Keeps the mask that came with an answer: a place without one has no such member. */
function setMask(place: Place, { info }: Start): void {
  if (info?.actionMask === undefined) delete place.actionMask;
  else place.actionMask = copyOf(info.actionMask);
}
