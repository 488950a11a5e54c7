/** Epistemic exploration: information about the model itself. */
import { type Claim, metricAt } from "../claim.ts";
import { type Figures, firstGoal } from "../trial.ts";
import { MOUNTAIN_CAR_CONTINUOUS } from "./earlierRules.ts";

/** Weights of the information in planning, in units of reward a nat. */
const WEIGHTS = [0, 0.03, 0.1, 0.3];

export const explorationClaim: Claim = {
  name: "epistemic-exploration",
  title: "What is unknown attracts: MountainCarContinuous",
  kind: "line",
  x: "β",
  y: "return after 3,000 steps",
  series: {
    async ""(seed, options = {}) {
      const figures: Figures = {};
      for (const informationWeight of WEIGHTS) {
        const found = await firstGoal("mountain-car-continuous", 3000)(seed, {
          ...MOUNTAIN_CAR_CONTINUOUS,
          ...options,
          informationWeight,
        });
        figures[metricAt(explorationClaim, informationWeight)] = found["planner return"];
        figures[`steps to the first goal, β ${informationWeight}`] = found["steps to the first goal"];
      }
      return figures;
    },
  },
};
