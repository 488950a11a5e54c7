/** The agent in its world, one decision at a time: with frames in a page, or without in Node. */
import type { Agent, Bound, Explanation, Transition } from "generative-agent";
import type { ActOptions } from "generative-agent/types";
import type { Game } from "./world.ts";

type Answer<Value> = Value | Promise<Value>;

/** What is asked of an agent: in a worker it answers later, in this thread at once. */
export interface Asked {
  readonly steps: Agent["steps"];
  readonly options: Agent["options"];
  act(observation: number[], options: ActOptions): Answer<ArrayLike<number>>;
  explain(): Answer<Explanation>;
  remember(transition: Transition): Answer<Bound>;
  update(): Answer<unknown>;
  reset(): Answer<void>;
}

/** One decision, and what came of it. */
export interface Moment {
  readonly steps: number;
  /** Of the motor, from −1 to 1. */
  readonly torque: number;
  readonly isDriven: boolean;
  /** Why the agent chose as it did; undefined where that was not asked for. */
  readonly explanation: Explanation | undefined;
  readonly observation: readonly number[];
  readonly next: readonly number[];
  readonly reward: number;
  /** How badly the model predicted the next observation, in nats; 0 is perfect. */
  readonly surprise: number;
  readonly hasFallen: boolean;
  readonly hasStar: boolean;
}

export interface Wanted {
  /** The visitor's torque; undefined where the agent is to act. */
  readonly driven?: number | undefined;
  readonly explains?: boolean;
  /** Advances the world by the frames of one decision. */
  animate(frame: () => void): Answer<void>;
}

/** The star is reached within so many metres. */
const REACH = 0.4;

/** Begins in the world; the answer takes one decision at a time. */
export function createRound(agent: Asked, game: Game, seed: number): (wanted: Wanted) => Promise<Moment> {
  let observation = game.reset({ seed }).observation;
  return async ({ driven, explains = false, animate }) => {
    const isDriven = driven !== undefined;
    const action = isDriven ? [driven] : await agent.act(observation, { explore: true });
    const explanation = explains && !isDriven ? await agent.explain() : undefined;
    // the agent learns from the last decision while the frames of this one pass
    const learning = agent.update();
    game.begin(action);
    await animate(game.frame);
    const step = game.end();
    await learning;
    const transition = { ...step, observation, action, nextObservation: step.observation };
    const hasStar = !step.terminated && Math.abs(step.observation[2]) < REACH;
    const isOver = step.terminated || step.truncated || hasStar;
    const bound = await agent.remember({ ...transition, truncated: isOver && !step.terminated });
    const moment = {
      ...{ steps: agent.steps, torque: action[0], isDriven, explanation, hasStar, reward: step.reward },
      ...{ observation, next: step.observation, hasFallen: step.terminated },
      surprise: -bound.stateConsistency,
    };
    observation = step.observation;
    if (isOver) {
      await agent.reset();
      // a robot that stands is left standing
      observation = step.terminated ? game.reset().observation : game.moveStar();
    }
    return moment;
  };
}
