/** Settings of before the defaults followed rules (docs/decisions/0023-rules-instead-of-settings.md): some claims isolate what they state. */
import type { Options } from "../../../src/index.ts";

/** Plans with one future a candidate and a temperature in units of reward, no curious stretches, a slower model. */
const PLAIN = {
  ...{ particles: 1, temperature: 1, stopShare: 0, sharesDraws: false, curiosity: 0 },
  ...{ updates: 2, learningRate: 1e-3, rareShare: 0, valueLessons: 2000 },
} as const satisfies Options;

/** Of Pendulum. */
export const PENDULUM: Options = {
  ...PLAIN,
  ...{ members: 3, horizon: 12, firstIterations: 2, correlation: 0 },
  ...{ imagination: 2, updates: 3, valueRate: 0.03 },
};

/** Of MountainCarContinuous, where information has a price in units of reward until the flag is found. */
export const MOUNTAIN_CAR_CONTINUOUS: Options = {
  ...PLAIN,
  ...{ members: 5, horizon: 40, firstIterations: 0, correlation: 0.8, actionRepeat: 2, warmup: 50 },
  ...{ informationFades: true, valueAwaitsTermination: true, imagination: 2, valueRate: 0.1 },
};
