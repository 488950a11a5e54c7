/** The learned model as plans simulate it (`assembly/simulation/latent.ts`) against its f64 twin. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Core } from "../../../src/core/core.ts";
import { setGuide } from "../../../src/core/guide.ts";
import { shapeValues } from "../../../src/core/mlp.ts";
import { planSequentially, propose, rollout, setPlan } from "../../../src/core/planner.ts";
import { TILE } from "../../../src/core/tiles.ts";
import { buildBelief, drawsOfLane, laneActions, type Problem } from "../../helpers/belief.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { randomModel, type Shape } from "../../helpers/latent.ts";
import { shapes } from "../../helpers/latentShapes.ts";
import { simulatedOf, twinOf } from "../../helpers/simulatedLatent.ts";
import { randomRow } from "../../reference/arrays.ts";
import { type BeliefModel, type BeliefSettings, scoreOfBelief } from "../../reference/belief.ts";
import { mulberry32 } from "../../reference/kernels.ts";
import { type Network, packNetwork, randomNetwork } from "../../reference/nn.ts";

const core = debugCore(1 << 23);

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
  [
    "Bernoulli, two members, chunks shorter than the overshoot",
    { conditioning: "belief", usesNoise: true, M: 5 },
  ],
  [
    "Bernoulli, two members, chunks shorter than the overshoot",
    { conditioning: "path", usesNoise: true, M: 4 },
  ],
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
      rollout(core, built.plan);
      const twin = twinOf(model, shape, value, { usesNoise, mixesMembers });
      const scores = Array.from({ length: 40 }, (_, lane) => {
        const s = Math.floor(lane / 20);
        const slots = conditioning === "path" ? contrasts + 1 : 1;
        const [draws, uniforms] = [false, true].map((isTabular) =>
          drawsOfLane(core, built, { lane, slots, isTabular }),
        );
        const epsilon = shape.kind === "gaussian" ? draws.epsilon : uniforms.epsilon;
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

/** Nothing moves, and what is seen is linear in z. */
function stillModel(core: Core, kind: Shape["kind"]) {
  const shape: Shape = { ...shapes["Gaussian, one member"], kind, A: 2, hidden: [], decoderHidden: [] };
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
  const twin = twinOf(still, shape, value, { usesNoise: false });
  return { known: { ...known, isDiscrete: true }, guide: built.guideView.record, twin };
}

/** Σ_k w_k Σ_x p(x | z_k) log p(x | z_k) / p(x) over all x of `size` zeros and ones */
function mutualInformation(
  twin: BeliefModel,
  states: readonly (readonly number[])[],
  weights: readonly number[],
  size: number,
): number {
  const outcomes = Array.from({ length: 2 ** size }, (_, code) =>
    Array.from({ length: size }, (_, d) => (code >> d) & 1),
  );
  const predictions = states.map((state) => twin.predict(state, [0, 0]));
  return outcomes.reduce((total, x) => {
    const p = predictions.map(({ logDensity }) => Math.exp(logDensity(x)));
    const evidence = p.reduce((sum, value, k) => sum + weights[k] * value, 0);
    return total + p.reduce((sum, value, k) => sum + weights[k] * value * Math.log(value / evidence), 0);
  }, 0);
}

test("the ratio of zeros and ones is in the mean the mutual information of belief and observation", () => {
  core.scope(() => {
    const { known, twin } = stillModel(core, "bernoulli");
    const states = [3, -1, 0.5].map((z) => [z, z / 2, -z, 1, 0]);
    const logWeights = [0, 0.5, -0.3];
    const total = logWeights.reduce((sum, value) => sum + Math.exp(value), 0);
    const weights = logWeights.map((value) => Math.exp(value) / total);
    const candidates = 8192;
    const scores = [0, 1].map((informationWeight) => {
      const numbers = { informationWeight, conditionsOnBelief: 1, seedLow: 3 };
      const problem = {
        plans: 1,
        candidates,
        horizon: 1,
        states: [states],
        logWeights: [logWeights],
        numbers,
      };
      const built = buildBelief(core, known, problem);
      propose(core, built.plan);
      rollout(core, built.plan);
      return built.scores;
    });
    const ratios = Array.from({ length: candidates }, (_, n) => scores[1][n] - scores[0][n]);
    const mean = ratios.reduce((sum, ratio) => sum + ratio / candidates, 0);
    const variance = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2 / candidates, 0);
    const exact = mutualInformation(twin, states, weights, 3);
    // 4σ of the mean, and the f32 rounding of scores of size one
    assert.ok(Math.abs(mean - exact) < 4 * Math.sqrt(variance / candidates) + 1e-6, `${mean}, ${exact}`);
    assert.ok(exact > 20 * Math.sqrt(variance / candidates));
  });
});

for (const simulate of [
  (plan: Parameters<typeof propose>[1]) => {
    propose(core, plan);
    rollout(core, plan);
  },
  (plan: Parameters<typeof propose>[1]) => planSequentially(core, plan),
])
  test("the habit proposes at the belief's mean, not where most particles are", () => {
    core.scope(() => {
      const { known, guide } = stillModel(core, "gaussian");
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
      setGuide(core, guide, {
        habitShape: shape,
        habitParameters: core.f32(packNetwork(network.layers)),
        output: core.f32(4 * TILE),
        hidden: core.f32(2 * 4 * TILE),
      });
      setPlan(core, built.plan, { noise: core.f32(8 * TILE) });
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
