import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import type { ParticleBelief } from "../../src/inference/belief/belief.ts";
import { particlesOfStates } from "../../src/inference/belief/exact.ts";
import type { PlannerOptions } from "../../src/inference/plannerOptions.ts";
import { plannerOf } from "../../src/inference/posterior.ts";
import type { KnownModel } from "../../src/models/model.ts";
import { tiger } from "../../src/models/problems/tiger.ts";
import { tMaze } from "../../src/models/problems/tMaze.ts";
import { plane } from "../helpers/plane.ts";
import { sum } from "../reference/arrays.ts";

const core = await createCore({ bytes: 1 << 23 });

const somewhere: ParticleBelief = { states: [1, 0, 1.2, 0.1, 0.7, -0.2], logWeights: [0, -1, -0.5] };

const settingsOf = (search: "sequences" | "smc", changes: PlannerOptions = {}) =>
  ({ search, particles: 3, candidates: 32, horizon: 3, temperature: 0.5, ...changes }) as const;

for (const search of ["sequences", "smc"] as const) {
  test(`${search}: the same seed gives the same bits; every plan and every seed draws its own numbers`, () => {
    core.scope(() => {
      const run = (seed: number) => {
        const solver = plannerOf(core, plane(), settingsOf(search, { seed }));
        return [1, 2].map(() => [...solver.plan(somewhere).mean]);
      };
      const [first, again, other] = [run(1), run(1), run(2)];
      assert.equal(first, again);
      assert.not.equal(first[0], first[1]);
      assert.not.equal(first[0], other[0]);
    });
  });

  test(`${search}: the posterior of a continuous action`, () => {
    core.scope(() => {
      const horizon = 3;
      const solver = plannerOf(core, plane(), settingsOf(search, { horizon }));
      const { action, first, mean, std, effectiveSampleSize, temperature, value } = solver.plan(somewhere);
      assert.equal([...(action as Float32Array)], [...mean.subarray(0, 2)]);
      assert.equal([mean.length, std.length, first.length], [horizon * 2, horizon * 2, 2 * 21]);
      for (const dimension of [first.subarray(0, 21), first.subarray(21)])
        assert.ok(Math.abs(sum(dimension) - 1) < 1e-5);
      assert.ok(effectiveSampleSize >= 1 && effectiveSampleSize <= 32);
      assert.is(temperature, 0.5);
      assert.ok(value < 0.5 && value > -10);
    });
  });

  test(`${search}: a KL budget sets the temperature, the tighter the higher`, () => {
    core.scope(() => {
      const [tight, wide] = [0.05, 0.5].map((klBudget) => {
        const solver = plannerOf(core, plane(), settingsOf(search, { klBudget, iterations: 1 }));
        return solver.plan(somewhere).temperature;
      });
      assert.ok(tight > 1.5 * wide && wide > 0, `${tight} ${wide}`);
    });
  });

  test(`${search}: the prior of discrete actions is the posterior where nothing is at stake`, () => {
    core.scope(() => {
      const prior = [0.6, 0.3, 0.1];
      const solver = plannerOf(core, tMaze(), {
        ...settingsOf(search, {
          candidates: 4096,
          informationWeight: 0,
          temperature: 1e6,
          horizon: 1,
          prior,
        }),
      });
      const { first, action } = solver.plan(particlesOfStates(core, [0.5, 0.5, 0], 3));
      assert.is(action, 0);
      // 4σ/√N of a share, under weights of at most 1.02 with the broad proposals of smc
      prior.forEach((p, k) => {
        assert.ok(Math.abs(first[k] - p) < 4.1 * Math.sqrt((p * (1 - p)) / 4096) + 1e-3);
      });
    });
  });
}

test("the example of the documentation", () => {
  core.scope(() => {
    const settings = { particles: 2, horizon: 1, temperature: 0.1 };
    const solver = plannerOf(core, tiger(), settings);
    assert.is(solver.plan({ states: [0, 1], logWeights: [0, 0] }).action, 0);
  });
});

test("iterations sharpen the plan; tempering keeps a share of the candidates", () => {
  core.scope(() => {
    const spread = (iterations: number) => {
      const settings = settingsOf("sequences", {
        iterations,
        temperature: 0.02,
        candidates: 256,
        particles: 3,
      });
      return plannerOf(core, plane(), settings).plan(somewhere).std[0];
    };
    assert.ok(spread(4) < 0.8 * 1);
    const settings = settingsOf("sequences", { temperature: 1e-4, essShare: 0.25, iterations: 1 });
    const { effectiveSampleSize } = plannerOf(core, plane(), settings).plan(somewhere);
    assert.ok(effectiveSampleSize >= 8 && effectiveSampleSize < 8.1);
  });
});

for (const [settings, message] of [
  [{ candidates: 30 }, "candidates: expected a multiple of 4 in [4, 65536], got 30"],
  [{ iterations: 17 }, "iterations: expected a whole number in [1, 16], got 17"],
  [{ particles: 0 }, "particles: expected a whole number in [1, 4096], got 0"],
  [{ discount: 1.5 }, "discount: expected a number in [0, 1], got 1.5"],
  [{ priorWeight: -1 }, "priorWeight: expected a number in [0, 1000], got -1"],
  [{ broadShare: 2 }, "broadShare: expected a number in [0, 1], got 2"],
  [{ conditioning: "member" as never }, 'conditioning: expected one of path, belief, got "member"'],
  [{ search: "random" as never }, 'search: expected one of sequences, smc, closed, prior, got "random"'],
  [{ prior: [0.5, 0.5] }, "prior: expected 3 probabilities of discrete actions, got 2"],
  [{ prior: [0.5, 0.5, 0] }, "prior: expected up to 65536 numbers in [1e-12, 1], got [0.5, 0.5, 0]"],
  // what would be without effect
  [{ risk: "evidence", klBudget: 0.1 }, 'klBudget: expected 0 unless risk is "variational", got 0.1'],
  [
    { particles: 1 },
    'informationWeight: expected 0 unless particles is at least 2 or conditioning is not "belief", got 1',
  ],
  [{ contrasts: 4 }, 'contrasts: expected 8 unless conditioning is "path", got 4'],
  [{ search: "smc", essShare: 0.5 }, 'essShare: expected 0 unless search is "sequences", got 0.5'],
  [{ search: "smc", iterations: 2 }, 'iterations: expected 3 unless search is "sequences", got 2'],
  [{ broadShare: 0.5 }, 'broadShare: expected 0.05 unless search is "smc", got 0.5'],
  [{ priorStd: 2 }, "priorStd: expected 1 unless actions are continuous, got 2"],
] as [PlannerOptions, string][])
  test(`refuses ${JSON.stringify(settings)}`, () => {
    core.scope(() => {
      assert.throws(
        () => plannerOf(core, tiger(), settings),
        (error: Error) => error instanceof RangeError && error.message === message,
      );
    });
  });

for (const [model, got] of [
  [tiger().tables, "an object of transition, reward, observation, initial"],
  [{}, "an object of nothing"],
  [{ kind: "latent" }, "an object of kind"],
  [undefined, "undefined"],
] as [KnownModel, string][])
  test(`refuses ${got} for a model`, () => {
    assert.throws(
      () => plannerOf(core, model),
      (error: Error) =>
        error instanceof TypeError &&
        error.message === `model: expected tabularModel(…) or linearGaussianModel(…), got ${got}`,
    );
  });

for (const [belief, message] of [
  [{ states: [0, 7] }, "states[1]: expected a whole number in [0, 1], got 7"],
  [{ states: [Number.NaN, -3] }, "states[0]: expected a whole number in [0, 1], got NaN"],
  [{ states: [0.5, 1] }, "states[0]: expected a whole number in [0, 1], got 0.5"],
  [
    { logWeights: [-Infinity, -Infinity] },
    "logWeights: expected a particle of positive weight, got −Infinity for every particle",
  ],
  [{ logWeights: [0, Number.NaN] }, "logWeights[1]: expected a finite number or −Infinity, got NaN"],
  [{ logWeights: [Infinity, 0] }, "logWeights[0]: expected a finite number or −Infinity, got Infinity"],
] as [Partial<ParticleBelief>, string][])
  test(`refuses a belief over two states with ${message}`, () => {
    core.scope(() => {
      const solver = plannerOf(core, tiger(), { particles: 2 });
      assert.throws(
        () => solver.plan({ states: [0, 1], logWeights: [0, 0], ...belief }),
        (error: Error) => error instanceof RangeError && error.message === message,
      );
    });
  });

test("refuses continuous states that are not finite", () => {
  core.scope(() => {
    const solver = plannerOf(core, plane(), { particles: 1, informationWeight: 0 });
    assert.throws(
      () => solver.plan({ states: [0, Infinity], logWeights: [0] }),
      (error: Error) => `${error}` === "RangeError: states: expected finite numbers, got Infinity",
    );
  });
});

test("refuses a misspelt setting, and takes an undefined one for left out", () => {
  core.scope(() => {
    const make = (settings: object) => plannerOf(core, tiger(), settings);
    assert.throws(
      () => make({ particles: 2, temprature: 0.1 }),
      (error: Error) => `${error}` === "TypeError: options: expected known names, got temprature",
    );
    const [left, given] = [{}, { horizon: undefined, prior: undefined }].map((more) =>
      make({ particles: 2, temperature: 0.1, ...more }).plan({ states: [0, 1], logWeights: [0, 0] }),
    );
    assert.equal([...given.mean], [...left.mean]);
  });
});

test("refuses beliefs of another size", () => {
  core.scope(() => {
    const solver = plannerOf(core, tiger(), { particles: 2 });
    assert.throws(
      () => solver.plan({ states: [0], logWeights: [0] }),
      (error: Error) => error.message === "logWeights: expected 2 values, got 1",
    );
    assert.throws(
      () => solver.plan({ states: [0, 1, 0], logWeights: [0, 0] }),
      (error: Error) => error.message === "states: expected 2 values, got 3",
    );
  });
});

test("a constant added to all log-weights changes no bit of a plan, however large", () => {
  const planOf = (constant: number, weights: readonly number[]) =>
    core.scope(() => {
      const planner = plannerOf(core, tiger(), { particles: 2, horizon: 2, temperature: 0.1, seed: 3 });
      const logWeights = weights.map((weight) => weight / 1024 + constant);
      return digest(planner.plan({ states: [0, 1], logWeights }));
    });
  const digest = ({ first, value }: { first: Float32Array; value: number }) => [...first, value];
  const whole = fc.integer({ min: -(2 ** 31), max: 2 ** 31 });
  fc.assert(
    fc.property(whole, fc.tuple(fc.nat(2000), fc.nat(2000)), (constant, weights) => {
      assert.equal(planOf(constant, weights), planOf(0, weights));
    }),
    { numRuns: 20, examples: [[-1e9, [0, 500]]] },
  );
});

test.run();
