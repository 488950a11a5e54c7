/** The weight λ of the marginal in learning: what the bound asks of a model whose state inference is exact. */
import { createRandom } from "../../../src/core/random.ts";
import type { Claim } from "../claim.ts";
import { meanOf, type Trial } from "../trial.ts";
import { core } from "./knownWorld.ts";
import { sweep } from "./sweep.ts";

const LOADINGS = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];
/** The world: z ∼ N(0, 1) and x = TRUTH z + v, v ∼ N(0, NOISE). */
const TRUTH = 1;
const NOISE = 0.25;
const OBSERVATIONS = 2000;
const BOUND = "bound of an observation, nats";

export const marginalWeightClaim: Claim = {
  name: "marginal-weight",
  title: "At λ = 1 the bound does not ask for a prediction",
  kind: "line",
  x: "loading of the model",
  y: BOUND,
  series: { "λ = 0": bounds(0), "λ = .3": bounds(0.3), "λ = 1": bounds(1) },
};

function bounds(marginalWeight: number): Trial {
  return sweep("loading of the model", LOADINGS, (loading, seed) => {
    const random = createRandom(core, seed);
    const draw = () => TRUTH * random.normal() + Math.sqrt(NOISE) * random.normal();
    const observations = Array.from({ length: OBSERVATIONS }, draw);
    return { [BOUND]: meanOf(observations.map((x) => boundOf({ x, loading, marginalWeight }))) };
  });
}

/**
 * The bound at one x of the model z ∼ N(0, 1), x ∼ N(c z, R), with the exact posterior q(z) = N(μ, s²).
 *
 *   E_q log p(x | z) − λ log p(x) − KL(q ‖ p),   s² = 1 / (1 + c²/R),   μ = s² c x / R
 */
export function boundOf({
  x,
  loading: c,
  marginalWeight,
}: {
  readonly x: number;
  readonly loading: number;
  readonly marginalWeight: number;
}): number {
  const variance = 1 / (1 + c ** 2 / NOISE);
  const mean = (variance * c * x) / NOISE;
  const prediction = logNormal(x - c * mean, NOISE) - (0.5 * c ** 2 * variance) / NOISE;
  const klDivergence = 0.5 * (mean ** 2 + variance - 1 - Math.log(variance));
  return prediction - marginalWeight * logNormal(x, c ** 2 + NOISE) - klDivergence;
}

/** log N(error; 0, variance) */
function logNormal(error: number, variance: number): number {
  return -0.5 * (error ** 2 / variance + Math.log(2 * Math.PI * variance));
}
