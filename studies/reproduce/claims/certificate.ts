/** The interval of the estimators: what is certain about an information gain. */
import { createRandom } from "../../../src/core/random.ts";
import { informationGainIn } from "../../../src/inference/information/informationGain.ts";
import type { InformationGain } from "../../../src/types.ts";
import type { Claim } from "../claim.ts";
import { meanOf, type Trial } from "../trial.ts";
import { core } from "./knownWorld.ts";
import { sweep } from "./sweep.ts";

const CONTRASTS = [1, 3, 7, 15, 31, 63, 127, 255];
const RUNS = 400;
/** z ∼ N(0, 1) seen as x ∼ N(z, STD²). */
const STD = 0.5;
/** ½ log (S / R), S = 1 + R. */
export const EXACT = 0.5 * Math.log((1 + STD ** 2) / STD ** 2);
const INFORMATION = "information, nats";

export const certificateClaim: Claim = {
  name: "certificate",
  title: "An interval that holds the truth: z ∼ N(0, 1) seen once",
  kind: "line",
  x: "contrasts",
  y: INFORMATION,
  xScale: "even",
  series: {
    "nested Monte Carlo": bounds("upper"),
    exact: sweep("contrasts", CONTRASTS, () => ({ [INFORMATION]: EXACT })),
    "prior contrastive": bounds("lower"),
  },
};

function bounds(side: "lower" | "upper"): Trial {
  return sweep("contrasts", CONTRASTS, (contrasts, seed) => ({
    [INFORMATION]: meanOf(estimates({ contrasts, seed, runs: RUNS }).map((estimate) => estimate[side])),
  }));
}

/** Estimates from K + 1 draws of z each: every one is compared with the K others. */
export function estimates({
  contrasts,
  seed,
  runs,
}: {
  readonly contrasts: number;
  readonly seed: number;
  readonly runs: number;
}): readonly InformationGain[] {
  const random = createRandom(core, seed);
  return Array.from({ length: runs }, (_, stream) => {
    const z = Array.from({ length: contrasts + 1 }, () => random.normal());
    return informationGainIn(core, { mean: [z], std: [STD] }, { seed, stream });
  });
}
