/** Worlds that each have one fault, and are sound otherwise: what a diagnosis has to find, by its code. */

import type { FindingCode } from "../../src/agent/diagnose.ts";
import { createRandom } from "../../src/core/random.ts";
import { box, discrete } from "../../src/environments/spaces.ts";
import type { Environment, Options } from "../../src/index.ts";
import { debugCore } from "./debugCore.ts";

/** A world in which a point is pushed about in [−2, 2], and pays for being near 1. */
interface Pushed {
  position: number;
  readonly push: number;
  readonly steps: number;
  /** In [0, 1), new at every step. */
  readonly chance: readonly number[];
}

/** What differs from the sound world. */
interface Fault {
  readonly observe?: (at: Pushed) => readonly number[];
  readonly move?: (at: Pushed) => number;
  readonly reward?: (at: Pushed) => number;
  readonly ends?: (at: Pushed) => boolean;
  readonly limit?: number;
  readonly options?: Options;
}

const core = debugCore(4096);
const space = (size: number) => box(new Array<number>(size).fill(-50), new Array<number>(size).fill(50));
const clip = (x: number) => Math.min(2, Math.max(-2, x));

/** The sound world where `fault` is empty. */
export function pushed({
  observe = ({ position }) => [position, position * position, 1 - position],
  move = ({ position, push }) => clip(position + 0.3 * push),
  reward = ({ position }) => -Math.abs(position - 1),
  ends = () => false,
  limit = 40,
}: Fault = {}): Environment {
  let random = createRandom(core, 0, 1);
  let [position, steps] = [0, 0];
  const chances = () => [random.uniform(), random.uniform()];
  return {
    observationSpace: space(observe({ position: 0, push: 0, steps: 0, chance: [0, 0] }).length),
    actionSpace: discrete(3),
    reset({ seed } = {}) {
      if (seed !== undefined) random = createRandom(core, seed, 1);
      [position, steps] = [4 * random.uniform() - 2, 0];
      return { observation: observe({ position, push: 0, steps, chance: chances() }) };
    },
    step(action) {
      const at = { position, push: Number(action) - 1, steps: ++steps, chance: chances() };
      position = move(at);
      at.position = position;
      const terminated = ends(at);
      return {
        observation: observe(at),
        reward: reward(at),
        terminated,
        truncated: !terminated && steps >= limit,
      };
    },
  };
}

/** Each fault, by the code it is found by. */
export const FAULTS: readonly (readonly [FindingCode, Fault])[] = [
  ["no-reward", { reward: () => 0 }],
  ["plans-alike", { move: ({ position }) => 0.9 * position }],
  [
    "plan-no-better",
    {
      move: ({ position, chance }) => clip(position + 0.4 * (chance[0] - 0.5)),
      observe: ({ position, steps }) => [position, steps / 20],
    },
  ],
  ["habit-disagrees", { options: { guideRate: 0 } }],
  [
    "model-no-better",
    {
      move: ({ position, chance }) => position + chance[0] - 0.5,
      reward: ({ push }) => push,
      observe: ({ position }) => [position],
    },
  ],
  ["ends-at-once", { ends: () => true }],
  ["observation-constant", { observe: () => [1, 2], reward: ({ push }) => push }],
  ["dimension-dominates", { observe: ({ position, chance }) => [position, position * position, chance[1]] }],
  ["episodes-cut", { limit: 4 }],
];
