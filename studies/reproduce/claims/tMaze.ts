/** Information gathering: a T-maze whose model is known. */
import { createRandom, type Random } from "../../../src/core/random.ts";
import { updateExactBelief } from "../../../src/inference/belief/exact.ts";
import { plannerOf } from "../../../src/inference/posterior.ts";
import { type Problem, tMaze } from "../../../src/problems.ts";
import type { PosteriorPlanner } from "../../../src/types.ts";
import type { Claim } from "../claim.ts";
import { type Figures, meanOf, type Trial } from "../trial.ts";
import { copiesOfStates, core, drawIndex } from "./knownWorld.ts";
import { sweep } from "./sweep.ts";

const WEIGHTS = [0, 0.1, 0.2, 0.3, 0.5, 1];
const MAZES = 1000;
/** Particles of each state. */
const COPIES = 6;
/** Looks after which an episode is given up. */
const MOST_LOOKS = 6;

export const tMazeClaim: Claim = {
  name: "t-maze",
  title: "It looks before it leaps: a T-maze, its cue valid with .95",
  kind: "line",
  x: "β",
  y: "success",
  series: { belief: mazes("belief"), path: mazes("path") },
};

function mazes(conditioning: "belief" | "path"): Trial {
  return sweep("β", WEIGHTS, (informationWeight, seed) =>
    runMazes({ informationWeight, conditioning, seed }),
  );
}

/** Share of the mazes that end in the arm with the reward, and of those in which the cue was looked at first. */
export function runMazes({
  mazes = MAZES,
  ...settings
}: {
  readonly informationWeight: number;
  readonly conditioning: "belief" | "path";
  readonly seed: number;
  readonly mazes?: number;
}): Figures {
  return core.scope(() => {
    const model = tMaze();
    const planner = plannerOf(core, model, {
      iterations: 1,
      horizon: 2,
      temperature: 0.02,
      particles: model.states * COPIES,
      ...settings,
    });
    const random = createRandom(core, settings.seed);
    const outcomes = Array.from({ length: mazes }, () => runMaze(planner, model, random));
    return {
      success: meanOf(outcomes.map(({ success }) => Number(success))),
      "cue first": meanOf(outcomes.map(({ looks }) => Number(looks > 0))),
    };
  });
}

function runMaze(planner: PosteriorPlanner, model: Problem, random: Random) {
  const { tables } = model;
  const side = drawIndex(tables.initial, random.uniform());
  let belief: readonly number[] = tables.initial;
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const action = planner.plan(copiesOfStates(core, belief, COPIES)).action as number;
    if (action > 0) return { success: action - 1 === side, looks };
    const observed = drawIndex(tables.observation[0][side], random.uniform());
    belief = updateExactBelief(model, belief, { action, observed });
  }
  return { success: false, looks: MOST_LOOKS };
}
