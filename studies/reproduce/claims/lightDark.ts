/** Information gathering: LightDark1D, whose one place of light lies away from the goal. */
import { createRandom } from "../../../src/core/random.ts";
import { LIGHT_DARK_START, lightDarkNoise } from "../../../src/environments/lightDark.ts";
import { createEnvironment, tabularModel } from "../../../src/index.ts";
import { plannerOf } from "../../../src/inference/posterior.ts";
import type { PosteriorPlanner, World } from "../../../src/types.ts";
import type { Claim } from "../claim.ts";
import { type Figures, meanOf, type Trial } from "../trial.ts";
import { core } from "./knownWorld.ts";
import { sweep } from "./sweep.ts";

const WEIGHTS = [0, 0.5, 1, 2, 4];
const EPISODES = 60;
const DISCOUNT = 0.9;
const PARTICLES = 24;
const STOP = 1;
const RETURN = "discounted return";

/** Who acts, by what it believes. */
type Actor = (belief: PositionBelief) => number;

export const lightDarkClaim: Claim = {
  name: "light-dark",
  title: "LightDark1D: the ratio leads to the light first",
  kind: "line",
  x: "β",
  y: RETURN,
  series: {
    planner: sweep("β", WEIGHTS, (β, seed) => measure(planner(β, seed), seed)),
    "heuristic: to the light, then to the goal": independent(heuristic((std) => (std > 0.1 ? 5 : 0))),
    "heuristic: to the goal": independent(heuristic(() => 0)),
  },
};

/** Of who knows no β: measured once. */
function independent(act: Actor): Trial {
  return async (seed) => {
    const figures = await measure(act, seed);
    return sweep("β", WEIGHTS, () => figures)(seed);
  };
}

async function measure(act: Actor, seed: number): Promise<Figures> {
  const world = await createEnvironment("light-dark");
  world.reset({ seed });
  const episodes = Array.from({ length: EPISODES }, () => runEpisode(world, act));
  return {
    [RETURN]: meanOf(episodes.map(({ discounted }) => discounted)),
    "stops within 1, share": meanOf(episodes.map(({ success }) => Number(success))),
    "steps of an episode": meanOf(episodes.map(({ steps }) => steps)),
    "farthest position": meanOf(episodes.map(({ farthest }) => farthest)),
  };
}

/** One episode under the exact belief. */
export function runEpisode(world: World, act: Actor) {
  const belief = createPositionBelief();
  world.reset();
  let farthest = world.state()[0];
  for (let steps = 1, discount = 1; ; steps++, discount *= DISCOUNT) {
    const action = act(belief);
    const step = world.step(action);
    farthest = Math.max(farthest, world.state()[0]);
    if (step.terminated || step.truncated)
      return { discounted: discount * step.reward, success: step.reward > 0, steps, farthest };
    belief.update(action - 1, step.observation[0]);
  }
}

/** The heuristic of POMDPModels.jl: move the mean towards a target; stop at 0 ± .5, when sure to ± .1. */
export function heuristic(target: (std: number) => number): Actor {
  return (belief) => {
    const { mean, std } = belief.moments();
    if (std < 0.1 && Math.abs(mean) < 0.5) return STOP;
    return mean < target(std) ? 2 : 0;
  };
}

/** A belief about the position that is exact but for the grid: moves are certain, so it is one over the start. */
export interface PositionBelief {
  update(move: number, observed: number): void;
  moments(): { readonly mean: number; readonly std: number };
  /** Positions drawn systematically. */
  draw(count: number, uniform: number): readonly number[];
}

/**
 *   p(y₀ | x) ∝ 𝒩(y₀; 2, 3²) Π_t 𝒩(x_t; y₀ + moved_t, σ(y₀ + moved_t)²)
 */
export function createPositionBelief(): PositionBelief {
  const { mean: start, std } = LIGHT_DARK_START;
  const grid = Array.from({ length: 1201 }, (_, i) => start + 0.02 * (i - 600));
  let moved = 0;
  let probabilities = normalise(grid.map((y) => -0.5 * ((y - start) / std) ** 2));
  return {
    update(move, observed) {
      moved += move;
      const logs = grid.map((y, i) => {
        const noise = lightDarkNoise(y + moved);
        return Math.log(probabilities[i]) - Math.log(noise) - 0.5 * ((observed - y - moved) / noise) ** 2;
      });
      probabilities = normalise(logs);
    },
    moments() {
      const [first, second] = [1, 2].map((power) => sumOf(grid, (y, i) => probabilities[i] * y ** power));
      return { mean: first + moved, std: Math.sqrt(Math.max(second - first ** 2, 0)) };
    },
    draw(count, uniform) {
      let [i, cumulative] = [0, probabilities[0]];
      return Array.from({ length: count }, (_, k) => {
        while (cumulative < (k + uniform) / count && i < grid.length - 1) cumulative += probabilities[++i];
        return grid[i] + moved;
      });
    },
  };
}

function sumOf(values: readonly number[], of: (value: number, i: number) => number): number {
  return values.reduce((sum, value, i) => sum + of(value, i), 0);
}

/** exp x / Σ exp x */
function normalise(logs: readonly number[]): number[] {
  const top = logs.reduce((a, b) => Math.max(a, b));
  const weights = logs.map((value) => Math.exp(value - top));
  const total = sumOf(weights, (weight) => weight);
  return weights.map((weight) => weight / total);
}

/** Cells of the planner's model: their width, how many there are, and where the first begins. */
const [WIDTH, CELLS, LOW] = [0.5, 60, -13];

function planner(informationWeight: number, seed: number): Actor {
  const random = createRandom(core, seed, 1);
  const solver = solverOf(informationWeight, seed);
  const logWeights = new Array<number>(PARTICLES).fill(0);
  return (belief) => {
    const states = belief.draw(PARTICLES, random.uniform()).map(cellOf);
    return solver.plan({ states, logWeights }).action as number;
  };
}

function solverOf(informationWeight: number, seed: number): PosteriorPlanner {
  return plannerOf(core, cells(), {
    informationWeight,
    seed,
    particles: PARTICLES,
    horizon: 4,
    iterations: 2,
    candidates: 64,
    temperature: 0.2,
    discount: DISCOUNT,
  });
}

function cellOf(position: number): number {
  return Math.max(0, Math.min(CELLS - 1, Math.floor((position - LOW) / WIDTH)));
}

/**
 * LightDark1D in cells, with the value of who observes the state, 10 · .9^moves, at the horizon: it says where the goal is,
 * and nothing of what it costs not to know. The last state is that after stopping.
 */
export function cells() {
  const positions = Array.from({ length: CELLS }, (_, i) => LOW + WIDTH * (i + 0.5));
  const only = (k: number) => Array.from({ length: CELLS + 1 }, (_, i) => Number(i === k));
  const over = only(CELLS);
  const sight = [...positions.map((y) => [...seenFrom(y, positions), 0]), over];
  return tabularModel({
    transition: [
      ...positions.map((y) => [only(cellOf(y - 1)), over, only(cellOf(y + 1))]),
      [over, over, over],
    ],
    reward: [...positions.map((y) => [0, Math.abs(y) < 1 ? 10 : -10, 0]), [0, 0, 0]],
    observation: [sight, sight, sight],
    ending: [...positions.map(() => [0, 1, 0]), [1, 1, 1]],
    value: [...positions.map((y) => 10 * DISCOUNT ** Math.max(0, Math.ceil(Math.abs(y) - 1))), 0],
    initial: only(cellOf(LIGHT_DARK_START.mean)),
  });
}

/** Probabilities of the cells that a measurement at y falls into, up to what the width leaves out. */
function seenFrom(y: number, positions: readonly number[]): number[] {
  // the noise of a cell, with the spread of positions within it
  const variance = lightDarkNoise(y) ** 2 + WIDTH ** 2 / 12;
  return normalise(positions.map((x) => -0.5 * ((x - y) ** 2 / variance)));
}
