/** Plans from a learned latent against exact posteriors of hand-made rewards, by both families of planners. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { setLatentModel } from "../../src/core/latent.ts";
import { cloudSizes } from "../../src/core/planner.ts";
import { TILE, tilesFor } from "../../src/core/tiles.ts";
import { discrete } from "../../src/environments/environment.ts";
import {
  allocatePlanner,
  allocateWorkspaces,
  type PlannerSettings,
  preparePlanner,
} from "../../src/inference/plan.ts";
import { resetPlans, solvePlans } from "../../src/inference/planner.ts";
import { actionCoding } from "../../src/models/actionCoding.ts";
import {
  allocateLatent,
  bindSimulation,
  initialiseLatent,
  simulatedLatent,
} from "../../src/models/latentModel.ts";
import { type Rows, sum } from "../reference/arrays.ts";
import { packNetwork } from "../reference/nn.ts";

const core = await createCore({ bytes: 1 << 24 });

const settings = {
  search: "sequences",
  candidates: 64,
  horizon: 1,
  particles: 3,
  habitShare: 0,
  temperature: 0.5,
  klBudget: 0,
  discount: 0.9,
  informationWeight: 0,
  conditioning: "belief",
  contrasts: 1,
  risk: "variational",
  essShare: 1e-6,
  minimumStd: 0.01,
  correlation: 0,
} satisfies PlannerSettings;

/**
 * r = z[0] [a = 1] + ½ [a = 2] for |z[0]| < 8, by a hidden layer on z and the one-hot of 0, 1, 2: relu(z[0] − 8 [a ≠ 1]),
 * relu(−z[0] − 8 [a ≠ 1]) and [a = 2]. Nothing moves, and the value is 0.
 */
const GATE = {
  weight: [
    [1, 0, 0, 0, -8, 0, -8],
    [-1, 0, 0, 0, -8, 0, -8],
    [0, 0, 0, 0, 0, 0, 1],
  ],
  bias: [0, 0, 0],
};

/** Plans from so many beliefs of three particles z[0] each. */
function planned(changes: Partial<PlannerSettings>, beliefs: Rows) {
  return core.scope(() => {
    const all = { ...settings, ...changes };
    const model = allocateLatent(core, {
      ...{ latentSize: 4, observationSize: 1, coding: actionCoding(discrete(3), 3), members: 1 },
      ...{ hidden: [], decoderHidden: [3], activation: "relu", observationKind: "gaussian" },
    });
    initialiseLatent(core, model, { seed: [1, 2], rewardNoise: 1, recognisesReward: false });
    setLatentModel(core, model.record, {
      ...{ rewardMean: 0, rewardStd: 1, rewardLow: -9, rewardHigh: 9, endingMean: 0, endingStd: 1 },
    });
    for (const { parameters } of [model.transition, model.slowValue]) parameters.fill(0);
    const last = {
      weight: [
        [1, -1, 0.5],
        [0, 0, 0],
        [0, 0, 0],
      ],
      bias: [0, 0, 0],
    };
    model.outcome.parameters.set(packNetwork([GATE, last]));
    bindSimulation(core, model, { simulatesNoise: false, conditioning: "belief" });
    const simulated = simulatedLatent(model);
    const acting = allocatePlanner(core, simulated, all, beliefs.length);
    const workspaces = allocateWorkspaces(core, simulated, all, beliefs.length);
    preparePlanner(core, acting, { seed: [3, 4], workspaces });
    resetPlans(acting);
    acting.states.set(beliefs.flatMap((zs) => zs.flatMap((z) => [z, 0, 0, 0, 0])));
    const knowledge = { informationWeight: 0, usesHabit: false, usesValue: true };
    solvePlans(core, acting, knowledge, { stream: 100, step: 1, iterations: 1 });
    const { candidates: C } = all;
    return beliefs.map((_, s) => ({
      label: [...acting.label.subarray(3 * s, 3 * s + 3)],
      plan: [...acting.mean.subarray(3 * all.horizon * s, 3 * all.horizon * s + 3)],
      weights: [...workspaces.weights.subarray(s * C, (s + 1) * C)],
      temperature: acting.temperatures[s],
    }));
  });
}

const beliefs = [
  [1, 2, -0.6],
  [-1, 0.25, 0],
];
const close = (actual: readonly number[], expected: readonly number[], within: number) =>
  actual.forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]) < within, `${actual}, ${expected}`);
  });
const normalised = (values: readonly number[]) => values.map((value) => value / sum(values));

/** Scores of the three actions: the mean over particles, or the evidence. */
const scoresOf = (zs: readonly number[], risk: string, eta: number) => [
  0,
  risk === "evidence"
    ? eta * Math.log(sum(zs.map((z) => Math.exp(z / eta))) / zs.length)
    : sum([...zs]) / zs.length,
  0.5,
];

for (const search of ["sequences", "smc"] as const)
  for (const risk of ["variational", "evidence"] as const)
    test(`the posterior of one step is softmax of the mean, or of the evidence: ${search}, ${risk}`, () => {
      const candidates = 8192;
      planned({ search, risk, candidates }, beliefs).forEach(({ label, plan }, s) => {
        const scores = scoresOf(beliefs[s], risk, settings.temperature);
        const expected = normalised(scores.map((score) => Math.exp(score / settings.temperature)));
        // four deviations of shares of 8,192 candidates, with weights that differ by at most a factor of six
        close(label, expected, 4 * Math.sqrt(0.25 / candidates) * 2);
        // the plan keeps 5 % of the uniform distribution; thousands of weights are added one by one in f32: √8,192 · 2⁻²⁴
        // at best, and 8,192 · 2⁻²⁴ = 5e-4 at worst
        close(
          plan,
          label.map((p) => 0.95 * p + 0.05 / 3),
          1e-4,
        );
      });
    });

test("with a budget the temperature is such that the posterior lies that far from the proposal", () => {
  for (const search of ["sequences", "smc"] as const)
    for (const klBudget of [0.05, 0.3])
      planned({ search, klBudget, candidates: 256 }, beliefs).forEach(({ weights, temperature }, s) => {
        const divergence = sum(weights.map((w) => (w > 0 ? w * Math.log(w * weights.length) : 0)));
        assert.ok(Math.abs(divergence - klBudget) < 1e-4, `${divergence}`);
        // the weights are those of the temperature that it found
        const scores = scoresOf(beliefs[s], "variational", 0).map((score) => Math.exp(score / temperature));
        const ratio = Math.max(...weights) / Math.min(...weights);
        assert.ok(Math.abs(ratio / (Math.max(...scores) / Math.min(...scores)) - 1) < 1e-3);
      });
});

test("several steps: both planners find the posterior of the first action, whatever came after it", () => {
  for (const search of ["sequences", "smc"] as const) {
    // sharp enough that sequential Monte Carlo resamples on the way
    const temperature = 0.25;
    const candidates = 16384;
    const [first] = planned({ search, temperature, candidates, horizon: 3, discount: 1 }, [beliefs[0]]);
    const scores = scoresOf(beliefs[0], "variational", 0).map((score) => Math.exp(score / temperature));
    close(first.label, normalised(scores), 0.05);
  }
});

test("plans side by side are those of each alone where they draw the same", () => {
  for (const search of ["sequences", "smc"] as const) {
    const [together] = planned({ search, horizon: 4 }, [beliefs[0], beliefs[1]]);
    const [alone] = planned({ search, horizon: 4 }, [beliefs[0]]);
    assert.equal([together.label, together.plan], [alone.label, alone.plan]);
  }
});

for (const [name, changes] of Object.entries({
  "the belief": { conditioning: "belief", particles: 5 },
  "the path": { conditioning: "path", contrasts: 3 },
  "the members": { conditioning: "member" },
  "the belief, step by step": { conditioning: "belief", search: "smc", candidates: 72 },
} satisfies Record<string, Partial<PlannerSettings>>))
  test(`workspaces are as large as the kernels ask for: ratios over ${name}`, () => {
    core.scope(() => {
      const all: PlannerSettings = { ...settings, informationWeight: 1, ...changes };
      const model = allocateLatent(core, {
        ...{ latentSize: 8, observationSize: 3, coding: actionCoding(discrete(3), 3), members: 3 },
        ...{ hidden: [6], decoderHidden: [3], activation: "relu", observationKind: "gaussian" },
      });
      initialiseLatent(core, model, { seed: [1, 2], rewardNoise: 1, recognisesReward: false });
      bindSimulation(core, model, { simulatesNoise: true, conditioning: all.conditioning ?? "path" });
      const planner = allocatePlanner(core, simulatedLatent(model), all, 2);
      const workspaces = allocateWorkspaces(core, planner.model, all, 2);
      preparePlanner(core, planner, { seed: [3, 4], workspaces });
      const { clouds, heads, rows } = cloudSizes(core, planner.plan);
      const tiles = all.search === "smc" ? tilesFor(2 * all.candidates) : 1;
      assert.is(workspaces.clouds.length, clouds * tiles * TILE);
      assert.is(workspaces.heads.length, heads * TILE);
      assert.is(workspaces.rows.length, rows * TILE);
    });
  });

test.run();
