/** An agent in its world, one decision at a time. */
import { type Agent, createAgent, createEnvironment, loadAgent, type Run, train } from "generative-agent";
import type { Policy, World } from "generative-agent/types";
import type { Begun, Episode, Frame } from "../protocol.ts";
import { type Task, taskOf } from "../tasks.ts";
import { beliefOf, fanOf } from "./mind.ts";
import { createReader, type Reader } from "./reader.ts";

export interface Training {
  readonly agent: Agent;
  readonly world: World;
  readonly task: Task;
  readonly reader: Reader;
  readonly seed: number;
  policy: Policy;
  /** Begins with the next step where there is none. */
  run: Run | undefined;
  /** Whether the next step is the first of its episode. */
  isFirst: boolean;
  /** Whether the next step is to be drawn, and what there was to see before the world answered. */
  isSeen: boolean;
  seen: Seen | undefined;
}

/** The true state and the mind, when an action was chosen. */
type Seen = Pick<Frame, "before" | "fan" | "belief">;

/** A new agent, or the one in a file, at the start of its next episode. */
export async function beginTraining(name: string, seed: number, bytes?: Uint8Array): Promise<Training> {
  const task = taskOf(name);
  const world = await createEnvironment(task.name);
  const agent = bytes
    ? await loadAgent(bytes)
    : await createAgent(world, { model: task.hidden ? "latent" : "observed", seed });
  expectFit(agent, world, task);
  return {
    ...{ agent, world, task, seed },
    reader: createReader("latentSize" in agent.options ? agent.options.latentSize : 0),
    run: undefined,
    ...{ policy: "plan", isFirst: true, isSeen: false, seen: undefined },
  };
}

/** An endless run, in a world that shows the agent's mind when an action arrives. */
function runOf(training: Training): Run {
  const { agent, world, seed } = training;
  const step: World["step"] = (action) => {
    // an action may last several steps
    training.seen ??= lookInto(training);
    return world.step(action);
  };
  return train(agent, { ...world, step }, { steps: Number.MAX_SAFE_INTEGER, seed });
}

function lookInto({ agent, world, task, reader, isSeen }: Training): Seen {
  const before = world.state();
  const { belief, plan } = agent.explain({ plan: isSeen });
  return { before, fan: fanOf(plan), belief: beliefOf(belief, task, reader, before) };
}

function expectFit(agent: Agent, world: World, { title }: Task): void {
  const key = ({ observationSpace, actionSpace }: Agent["spaces"]) =>
    JSON.stringify([observationSpace.kind === "box" && observationSpace.low.length, actionSpace]);
  if (key(agent.spaces) !== key(world))
    throw new Error(
      `That agent was saved in another world than ${title}: choose its world, then open it again.`,
    );
}

/**
 * Begins the agent's next episode; its number, and the start that follows from it, count on through all that the agent learned
 * from. The habit adds nothing to that count: it begins the same episode again.
 */
export function restart(training: Training): void {
  training.run = undefined;
  training.isFirst = true;
}

export function begunOf({ agent, task, seed }: Training): Begun {
  const { warmup, informationWeight } = agent.options;
  return { task: task.name, seed, steps: agent.steps, warmup, informationWeight };
}

/**
 * One decision and what comes of it. The planner explores and learns, exactly as `train` does; the habit acts alone, and
 * nothing is learned meanwhile.
 *
 * @param isSeen whether the frame is to be drawn: looking into the mind takes its time
 */
export async function stepTraining(
  training: Training,
  isSeen: boolean,
): Promise<{ frame: Frame | undefined; episode: Episode | undefined }> {
  const { agent, world, policy, isFirst } = training;
  const isChance = policy === "plan" && agent.steps < agent.options.warmup;
  Object.assign(training, { isSeen, seen: undefined });
  training.run ??= runOf(training);
  const report = await training.run.step({ policy });
  if (report === undefined || training.seen === undefined) return { frame: undefined, episode: undefined };
  const { action, episode, bound, return: sum, episodeReport } = report;
  const place = { steps: agent.steps, episode };
  const frame: Frame = {
    ...{ ...place, isFirst, sum, bound, ...training.seen, state: world.state() },
    action: typeof action === "number" ? action : action[0],
    chosen: isChance ? "at random" : policy,
  };
  training.isFirst = episodeReport !== undefined;
  return {
    frame,
    episode: episodeReport && { ...place, return: sum, policy, findings: episodeReport.findings ?? [] },
  };
}
