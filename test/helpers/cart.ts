/** A cart on a line that should stand at 0: a world that small agents learn within some hundred steps, in many guises. */
import {
  type Action,
  box,
  createAgent,
  discrete,
  type Environment,
  evaluate,
  type Options,
  type Step,
  train,
} from "../../src/index.ts";

/** What differs from the plain cart. */
export interface Guise {
  /** What is seen of position and speed at a step of the training, counted from 1 over all episodes. */
  readonly see?: (state: readonly number[], step: number) => readonly number[];
  /** Numbers of an observation. Default 2. */
  readonly size?: number;
  /** What is made of the reward of a step. */
  readonly reward?: (reward: number, step: number) => number;
  /** The push of each discrete action; without them actions are a box. */
  readonly pushes?: readonly number[];
}

/** Steps of an episode. */
export const CART_STEPS = 25;

/** Position and speed; reward −(position²) − .1 speed². Nothing ends but by time. */
export function cart({ see = (state) => state, size = 2, reward = (r) => r, pushes }: Guise = {}) {
  let [x, v, t, step] = [0, 0, 0, 0];
  const seen = () => Float64Array.from(see([x, v], step));
  return {
    observationSpace: box(new Array(size).fill(-Infinity), new Array(size).fill(Infinity)),
    actionSpace: pushes ? discrete(pushes.length) : box([-1], [1]),
    reset({ seed = 0 } = {}) {
      [x, v, t] = [seed % 2 === 0 ? 1.5 : -1.5, 0, 0];
      return { observation: seen() };
    },
    step(action: Action): Step {
      const push = typeof action === "number" ? (pushes?.[action] ?? 0) : action[0];
      v = 0.8 * v + 0.3 * push;
      x += v;
      step++;
      const truncated = ++t === CART_STEPS;
      return {
        observation: seen(),
        reward: reward(-x * x - 0.1 * v * v, step),
        terminated: false,
        truncated,
      };
    },
  } satisfies Environment;
}

/** An agent that learns it within 300 steps. */
export const cartAgent: Options = {
  ...{ hidden: [16, 16], members: 2, horizon: 8, candidates: 32, updates: 2, batch: 32 },
  ...{ warmup: 50, delay: 50, lessons: 300, valueLessons: 300, memory: 1000 },
};

/** Untrained agents have −2,000 and less, those of 300 steps about −30; to stay where episodes begin is worth −56. */
export const GOOD = -200;

/**
 * The median over five seeds of what plans gain after 300 steps of training.
 *
 * @param tested the guise that is evaluated. Default: that of the training
 */
export async function medianReturn(guise: Guise, tested = guise): Promise<number> {
  const returns: number[] = [];
  for (const seed of [1, 2, 3, 4, 5]) {
    const world = cart(guise);
    const agent = await createAgent(world, { ...cartAgent, seed });
    for await (const _ of train(agent, world, { steps: 300 }));
    // a start at either side
    const { meanReturn } = await evaluate(agent, cart(tested), { episodes: 2 });
    returns.push(meanReturn);
  }
  return returns.sort((a, b) => a - b)[2];
}
