/** A training with a fault in it, and what came of the agent. */
import { timeLimit } from "../../src/environments/wrappers/timeLimit.ts";
import {
  type Agent,
  createAgent,
  createEnvironment,
  evaluate,
  loadAgent,
  type Options,
  train,
} from "../../src/index.ts";
import type { SynchronousEnvironment } from "../../src/types.ts";
import { type FaultKind, faultyWorld } from "./kinds.ts";

/** An agent of each model, and of each kind of action. */
export interface Subject {
  readonly name: string;
  readonly task: string;
  readonly options: Options;
}

const small = {
  hidden: [16, 16],
  horizon: 6,
  candidates: 16,
  warmup: 20,
  warmupUpdates: 10,
  delay: 10,
  updates: 1,
} as const;
const observed = { ...small, batch: 32, memory: 1000, lessons: 200, valueLessons: 200 } as const;
const latent = {
  ...small,
  model: "latent",
  decoderHidden: [16],
  chunk: 6,
  overshoot: 3,
  overshootStarts: 2,
  memory: 300,
} as const;

export const SUBJECTS: readonly Subject[] = [
  { name: "observed", task: "pendulum", options: observed },
  { name: "observed, discrete", task: "cartpole", options: observed },
  { name: "latent", task: "pendulum", options: latent },
];

/** Steps of a training, and of an episode of it. */
export const STEPS = 100;
const LIMIT = 20;

/** What came of a case. */
export interface Outcome {
  /** Whether an episode's report or an error told of the fault. */
  readonly isTold: boolean;
  /** Whether the training came to its end by itself. */
  readonly survived: boolean;
  /** Why the agent cannot be used any more; undefined where it can. */
  readonly dead: string | undefined;
  /** Whether it is the agent of the clean run, to the bit. */
  readonly isSame: boolean;
  /** Of an episode by the habit, after the training. */
  readonly return: number;
}

/** A training without fault. */
export interface Clean {
  readonly bytes: Uint8Array;
  readonly return: number;
}

async function make({ task, options }: Subject) {
  const environment: SynchronousEnvironment = timeLimit(await createEnvironment(task), LIMIT);
  return { environment, agent: await createAgent(environment, { ...options, seed: 1 }) };
}

export async function playClean(subject: Subject): Promise<Clean> {
  const { agent, environment } = await make(subject);
  for await (const _ of train(agent, environment, { steps: STEPS }));
  const bytes = agent.save();
  return { bytes, return: await returnOf(agent, environment) };
}

/** @param place of the fault, a step from 1 to {@link STEPS} */
export async function play(subject: Subject, kind: FaultKind, place: number, clean: Clean): Promise<Outcome> {
  const { agent, environment } = await make(subject);
  let [isTold, survived] = [false, true];
  try {
    for await (const { fault } of train(agent, faultyWorld(environment, kind, place), { steps: STEPS }))
      isTold ||= fault !== undefined;
  } catch {
    [isTold, survived] = [true, false];
  }
  let isSame = false;
  try {
    const bytes = agent.save();
    isSame = isEqual(bytes, clean.bytes);
    if (!isEqual((await loadAgent(bytes)).save(), bytes)) throw new Error("a loaded agent differs");
    for await (const { fault } of train(agent, environment, { steps: LIMIT }))
      if (fault !== undefined) throw new Error(fault);
    return { isTold, survived, dead: undefined, isSame, return: await returnOf(agent, environment) };
  } catch (error) {
    return { isTold, survived, dead: String(error), isSame, return: Number.NaN };
  }
}

async function returnOf(agent: Agent, environment: SynchronousEnvironment): Promise<number> {
  for (const policy of ["plan", "habit"] as const) {
    const { meanReturn } = await evaluate(agent, environment, { episodes: 1, policy });
    if (policy === "habit") return meanReturn;
    if (!Number.isFinite(meanReturn)) throw new Error(`the plan's return is ${meanReturn}`);
  }
  return Number.NaN;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
