import { bounded, STATE_BOUND } from "../../models/statistics.ts";
import { type Planner, particlesOf } from "../plan.ts";

/** x̂ = (x − shift) · scale. */
export interface StateScales {
  /** [D] at least. */
  readonly inputShift: Float32Array;
  readonly inputScale: Float32Array;
}

/**
 * The belief of a world that is fully observed, as plans start from it: the observation itself, once for every member.
 *
 * @param observations [plans][D]
 * @param bound        of |x̂|
 */
export function enterPoints(
  planner: Planner,
  observations: Float32Array,
  { inputShift, inputScale }: StateScales,
  bound = STATE_BOUND,
): void {
  const { plans, states, model } = planner;
  const S = model.stateRows;
  const D = S - 1;
  const M = particlesOf(planner);
  for (let d = 0; d < D; d++)
    for (let s = 0; s < plans; s++) {
      // in f32, as the kernels compute
      const centred = Math.fround(observations[s * D + d] - inputShift[d]);
      const state = bounded(Math.fround(centred * inputScale[d]), bound);
      for (let k = 0; k < M; k++) states[(s * M + k) * S + d] = state;
    }
  for (let k = 0; k < plans * M; k++) states[k * S + D] = k % M;
}

/**
 * The observations [plans][D] that the first particles of a planner's beliefs stand for: x = x̂ / scale + shift, or the
 * shift where nothing varied and the scale is 0; written.
 */
export function readPoints(
  observations: Float32Array,
  planner: Planner,
  { inputShift, inputScale }: StateScales,
): void {
  const S = planner.model.stateRows;
  const D = S - 1;
  const M = particlesOf(planner);
  for (let s = 0; s < planner.plans; s++)
    for (let d = 0; d < D; d++) {
      const from = inputScale[d] > 0 ? Math.fround(planner.states[s * M * S + d] / inputScale[d]) : 0;
      observations[s * D + d] = from + inputShift[d];
    }
}
