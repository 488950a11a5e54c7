/** An agent in its world, one decision at a time. */
import {
  type Agent,
  createAgent,
  createEnvironment,
  type Environment,
  loadAgent,
  type Policy,
  recommendedOptions,
  repeatAction,
  type World,
} from "generative-agent";
import type { Begun, Episode, Frame } from "../protocol.ts";
import { type Task, taskOf } from "../tasks.ts";
import { beliefOf, fanOf } from "./mind.ts";
import { createReader, type Reader } from "./reader.ts";

export interface Life {
  readonly agent: Agent;
  readonly world: World;
  /** The world as the agent acts in it: an action lasts as many steps as its options say. */
  readonly acted: Environment;
  readonly task: Task;
  readonly reader: Reader;
  readonly seed: number;
  policy: Policy;
  observation: ArrayLike<number>;
  reward: number | undefined;
  episode: number;
  isFirst: boolean;
  sum: number;
}

/** A new agent, or the one in a file, at the start of the first episode of the seed. */
export async function beginLife(name: string, seed: number, bytes?: Uint8Array): Promise<Life> {
  const task = taskOf(name);
  const world = await createEnvironment(task.name);
  const agent = bytes
    ? await loadAgent(bytes)
    : await createAgent(world, { ...recommendedOptions(task.name), seed });
  expectFit(agent, world, task);
  const life: Life = {
    ...{ agent, world, task, seed },
    acted: repeatAction(world, agent.options.actionRepeat),
    reader: createReader("latentSize" in agent.options ? agent.options.latentSize : 0),
    ...{ policy: "plan", observation: [], reward: undefined, episode: 0, isFirst: true, sum: 0 },
  };
  beginEpisode(life, seed);
  return life;
}

function expectFit(agent: Agent, world: World, { title }: Task): void {
  const key = ({ observationSpace, actionSpace }: Pick<World, "observationSpace" | "actionSpace">) =>
    JSON.stringify([observationSpace.low.length, actionSpace]);
  if (key(agent.spaces) !== key(world))
    throw new Error(
      `That agent was saved in another world than ${title}: choose its world, then open it again.`,
    );
}

/** Begins the next episode, or that of a seed. */
export function beginEpisode(life: Life, seed?: number): void {
  life.observation = life.world.reset(seed === undefined ? {} : { seed }).observation;
  life.agent.reset();
  life.episode++;
  life.reward = undefined;
  life.isFirst = true;
  life.sum = 0;
}

export function begunOf({ agent, task, seed }: Life): Begun {
  const { warmup, informationWeight } = agent.options;
  return { task: task.name, seed, steps: agent.steps, warmup, informationWeight };
}

/**
 * One decision and what comes of it. The planner explores and learns, exactly as `train` does; the habit acts alone, and
 * nothing is learned meanwhile.
 *
 * @param isSeen whether the frame is to be drawn: looking into the mind takes its time
 */
export function stepLife(
  life: Life,
  isSeen: boolean,
): { frame: Frame | undefined; episode: Episode | undefined } {
  const { agent, world, acted, task, policy, observation, reward, isFirst } = life;
  const before = world.state();
  const steps = agent.steps;
  const action = agent.act(observation, {
    policy,
    explore: policy === "plan",
    ...(reward !== undefined && { reward }),
  });
  const { belief, plan } = agent.explain({ plan: isSeen });
  const mind = { fan: fanOf(plan), belief: beliefOf(belief, task, life.reader, before) };
  const step = acted.step(action);
  const bound =
    policy === "plan"
      ? agent.learn({ ...step, observation, action, nextObservation: step.observation }).bound
      : undefined;
  life.sum += step.reward;
  life.observation = step.observation;
  life.reward = step.reward;
  life.isFirst = false;
  const frame: Frame = {
    ...{ steps: agent.steps, episode: life.episode, isFirst, sum: life.sum, bound, ...mind },
    ...{ before, state: world.state() },
    action: typeof action === "number" ? action : action[0],
    chosen: policy === "plan" && steps < agent.options.warmup ? "at random" : policy,
  };
  const isOver = step.terminated || step.truncated;
  const episode = { episode: life.episode, steps: agent.steps, return: life.sum, policy };
  if (isOver) beginEpisode(life);
  return { frame, episode: isOver ? episode : undefined };
}
