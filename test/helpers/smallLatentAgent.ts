/** Small agents with a belief, that learn within a second. */
import {
  type Action,
  type ActionSpace,
  createAgent,
  createEnvironment,
  type Options,
} from "../../src/index.ts";

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
  seed: 1,
} as const satisfies Options;

/** A small untrained agent with a belief, and its environment. */
export async function latentAgent(task: string, options: Options = {}) {
  const environment = await createEnvironment(task);
  return { environment, agent: await createAgent(environment, { ...small, ...options }) };
}

export function isInside(space: ActionSpace, action: Action): boolean {
  if (space.kind === "discrete")
    return typeof action === "number" && Number.isInteger(action) && action >= 0 && action < space.n;
  if (typeof action === "number" || action.length !== space.low.length) return false;
  return space.low.every((low, d) => action[d] >= low && action[d] <= space.high[d]);
}
