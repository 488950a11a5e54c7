import type { Core } from "../../core/core.ts";
import { type Batch, type Model, type ModelShape, shapeOf } from "./model.ts";
import { createTools, toStep } from "./tools.ts";

/** What a step of a simulated world led to. */
export interface SimulatedStep {
  /** [X], overwritten by the next step. */
  readonly observation: Float32Array;
  readonly reward: number;
  /** Whether the world has ended. */
  readonly terminated: boolean;
}

/** One world of a model, step by step. */
export interface Simulator {
  readonly shape: ModelShape;
  /** [S] the state that is hidden, overwritten by the next step. */
  readonly state: Float32Array;
  /** Begins an episode. */
  reset(): void;
  /** A step by an index, or by [A] in the units of the action space. */
  step(action: number | ArrayLike<number>): SimulatedStep;
}

/** The least batch: of its steps the first one counts. */
const COUNT = 4;

/** A world of a model; it draws from a stream of its own. */
export function createSimulator(
  core: Core,
  model: Model,
  source: { readonly seed: number; readonly stream: number },
): Simulator {
  const shape = shapeOf(model);
  const { stateSize: S, actionSize: A, observationSize: X, isSeen } = shape;
  const tools = createTools(core, source);
  const batch: Batch = {
    count: COUNT,
    states: new Float32Array(S * COUNT),
    actions: new Float32Array(A * COUNT),
    next: new Float32Array(S * COUNT),
    rewards: new Float32Array(COUNT),
    endings: new Float32Array(COUNT),
  };
  const chance = new Float32Array(COUNT);
  const seen = new Float32Array(X * COUNT);
  const observation = new Float32Array(X);
  const state = new Float32Array(S);
  let time = 0;
  return {
    ...{ shape, state },
    reset() {
      model.initial(batch.states, COUNT, toStep(tools, time++));
      for (let d = 0; d < S; d++) state[d] = batch.states[d * COUNT];
    },
    step(action) {
      toStep(tools, time++);
      for (let d = 0; d < S; d++) batch.states.fill(state[d], d * COUNT, (d + 1) * COUNT);
      for (let d = 0; d < A; d++)
        batch.actions.fill(typeof action === "number" ? action : action[d], d * COUNT, (d + 1) * COUNT);
      batch.endings.fill(0);
      model.step(batch, tools);
      for (let d = 0; d < S; d++) state[d] = batch.next[d * COUNT];
      const [reward, ending] = [batch.rewards[0], batch.endings[0]];
      const terminated = tools.uniform(chance)[0] < ending;
      model.observe?.(seen, batch, tools);
      for (let d = 0; d < X; d++) observation[d] = isSeen ? state[d] : seen[d * COUNT];
      return { observation, reward, terminated };
    },
  };
}
