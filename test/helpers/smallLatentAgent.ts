/** Small agents with a belief, that learn within a second. */
import { createAgent, createEnvironment, type Options } from "../../src/index.ts";
import { smallAgent } from "./smallAgent.ts";

export const small = {
  model: "latent",
  hidden: [16, 16],
  decoderHidden: [16],
  horizon: 6,
  candidates: 16,
  warmup: 20,
  warmupUpdates: 10,
  delay: 10,
  updates: 1,
  chunk: 6,
  overshoot: 3,
  overshootStarts: 2,
  memory: 300,
  // the default when most tests were written
  temperature: 1,
  seed: 1,
} as const satisfies Options;

/** A small untrained agent with a belief, and its environment. */
export async function latentAgent(task: string, options: Options = {}) {
  const environment = await createEnvironment(task);
  return { environment, agent: await createAgent(environment, { ...small, ...options }) };
}

/** The makers of small agents, by their model. */
export const makers = { observed: smallAgent, latent: latentAgent } as const;
