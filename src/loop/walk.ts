import { andThen, isPromise } from "../core/promises.ts";
import type { Action, Environment, Step } from "../environments/environment.ts";
import { type RepeatedEnvironment, repeatAction } from "../environments/wrappers/repeatAction.ts";
import { beginTrace, extendTrace, type Trace } from "./trace.ts";

/** Where an agent is in a world: plain data, so that it can be saved. */
export interface Place {
  /** 1, 2, 3 …; 0 before the first. */
  episode: number;
  /** Whether the episode goes on: otherwise the next decision begins another. */
  isRunning: boolean;
  /** [D] the newest observation. */
  observation: ArrayLike<number>;
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
  act(observation: ArrayLike<number>, reward: number | undefined): Action;
}

/** One decision, and what the world answered. */
export interface Decision {
  /** [D] what the action was chosen at. */
  readonly observation: ArrayLike<number>;
  readonly action: Action;
  readonly step: Step;
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
  return andThen(beginEpisode(walk, walker, seedOf(walk.place.episode + 1)), () => act(walk, walker));
}

function beginEpisode({ world, place, trace }: Walk, walker: Walker, seed: number): void | PromiseLike<void> {
  return andThen(world.reset({ seed }), (start) => {
    const { observation } = start;
    walker.reset();
    if (trace !== undefined) beginTrace(trace, start);
    Object.assign(place, { isRunning: true, observation, reward: undefined });
    Object.assign(place, { length: 0, decisions: 0, return: 0 });
    place.episode++;
  });
}

function act(walk: Walk, walker: Walker): Decision | PromiseLike<Decision> {
  const { observation, reward } = walk.place;
  const action = walker.act(observation, reward);
  const answer = walk.world.step(action);
  const arrive = (step: Step) => arriveAt(walk, { observation, action, step });
  return isPromise(answer) ? answer.then(arrive) : arrive(answer);
}

function arriveAt({ world, place, trace }: Walk, decision: Decision): Decision {
  if (trace !== undefined) extendTrace(trace, decision.action, decision.step);
  const { observation, reward, terminated, truncated } = decision.step;
  place.observation = observation;
  place.reward = reward;
  place.length += world.length;
  place.decisions++;
  place.return += reward;
  place.isRunning = !terminated && !truncated;
  return decision;
}

/** Lets other work of the event loop happen. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
