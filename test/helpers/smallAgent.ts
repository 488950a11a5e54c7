/** Small agents that learn within milliseconds, for tests of behaviour rather than of skill. */
import { type Agent, createAgent, createEnvironment, type Options } from "../../src/index.ts";
import type { SynchronousEnvironment } from "../../src/types.ts";
import { plainRules } from "./plainRules.ts";

export const small = {
  members: 3,
  hidden: [16, 16],
  horizon: 6,
  candidates: 16,
  warmup: 20,
  warmupUpdates: 10,
  delay: 10,
  updates: 1,
  batch: 32,
  memory: 1000,
  lessons: 200,
  seed: 1,
  ...plainRules,
  valueLessons: 2000,
} satisfies Options;

/** A small untrained agent and its environment. */
export async function smallAgent(task: string, options: Options = {}) {
  const environment = await createEnvironment(task);
  return { environment, agent: await createAgent(environment, { ...small, ...options }) };
}

/** What `learn` answers. */
export type Learned = ReturnType<Agent["learn"]>;

/** Lets an agent act and learn for some steps, from a new episode on. */
export function live(
  agent: Agent,
  environment: SynchronousEnvironment,
  steps: number,
  seed = 1,
): readonly Learned[] {
  const infos: Learned[] = [];
  let { observation } = environment.reset({ seed });
  agent.reset();
  for (let i = 0; i < steps; i++) {
    const action = agent.act(observation, { explore: true });
    const step = environment.step(action);
    infos.push(agent.learn({ ...step, observation, action, nextObservation: step.observation }));
    observation = step.observation;
    if (!step.terminated && !step.truncated) continue;
    observation = environment.reset().observation;
    agent.reset();
  }
  return infos;
}

/** Whether two saved agents are the same to the last bit. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
