/** A latent model as plans simulate it, and its f64 twin. */
import type { Core } from "../../src/core/core.ts";
import { setGuide } from "../../src/core/guide.ts";
import { setLatentModel } from "../../src/core/latent.ts";
import { observationKinds } from "../../src/core/observationKind.ts";
import { allocateSimulatedModel, MODEL_KINDS, setSimulatedModel } from "../../src/core/simulation.ts";
import type { BeliefModel } from "../reference/belief.ts";
import { bernoulliLoss, logNormal } from "../reference/density.ts";
import { draw, type Model, priorsOf } from "../reference/latent.ts";
import { mlp, type Network, packNetwork } from "../reference/nn.ts";
import type { Guided } from "./belief.ts";
import { buildModel, type Shape } from "./latent.ts";

/** Units of rewards and values: each number another one, so that none can stand for another. */
export const UNITS = {
  rewardMean: -0.5,
  rewardStd: 2,
  rewardLow: -1.9,
  rewardHigh: 1.6,
  endingMean: 0.75,
  endingStd: 1.5,
  valueMean: 0.25,
  valueStd: 3,
};

/** A latent model and what plans know of it. */
export function simulatedOf(
  core: Core,
  model: Model,
  shape: Shape,
  value: Network,
  { usesNoise = true, mixesMembers = false } = {},
) {
  const built = buildModel(core, model, shape);
  const { valueMean, valueStd, ...units } = UNITS;
  setLatentModel(core, built.record, units);
  setGuide(core, built.guideView.record, { valueMean, valueStd });
  built.slowValue.parameters.set(packNetwork(value.layers));
  const isCategorical = shape.kind === "categorical";
  const simulated = allocateSimulatedModel(core);
  setSimulatedModel(core, simulated, {
    kind: MODEL_KINDS.latent,
    stateRows: shape.Z + 1,
    actionSize: shape.A,
    observationSize: shape.X,
    observationKind: observationKinds.indexOf(shape.kind),
    usesNoise: Number(usesNoise),
    takesU: 0,
    mixesMembers: Number(mixesMembers),
    learned: built.record.words,
  });
  const known = {
    record: simulated,
    stateSize: shape.Z + 1,
    actionSize: shape.A,
    isDiscrete: false,
    hasValue: true,
    observationWidth: isCategorical ? 1 : shape.X,
    guide: built.guideView.record,
  } as Guided;
  return { known, built };
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** The twin: a state is z, then the member. */
export function twinOf(
  model: Model,
  { Z, kind, E }: Shape,
  value: Network,
  { usesNoise = true, mixesMembers = false } = {},
): BeliefModel {
  const outcome = (u: readonly number[], next: readonly number[]) =>
    mlp(model.outcome, [...next.slice(0, Z), ...u.map(Math.tanh)]);
  const ending = (u: readonly number[], next: readonly number[]) =>
    model.hasEndings ? sigmoid(outcome(u, next)[1]) : 0;
  return {
    next: (state, u, noise, sibling) => {
      const member = (state[Z] + (mixesMembers ? sibling : 0)) % E;
      const prior = priorsOf(model, state.slice(0, Z), u.map(Math.tanh))[member];
      return [...(usesNoise ? draw(prior, noise.slice(0, Z)) : prior.mean), state[Z]];
    },
    reward: (_, u, next) => {
      const [goesOn, , ends] = outcome(u, next);
      const p = ending(u, next);
      const expected =
        (1 - p) * (UNITS.rewardMean + UNITS.rewardStd * goesOn) +
        p * (UNITS.endingMean + UNITS.endingStd * ends);
      return Math.min(UNITS.rewardHigh, Math.max(UNITS.rewardLow, expected));
    },
    ending: (_, u, next) => ending(u, next),
    predict: (next) => {
      const head = mlp(model.observation, next.slice(0, Z));
      if (kind === "categorical") return categorical(head);
      if (kind === "bernoulli") return bernoulli(head);
      const std = model.observationStd;
      return {
        draw: (epsilon) => head.map((m, d) => m + std[d] * epsilon[d]),
        logDensity: (x) => head.reduce((sum, m, d) => sum + logNormal(x[d], m, std[d] ** 2), 0),
      };
    },
    value: (state) => UNITS.valueMean + UNITS.valueStd * mlp(value, state.slice(0, Z))[0],
  };
}

function categorical(logits: readonly number[]) {
  const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
  return {
    draw: ([uniform]: readonly number[]) => {
      const up = (k: number) =>
        logits.slice(0, k + 1).reduce((sum, logit) => sum + Math.exp(logit - total), 0);
      return [logits.findIndex((_, k) => up(k) > uniform)];
    },
    logDensity: ([x]: readonly number[]) => logits[x] - total,
  };
}

function bernoulli(logits: readonly number[]) {
  return {
    draw: (uniform: readonly number[]) => logits.map((l, d) => Number(uniform[d] < sigmoid(l))),
    logDensity: (x: readonly number[]) => -logits.reduce((sum, l, d) => sum + bernoulliLoss(l, x[d]), 0),
  };
}
