import { type Box, box } from "./environment.ts";
import type { Dynamics } from "./world.ts";

/** Share of a distractor that is left after a step. */
const COEFFICIENT = 0.9;
/** √(1 − .9²): keeps the variance at 1. */
const INNOVATION = Math.sqrt(1 - COEFFICIENT * COEFFICIENT);

/**
 * The same equations with dimensions behind the state and the observation that nothing depends on and that depend on
 * nothing: autoregressive noise of variance 1.
 *
 *   d' = .9 d + √(1 − .9²) ε,   d₀, ε ∼ 𝒩(0, 1)
 */
export function withDistractors(count: number, dynamics: Dynamics): Dynamics {
  const { size, info } = dynamics;
  return {
    size: size + count,
    start: (random) => [...dynamics.start(random), ...Array.from({ length: count }, () => random.normal())],
    step(state, control, random) {
      const outcome = dynamics.step(state.slice(0, size), control, random);
      const distractors = state
        .slice(size)
        .map((value) => COEFFICIENT * value + INNOVATION * random.normal());
      return { ...outcome, state: [...outcome.state, ...distractors] };
    },
    observe: (state, random) => [...dynamics.observe(state.slice(0, size), random), ...state.slice(size)],
    ...(info && { info: (state) => info(state.slice(0, size)) }),
  };
}

/** A box with room for the distractors. */
export function boxWithDistractors(count: number, { low, high }: Box): Box {
  const bounds = new Array<number>(count).fill(Infinity);
  return box([...low, ...bounds.map((bound) => -bound)], [...high, ...bounds]);
}
