/** The learned model as plans simulate it (`assembly/simulation/latent.ts`) against its f64 twin. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Core } from "../../../src/core/core.ts";
import { setLatentModel } from "../../../src/core/latent.ts";
import { shapeValues } from "../../../src/core/mlp.ts";
import { planSequentially, propose, rolloutBelief, setPlan } from "../../../src/core/planner.ts";
import { allocateSimulatedModel, MODEL_KINDS, setSimulatedModel } from "../../../src/core/simulation.ts";
import { TILE } from "../../../src/core/tiles.ts";
import type { KnownModel } from "../../../src/models/knownModel.ts";
import type { LatentModel } from "../../../src/models/latentModel.ts";
import { buildBelief, drawsOfLane, laneActions, type Problem } from "../../belief.ts";
import { debugCore } from "../../core.ts";
import { buildModel, randomModel, type Shape } from "../../latent.ts";
import { randomRow } from "../../reference/arrays.ts";
import { type BeliefModel, type BeliefSettings, scoreOfBelief } from "../../reference/belief.ts";
import { logNormal } from "../../reference/density.ts";
import { draw, type Model, priorsOf } from "../../reference/latent.ts";
import { mlp, type Network, packNetwork, randomNetwork } from "../../reference/nn.ts";
import { mulberry32 } from "../../reference.ts";
import { shapes } from "./shapes.ts";

const core = debugCore(1 << 23);

/** Units of rewards and values: each number another one, so that none can stand for another. */
const UNITS = {
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
function simulatedOf(
  core: Core,
  model: Model,
  shape: Shape,
  value: Network,
  { usesNoise = true, mixesMembers = false } = {},
) {
  const built = buildModel(core, model, shape);
  setLatentModel(core, built.record, UNITS);
  built.slowValue.parameters.set(packNetwork(value.layers));
  const isCategorical = shape.kind === "categorical";
  const simulated = allocateSimulatedModel(core);
  setSimulatedModel(core, simulated, {
    kind: MODEL_KINDS.latent,
    stateRows: shape.Z + 1,
    actionSize: shape.A,
    observationSize: shape.X,
    isCategorical: Number(isCategorical),
    usesNoise: Number(usesNoise),
    takesU: 0,
    mixesMembers: Number(mixesMembers),
    latent: built.record.words,
  });
  const known = {
    simulated,
    stateSize: shape.Z + 1,
    actionSize: shape.A,
    isDiscrete: false,
    hasValue: true,
    observationWidth: isCategorical ? 1 : shape.X,
  } as KnownModel;
  return { known, built };
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** The twin: a state is z, then the member. */
function twinOf(
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

function problemOf(shape: Shape, M: number, numbers: Problem["numbers"]): Problem {
  const random = mulberry32(7);
  const state = (k: number) => [...randomRow(random, shape.Z), k % shape.E];
  return {
    plans: 2,
    candidates: 20,
    horizon: 3,
    states: [0, 1].map(() => Array.from({ length: M }, (_, k) => state(k))),
    logWeights: [randomRow(random, M), randomRow(random, M)],
    numbers,
  };
}

for (const [name, settings] of [
  ["Gaussian, one member", { conditioning: "belief", usesNoise: true, M: 5 }],
  ["Gaussian, three members, eight latents, endings", { conditioning: "belief", usesNoise: true, M: 6 }],
  ["Gaussian, three members, eight latents, endings", { conditioning: "path", usesNoise: true, M: 4 }],
  ["Gaussian, three members, eight latents, endings", { conditioning: "member", usesNoise: false, M: 4 }],
  ["Gaussian, three members, eight latents, endings", { conditioning: "member", usesNoise: true, M: 3 }],
  ["Gaussian, three members, eight latents, endings", { conditioning: "none", usesNoise: false, M: 3 }],
  ["categorical, two members, no overshoot fits", { conditioning: "belief", usesNoise: true, M: 5 }],
] as const)
  test(`next state, outcome, observation and value match the f64 twin: ${name}, ${JSON.stringify(settings)}`, () => {
    core.scope(() => {
      const shape = shapes[name];
      const { usesNoise, M } = settings;
      const mixesMembers = settings.conditioning === "member";
      const conditioning = settings.conditioning === "member" ? "path" : settings.conditioning;
      const contrasts = mixesMembers ? shape.E - 1 : 3;
      const model = randomModel(mulberry32(4), shape);
      const value = randomNetwork(mulberry32(9), [shape.Z, ...shape.hidden, 1], shape.activation);
      const { known } = simulatedOf(core, model, shape, value, { usesNoise, mixesMembers });
      const all: BeliefSettings = {
        ...{ conditioning, contrasts, informationWeight: 0.7, rewardNoise: 0, isEvidence: false },
        ...{ temperature: 0.6, discount: 0.9, hasValue: true },
      };
      const problem = problemOf(shape, M, {
        ...{
          usesInformation: Number(conditioning !== "none"),
          conditionsOnBelief: Number(conditioning === "belief"),
        },
        ...{ contrasts, informationWeight: 0.7, temperature: 0.6, discount: 0.9 },
      });
      const built = buildBelief(core, known, problem);
      propose(core, built.plan);
      rolloutBelief(core, built.plan);
      const twin = twinOf(model, shape, value, { usesNoise, mixesMembers });
      const scores = Array.from({ length: 40 }, (_, lane) => {
        const s = Math.floor(lane / 20);
        const slots = conditioning === "path" ? contrasts + 1 : 1;
        const [draws, uniforms] = [false, true].map((isTabular) =>
          drawsOfLane(core, built, { lane, slots, isTabular }),
        );
        const epsilon = shape.kind === "categorical" ? uniforms.epsilon : draws.epsilon;
        const belief = { states: problem.states[s], logWeights: problem.logWeights[s] };
        return scoreOfBelief(twin, belief, laneActions(built, lane), { ...draws, epsilon }, all);
      });
      assert.ok(Math.max(...scores) - Math.min(...scores) > 0.5);
      // scores of size five, from sums of a hundred f32 terms: 100 · 2⁻²⁴ · 5 = 3e-5
      scores.forEach((score, lane) => {
        assert.ok(
          Math.abs(built.scores[lane] - score) < 3e-5,
          `lane ${lane}: ${built.scores[lane]}, ${score}`,
        );
      });
    });
  });

/** Two discrete actions; nothing moves; the habit takes action 1 where z[0] > 0, and action 0 below. */
function stillModel(core: Core): { known: KnownModel; built: LatentModel } {
  const shape: Shape = { ...shapes["Gaussian, one member"], A: 2, hidden: [], decoderHidden: [] };
  const zero = (network: Network): Network => ({
    ...network,
    layers: network.layers.map(({ weight, bias }) => ({
      weight: weight.map((row) => row.map(() => 0)),
      bias: bias.map(() => 0),
    })),
  });
  const model = randomModel(mulberry32(4), shape);
  const still = { ...model, transitions: model.transitions.map(zero), outcome: zero(model.outcome) };
  const value = zero(randomNetwork(mulberry32(9), [shape.Z, 1], shape.activation));
  const { known, built } = simulatedOf(core, still, shape, value, { usesNoise: false });
  return { known: { ...known, isDiscrete: true }, built };
}

for (const simulate of [
  (plan: Parameters<typeof propose>[1]) => {
    propose(core, plan);
    rolloutBelief(core, plan);
  },
  (plan: Parameters<typeof propose>[1]) => planSequentially(core, plan),
])
  test("the habit proposes at the belief's mean, not where most particles are", () => {
    core.scope(() => {
      const { known } = stillModel(core);
      // two of three particles lie below 0, the mean of z[0] above, or with other weights below
      const states = [3, -1, -1].map((z) => [z, 0, 0, 0, 0]);
      const candidates = 24;
      const built = buildBelief(
        core,
        known,
        {
          ...{ plans: 2, candidates, horizon: 3, states: [states, states] },
          logWeights: [
            [0, 0, 0],
            [-2, 0, 0],
          ],
          numbers: { usesInformation: 0, habitCandidates: 12, seedLow: 5 },
        },
        true,
      );
      const network = {
        layers: [
          {
            weight: [
              [-50, 0, 0, 0],
              [50, 0, 0, 0],
            ],
            bias: [0, 0],
          },
        ],
      };
      const shape = core.u32(shapeValues([4, 2], "relu"));
      setPlan(core, built.plan, {
        habitShape: shape,
        habitParameters: core.f32(packNetwork(network.layers)),
        logits: core.f32(4 * TILE),
        hidden: core.f32(2 * 4 * TILE),
        noise: core.f32(8 * TILE),
      });
      simulate(built.plan);
      for (const [s, wanted] of [1, 0].entries()) {
        const chosen = Array.from({ length: candidates }, (_, c) =>
          laneActions(built, s * candidates + c).map((action) => action.indexOf(1)),
        );
        for (let c = 1; c <= 12; c++) assert.equal(chosen[c], [wanted, wanted, wanted]);
        assert.ok(chosen.slice(13).some((actions) => actions.includes(1 - wanted)));
      }
    });
  });

test.run();
