import type { StateSpaceModel } from "../../src/models/model.ts";

/**
 * z = (p, 3 + p/2 + noise, index) that stays as it is; log w rises by `slope` · x · p.
 * Nothing but resampling and jitter changes its particles.
 */
export function frozen(slope = 1): StateSpaceModel {
  return {
    stateSize: 3,
    continuousSize: 2,
    initialise(z, { length: N }, _, draw) {
      draw.normal(z.subarray(0, N));
      draw.normal(z.subarray(N, 2 * N));
      for (let n = 0; n < N; n++) {
        z[N + n] = 3 + 0.5 * z[n] + z[N + n];
        z[2 * N + n] = n % 5;
      }
    },
    step(next, previous, logIncrements, { observation }) {
      next.set(previous);
      if (!observation) return;
      for (let n = 0; n < logIncrements.length; n++) logIncrements[n] = slope * observation[0] * previous[n];
    },
  };
}
