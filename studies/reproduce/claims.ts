/** The claims about the agent, in the order of `docs/claims.md`: what `npm run reproduce -- claims` measures and draws. */
import type { Claim } from "./claim.ts";
import { certificateClaim } from "./claims/certificate.ts";
import { candidatesClaim, interactionsClaim } from "./claims/distillation.ts";
import { explorationClaim } from "./claims/exploration.ts";
import { lightDarkClaim } from "./claims/lightDark.ts";
import { marginalWeightClaim } from "./claims/marginalWeight.ts";
import { noiseClaim, televisionClaim } from "./claims/noise.ts";
import { optimismClaim, riskClaim } from "./claims/risk.ts";
import { tigerClaim } from "./claims/tiger.ts";
import { tMazeClaim } from "./claims/tMaze.ts";

export const claims: readonly Claim[] = [
  tMazeClaim,
  tigerClaim,
  lightDarkClaim,
  explorationClaim,
  noiseClaim,
  televisionClaim,
  optimismClaim,
  riskClaim,
  certificateClaim,
  candidatesClaim,
  interactionsClaim,
  marginalWeightClaim,
];
