import { tabularModel } from "../tabular.ts";
import type { Problem } from "./problem.ts";

/**
 * Two hidden sides that persist, and one action for every cue: what it shows is right with the cue's validity. Looking at
 * a cue valid with p when both sides are equally likely tells ln 2 − H(p) nats.
 *
 * States and observations: left, right.
 *
 * @param validities [A] one cue each, in [0, 1]
 *
 * @example
 * // the cue that tells more is looked at
 * import { createPlanner } from "generative-agent";
 * const planner = await createPlanner(cues([0.6, 0.9]), { particles: 2, horizon: 1, temperature: 0.05 });
 * planner.plan({ states: [0, 1], logWeights: [0, 0] }).action; // 1
 */
export function cues(validities: readonly number[]): Problem {
  const sides = [
    [1, 0],
    [0, 1],
  ];
  return tabularModel({
    transition: sides.map((same) => validities.map(() => same)),
    reward: sides.map(() => validities.map(() => 0)),
    observation: validities.map((p) => [
      [p, 1 - p],
      [1 - p, p],
    ]),
    initial: [0.5, 0.5],
  });
}
