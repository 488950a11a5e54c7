import { Floats, ROW, VEC, Words } from "../memory";

/*
 * The agent's generative model of a world it does not see (Marino & Yue 2019): a Markov latent z and small networks.
 *
 *   transition   [z, a] → (d, y), one network a member e    p_a(z' | z, a, e) = N(z + ½ d, σ(y)²)
 *   recognition  [m, x', r', first] → (d, y)                q(z' | z, a, x', r') = N(m + d, σ(y)²),  m the mean of the transition(s)
 *   observation  z' → means, or logits                      p_a(x' | z')
 *   outcome      [z', a] → r, logit, g                      p_a(r', end | z', a): reward, ending, and the reward that ending brings
 *
 * Recognition predicts, then corrects. At the first step m = 0, first = 1, r' = 0, and p_a(z) = N(0, 1).
 */

/** What the kernels of the latent model work on. */
@unmanaged
export class LatentModel {
  /** Z, a multiple of 4. */
  latentSize: usize;
  /** X. */
  observationSize: usize;
  /** A: dimensions of a continuous action, or the number of discrete ones. */
  actionSize: usize;
  /** E. */
  members: usize;
  /** Of `density/observationKind.ts`; a categorical one is one-hot. */
  observationKind: u32;
  /** Whether recognition sees the reward. */
  recognisesReward: u32;
  /** Whether the world has been seen to end. */
  hasEndings: u32;
  /** Standard deviation of p(r | z, a), of the scaled reward; of a reward that comes with an end, in units of its own. */
  rewardNoise: f32;
  endingNoise: f32;
  /** r = rewardMean + rewardStd · scaled reward, clamped to [rewardLow, rewardHigh] where it is simulated. */
  rewardMean: f32;
  rewardStd: f32;
  rewardLow: f32;
  rewardHigh: f32;
  /** Of the rewards that came with an end. */
  endingMean: f32;
  endingStd: f32;
  transitionShape: Words;
  transitionParameters: Floats;
  /** Bytes between the parameters of two members. */
  transitionStride: usize;
  recognitionShape: Words;
  recognitionParameters: Floats;
  observationShape: Words;
  observationParameters: Floats;
  outcomeShape: Words;
  outcomeParameters: Floats;
  /** [X] standard deviations of the scaled observation, where it is Gaussian. */
  observationStd: Floats;
  // workspaces, in rows of TILE
  /** The largest of the networks' inputs. */
  input: Floats;
  /** Twice the largest of the networks' outputs. */
  output: Floats;
  /** 2 · pad4(widest layer). */
  hidden: Floats;
}

/** Bytes of one tile of latents. */
// @ts-ignore: decorator
@inline
export function latentBytes(model: LatentModel): usize {
  return model.latentSize * ROW;
}

/** Inputs of a network on [z, a] for one tile. */
// @ts-ignore: decorator
@inline
export function writeStateAction(to: usize, model: LatentModel, z: usize, action: usize): void {
  memory.copy(to, z, latentBytes(model));
  memory.copy(to + latentBytes(model), action, model.actionSize * ROW);
}

/** Inputs of the recognition network for one tile: [m, x, r, first]; the reward where it was seen. */
// @ts-ignore: decorator
@inline
export function writeEvidence(
  to: usize, model: LatentModel, predicted: usize, observation: usize, reward: usize, outcomeSeen: usize, first: usize,
): void {
  memory.copy(to, predicted, latentBytes(model));
  to += latentBytes(model);
  memory.copy(to, observation, model.observationSize * ROW);
  to += model.observationSize * ROW;
  const isSeen = f32x4.splat(<f32>model.recognisesReward);
  for (let n: usize = 0; n < ROW; n += VEC)
    v128.store(to + n, f32x4.mul(isSeen, f32x4.mul(v128.load(reward + n), v128.load(outcomeSeen + n))));
  memory.copy(to + ROW, first, ROW);
}

/** The transition parameters of a member. */
// @ts-ignore: decorator
@inline
export function transitionOf(model: LatentModel, member: usize): usize {
  return model.transitionParameters + member * model.transitionStride;
}
