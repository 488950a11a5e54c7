import { expectAction } from "../../src/environments/action.ts";
import { box, type Step, type Vector, type VectorWorld } from "../../src/environments/environment.ts";

/** A point on a line, pushed about for ten steps; `change` plants a fault in its answers. */
export function line(change: (answer: Step<Vector>, t: number) => unknown = (answer) => answer): VectorWorld {
  const actionSpace = box([-1], [1]);
  let position = 0;
  let t = 0;
  return {
    observationSpace: box([-20, 0], [20, 10]),
    actionSpace,
    reset({ seed = 0 } = {}) {
      position = seed % 5;
      t = 0;
      return { observation: [position, t] };
    },
    step(action) {
      expectAction(actionSpace, action);
      position += (action as readonly number[])[0];
      t++;
      const answer = {
        observation: [position, t],
        reward: -position,
        terminated: false,
        truncated: t === 10,
      };
      return change(answer, t) as Step<Vector>;
    },
  };
}
