/** Twin of `assembly/latent`: f64, one chunk of one lane at a time. */
import type { ObservationKind } from "../../src/core/observationKind.ts";
import { average, type Rows, sum } from "./arrays.ts";
import { bernoulliLoss, crossEntropy, latentLogStd, logNormal } from "./density.ts";
import { logSumExp } from "./information.ts";
import { mlp, type Network } from "./nn.ts";

export interface Model {
  readonly kind: ObservationKind;
  readonly observationStd: readonly number[];
  readonly rewardNoise: number;
  readonly recognisesReward: boolean;
  readonly hasEndings: boolean;
  readonly endingOffset: number;
  /** One a member. */
  readonly transitions: readonly Network[];
  readonly recognition: Network;
  readonly observation: Network;
  readonly outcome: Network;
}

/** What was observed at one step, and the action that led there. */
export interface Step {
  readonly observation: readonly number[];
  /** 1 where seen, else 0. */
  readonly seen: readonly number[];
  readonly previousAction: readonly number[];
  readonly reward: number;
  /** The same reward in units of those that came with an end. */
  readonly endingReward: number;
  /** 1 or 0. */
  readonly ended: number;
  /** 1 where the outcome was seen, else 0. */
  readonly outcomeSeen: number;
}

export interface Gaussian {
  readonly mean: readonly number[];
  readonly logStd: readonly number[];
}

/** p(z' | z, a, e) of every member; N(0, 1) alone when there is no z. */
export function priorsOf(
  model: Model,
  z: readonly number[] | undefined,
  action: readonly number[],
): Gaussian[] {
  if (z === undefined) {
    const zeros = new Array<number>(model.observation.layers[0].weight[0].length).fill(0);
    return [{ mean: zeros, logStd: zeros }];
  }
  return model.transitions.map((transition) => {
    const head = mlp(transition, [...z, ...action]);
    return {
      mean: z.map((value, i) => value + 0.5 * head[i]),
      logStd: head.slice(z.length).map(latentLogStd),
    };
  });
}

/** q(z' | z, a, x', r'): the mean of the priors, corrected by recognition. */
export function posteriorOf(
  model: Model,
  priors: readonly Gaussian[],
  step: Step,
  isFirst: boolean,
): Gaussian {
  const base = priors[0].mean.map((_, i) => average(priors.map(({ mean }) => mean[i])));
  const reward = model.recognisesReward ? step.reward * step.outcomeSeen : 0;
  const head = mlp(model.recognition, [...base, ...step.observation, reward, isFirst ? 1 : 0]);
  return {
    mean: base.map((m, i) => m + head[i]),
    logStd: head.slice(base.length).map(latentLogStd),
  };
}

/** m + σ ε */
export function draw({ mean, logStd }: Gaussian, noise: readonly number[]): number[] {
  return mean.map((m, i) => m + Math.exp(logStd[i]) * noise[i]);
}

/** Σ_i log N(z_i; m_i, σ_i²) */
export function logDensity(z: readonly number[], { mean, logStd }: Gaussian): number {
  return sum(z.map((value, i) => logNormal(value, mean[i], Math.exp(2 * logStd[i]))));
}

/** KL(q ‖ p) = Σ_i log σ_p − log σ_q + (σ_q² + (m_q − m_p)²) / 2 σ_p² − ½ */
export function klDivergence(q: Gaussian, p: Gaussian): number {
  return sum(
    q.mean.map((m, i) => {
      const square = Math.exp(2 * q.logStd[i]) + (m - p.mean[i]) ** 2;
      return p.logStd[i] - q.logStd[i] + 0.5 * square * Math.exp(-2 * p.logStd[i]) - 0.5;
    }),
  );
}

/** log p(x, r, end | z) = log p(x | z) of what was seen + log p(r, end | z, a) where it was seen. */
export function logLikelihood(model: Model, z: readonly number[], step: Step): number {
  return (
    observationLogLikelihood(model, z, step) + (step.outcomeSeen ? outcomeLogLikelihood(model, z, step) : 0)
  );
}

function observationLogLikelihood(
  { kind, observation, observationStd }: Model,
  z: readonly number[],
  step: Step,
) {
  const head = mlp(observation, z);
  if (kind === "categorical") return step.seen[0] ? -crossEntropy(head, step.observation) : 0;
  const each = step.observation.map((x, d) =>
    kind === "gaussian" ? logNormal(x, head[d], observationStd[d] ** 2) : -bernoulliLoss(head[d], x),
  );
  return sum(each.filter((_, d) => step.seen[d]));
}

function outcomeLogLikelihood(model: Model, z: readonly number[], step: Step): number {
  const [reward, logit, endingReward] = mlp(model.outcome, [...z, ...step.previousAction]);
  const ending = model.hasEndings ? -bernoulliLoss(logit + model.endingOffset, step.ended) : 0;
  const ofReward = step.ended
    ? logNormal(step.endingReward, endingReward, model.rewardNoise ** 2)
    : logNormal(step.reward, reward, model.rewardNoise ** 2);
  return ofReward + ending;
}

/** What the bound is taken with: [T] ε of z, and [contrasts][T] ε of the fresh draws. */
export interface Noise {
  /** The member that infers what was not seen completely. */
  readonly member: number;
  readonly latents: Rows;
  readonly contrasts: readonly Rows[];
}

/** What one step of a chunk contributes, in nats. */
export interface StepTerms {
  readonly z: readonly number[];
  /** m, the mean that recognition corrects. */
  readonly base: readonly number[];
  /** z_k of the prior. */
  readonly fresh: Rows;
  readonly logLikelihood: number;
  /** log p̂ = log 1/(K + 1) Σ_{k ≥ 0} exp ℓ_k */
  readonly logMarginal: number;
  /** 1/E Σ_e KL(q ‖ p_e); none where the observation was not seen completely. */
  readonly divergence: number;
}

export function chunkSteps(model: Model, steps: readonly Step[], noise: Noise): StepTerms[] {
  let before: readonly number[] | undefined;
  return steps.map((step, t) => {
    const priors = priorsOf(model, before, step.previousAction);
    const own = priors[t === 0 ? 0 : noise.member];
    const isComplete = step.seen.every((isSeen) => isSeen === 1);
    const posterior = isComplete ? posteriorOf(model, priors, step, t === 0) : own;
    const z = draw(posterior, noise.latents[t]);
    const fresh = noise.contrasts.map((noise, k) => draw(priors[k % priors.length], noise[t]));
    const all = [z, ...fresh].map((latent) => logLikelihood(model, latent, step));
    before = z;
    return {
      z,
      base: priors[0].mean.map((_, i) => average(priors.map(({ mean }) => mean[i]))),
      fresh,
      logLikelihood: all[0],
      logMarginal: logSumExp(all) - Math.log(all.length),
      divergence: isComplete ? average(priors.map((prior) => klDivergence(posterior, prior))) : 0,
    };
  });
}

/**
 * Σ over `starts` starts t ≥ from, 1/(K E) Σ_e Σ_k log p(x_{t+k}, r_{t+k} | z̃_k),  z̃_k = z̃_{k−1} + ½ d_e(z̃_{k−1}, a_{t+k}),
 * as far as the chunk goes; a_{t+k} led to step t + k.
 */
export function foresight(
  model: Model,
  steps: readonly Step[],
  latents: readonly (readonly number[])[],
  { longest, from, starts }: { readonly longest: number; readonly from: number; readonly starts: number },
): number {
  const end = Math.min(from + starts, steps.length);
  let total = 0;
  for (let e = 0; e < model.transitions.length; e++)
    for (let t = from; t < end; t++) {
      let z = latents[t];
      for (let k = 1; k <= longest && t + k < steps.length; k++) {
        z = priorsOf(model, z, steps[t + k].previousAction)[e].mean;
        total += logLikelihood(model, z, steps[t + k]);
      }
    }
  return total / (longest * model.transitions.length);
}

/** One step of a particle: z' and log p(x, r | z') + log p(z' | z, a, e) − log q(z'). */
export function filterStep(
  model: Model,
  { z, member }: { readonly z: readonly number[]; readonly member: number },
  step: Step,
  {
    noise,
    isFirst,
    isComplete,
  }: { readonly noise: readonly number[]; isFirst: boolean; isComplete: boolean },
): { z: number[]; logIncrement: number } {
  const priors = priorsOf(model, isFirst ? undefined : z, step.previousAction);
  const prior = priors[isFirst ? 0 : member];
  const proposal = isComplete ? posteriorOf(model, priors, step, isFirst) : prior;
  const next = draw(proposal, noise);
  const correction = logDensity(next, prior) - logDensity(next, proposal);
  return { z: next, logIncrement: logLikelihood(model, next, step) + correction };
}

/** G_t = r_{t+1} + β ratio_{t+1} + γ (1 − ended_{t+1}) ((1 − λ) V_{t+1} + λ G_{t+1}),  G_T = V_T, in the units of rewards and values. */
export function lambdaReturn(
  chunk: readonly (Pick<Step, "reward" | "endingReward" | "ended"> & {
    readonly value: number;
    readonly ratio: number;
  })[],
  { discount, decay, informationWeight }: { discount: number; decay: number; informationWeight: number },
): number[] {
  const returns: number[] = [];
  for (let t = chunk.length - 1; t >= 0; t--) {
    const next = chunk[t + 1];
    returns[t] =
      next === undefined
        ? chunk[t].value
        : informationWeight * next.ratio +
          (next.ended
            ? next.endingReward
            : next.reward + discount * ((1 - decay) * next.value + decay * returns[t + 1]));
  }
  return returns;
}
