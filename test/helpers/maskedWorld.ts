/** A world that says which actions may be taken, and throws at any other. */

import type { Action, Observation, Space } from "../../src/environments/environment.ts";
import { allows } from "../../src/environments/mask.ts";
import type { SynchronousEnvironment } from "../../src/types.ts";
import { mulberry32 } from "../reference/kernels.ts";

/** A mask with one choice or more, of a list or of several. */
export function randomMask(space: Space, random: () => number): number[] | number[][] {
  const list = (n: number) => {
    const sure = Math.floor(random() * n);
    return Array.from({ length: n }, (_, k) => Number(k === sure || random() < 0.4));
  };
  if (space.kind === "discrete") return list(space.n);
  if (space.kind === "multiDiscrete") return space.nvec.map(list);
  throw new TypeError("space: expected choices");
}

/** Episodes of 20 steps, whose observations `see` makes of the time and a random number; the first choice is rewarded. */
export function maskedWorld(
  actionSpace: Space,
  observationSpace: Space,
  see: (t: number, noise: number) => Observation,
): SynchronousEnvironment & { readonly taken: Action[] } {
  let random = mulberry32(0);
  let t = 0;
  let actionMask: number[] | number[][] = [];
  const taken: Action[] = [];
  const answer = () => {
    actionMask = randomMask(actionSpace, random);
    return { observation: see(t, random()), info: { actionMask } };
  };
  return {
    observationSpace,
    actionSpace,
    taken,
    reset({ seed = 0 } = {}) {
      random = mulberry32(seed);
      t = 0;
      return answer();
    },
    step(action) {
      if (!allows(actionSpace, actionMask, action)) throw new Error(`step: ${action} may not be taken`);
      taken.push(action);
      t++;
      const first = typeof action === "number" ? action : action[0];
      return { ...answer(), reward: Number(first === 0), terminated: false, truncated: t === 20 };
    },
  };
}
