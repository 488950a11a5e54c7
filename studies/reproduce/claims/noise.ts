/** What the ratio makes of noise: of the sensor, of the process, and of a television. */
import { cues, fork, type Problem } from "../../../src/problems.ts";
import type { Claim } from "../claim.ts";
import type { Trial } from "../trial.ts";
import { firstActions, logistic, type Question } from "./knownWorld.ts";
import { sweep } from "./sweep.ts";

const WEIGHTS = [0, 0.5, 1, 2, 3, 4];
/** How much is planned for one share: 32 plans of 1,024 candidates, and particles of each state. */
const EFFORT = { candidates: 1024, iterations: 1, horizon: 1, plans: 32 };
const COPIES = 32;
const CONTRASTS = 31;
/** A fork begins in its first state. */
const AT_FORK = [1];
const EITHER_SIDE = [0.5, 0.5];
/** Validities of two cues: a quiet and a noisy sensor. */
const [CLEAR, BLURRED] = [0.95, 0.7];
/** Four places that are all alike. */
const PLACES = [0.25, 0.25, 0.25, 0.25];
const SHARE = "share of the noisy route";

export const noiseClaim: Claim = {
  name: "noise",
  title: "Sensor noise is avoided, process noise is sought",
  kind: "line",
  x: "β",
  y: SHARE,
  series: {
    sensor: shares({ model: cues([CLEAR, BLURRED]), belief: EITHER_SIDE, copies: COPIES / 2 }, (β) =>
      logistic(β * (informationOf(BLURRED) - informationOf(CLEAR))),
    ),
    process: shares({ model: fork({ places: EITHER_SIDE }), belief: AT_FORK, copies: COPIES }, (β) =>
      logistic(β * Math.LN2),
    ),
  },
};

/** Share of the second action, which is the noisy one, and what it is exactly. */
function shares(world: Pick<Question, "model" | "belief" | "copies">, exact: (β: number) => number): Trial {
  return sweep("β", WEIGHTS, (informationWeight, seed) => {
    const question = { ...EFFORT, ...world, informationWeight, seed };
    const [belief, path] = (
      [{ conditioning: "belief" }, { conditioning: "path", contrasts: CONTRASTS }] as const
    ).map((conditioning) => firstActions({ ...question, ...conditioning })[1]);
    return { [SHARE]: belief, "share by path": path, "exact share": exact(informationWeight) };
  });
}

/** ln 2 − H(p): what a cue of validity p tells of two sides that are equally likely, in nats. */
export function informationOf(validity: number): number {
  const term = (p: number) => p * Math.log(2 * p);
  return term(validity) + term(1 - validity);
}

const TELEVISION = "share of the television";

export const televisionClaim: Claim = {
  name: "noisy-television",
  title: "What draws to a noisy television, and what does not",
  kind: "line",
  x: "β",
  y: TELEVISION,
  series: {
    "ratio, picture is sensor noise": televisions(fork({ places: PLACES, clarity: 0 })),
    "ratio, picture is in the state": televisions(fork({ places: PLACES })),
    "prediction error": sweep("β", WEIGHTS, (β, seed) => {
      // −log p(x) of the dull branch is 0, of each of four pictures log 4
      const model = fork({ places: PLACES, rewards: PLACES.map((p) => -β * Math.log(p)), clarity: 0 });
      return {
        [TELEVISION]: firstActions({
          ...EFFORT,
          model,
          informationWeight: 0,
          seed,
          belief: AT_FORK,
          copies: 1,
        })[1],
      };
    }),
  },
};

function televisions(model: Problem): Trial {
  return sweep("β", WEIGHTS, (informationWeight, seed) => ({
    [TELEVISION]: firstActions({
      ...EFFORT,
      model,
      informationWeight,
      seed,
      belief: AT_FORK,
      copies: COPIES,
    })[1],
  }));
}
