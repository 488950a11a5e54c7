/** Luck: a fork of reward 1 against a random reward with the same mean. */
import { fork, type Problem } from "../../../src/problems.ts";
import type { Claim } from "../claim.ts";
import type { Trial } from "../trial.ts";
import { firstActions, logistic } from "./knownWorld.ts";
import { sweep } from "./sweep.ts";

type Risk = "variational" | "evidence";

const STDS = [0, 0.5, 1, 1.5, 2];
const PARTICLES = [1, 4, 16, 64, 256];
/** Standard deviations that the random reward reaches from its mean, and steps of its grid in one. */
const REACH = 6;
const STEPS = 4;

const SHARE = "share of the random branch";
const SCORE = "score of the random branch, nats";

export const optimismClaim: Claim = {
  name: "no-optimism",
  title: "No hope for luck: a reward of 1 against N(1, σ²)",
  kind: "line",
  x: "σ",
  y: SHARE,
  series: { variational: shares("variational"), evidence: shares("evidence") },
};

export const riskClaim: Claim = {
  name: "risk",
  title: "Averaged before the exponent, luck is worth nothing",
  kind: "line",
  x: "particles",
  y: SCORE,
  xScale: "even",
  series: { variational: scores("variational"), evidence: scores("evidence") },
};

function shares(risk: Risk): Trial {
  return sweep("σ", STDS, (std, seed) => ({
    [SHARE]: shareOfRandom({ risk, std, particles: 256, seed, plans: 16 }),
    "exact share": logistic(risk === "evidence" ? std ** 2 / 2 : 0),
  }));
}

/** With η = 1 and a steady reward of 1, the score is 1 + the log odds of the random branch. */
function scores(risk: Risk): Trial {
  return sweep("particles", PARTICLES, (particles, seed) => {
    const share = shareOfRandom({ risk, std: 1, particles, seed, plans: Math.max(4, 1024 / particles) });
    return {
      [SCORE]: 1 + Math.log(share / (1 - share)),
      // log E exp of a mean of M rewards
      "exact score": risk === "evidence" ? 1.5 : 1 + 1 / (2 * particles),
    };
  });
}

interface Gamble {
  readonly risk: Risk;
  readonly std: number;
  readonly particles: number;
  readonly seed: number;
  readonly plans: number;
}

export function shareOfRandom({ std, particles, ...settings }: Gamble): number {
  const effort = { candidates: 1024, iterations: 1, horizon: 1, temperature: 1, informationWeight: 0 };
  return firstActions({ ...effort, ...settings, model: gamble(std), copies: particles, belief: [1] })[1];
}

/** A fork of reward 1 against N(1, std²) on a grid of a quarter of std: E exp r is the continuous one's to 1e-5. */
export function gamble(std: number): Problem {
  const nodes = Array.from({ length: 2 * REACH * STEPS + 1 }, (_, i) => i / STEPS - REACH);
  const densities = nodes.map((node) => Math.exp(-0.5 * node ** 2));
  const total = densities.reduce((sum, density) => sum + density, 0);
  return fork({
    steady: 1,
    places: densities.map((density) => density / total),
    rewards: nodes.map((node) => 1 + std * node),
  });
}
