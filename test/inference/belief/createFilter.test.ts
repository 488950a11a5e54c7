/** Filters in memories of their own. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../../src/core/core.ts";
import { createFilter, filterOf } from "../../../src/inference/belief/createFilter.ts";
import type { FilterOptions } from "../../../src/inference/belief/filterOptions.ts";
import { linearGaussianModel } from "../../../src/models/linearGaussian.ts";
import type { KnownModel, StateSpaceModel } from "../../../src/models/model.ts";
import { tMaze } from "../../../src/models/problems/tMaze.ts";
import { frozen } from "../../helpers/frozen.ts";

const core = await createCore({ bytes: 1 << 23 });

const walk = linearGaussianModel({
  transition: [[1]],
  observation: [[1], [0.2]],
  transitionCovariance: [[0.1]],
  observationCovariance: [
    [0.5, 0.2],
    [0.2, 0.4],
  ],
  initial: { mean: [0], covariance: [[1]] },
});

for (const [name, model, observation, options] of [
  ["tables", tMaze(), 1, {}],
  ["a linear system", walk, [0.3, -0.1], {}],
  ["a linear system, optimally", walk, [0.3, -0.1], { proposal: "optimal" }],
  ["functions", frozen(), [0.5], { regularisation: 0.5, resampleBelow: 1 }],
] as [string, KnownModel | StateSpaceModel, number | number[], FilterOptions][])
  test(`over ${name} it has room, and the bits of a shared core`, async () => {
    // so many that a forgotten row would not fit into the rest of the memory's last page
    const all = { particles: 16384, seed: 4, ...options };
    const own = await createFilter(model, { ...all, method: "particles" });
    core.scope(() => {
      const shared = filterOf(core, model, all);
      for (let t = 0; t < 3; t++) {
        const evidence = { action: 0, observation };
        assert.equal(own.update(evidence), shared.update(evidence));
      }
      assert.equal([...own.moments().mean], [...shared.moments().mean]);
    });
  });

test("by default it has 1024 particles; of tables it may be exact", async () => {
  assert.is((await createFilter(frozen())).state.weights.length, 1024);
  const exact = await createFilter(tMaze(), { method: "exact" });
  exact.update();
  assert.equal(exact.state.probabilities, [0.5, 0.5, 0]);
});

test("functions may draw into arrays of their own", async () => {
  const noise = new Float32Array(64);
  const apart: StateSpaceModel = {
    ...frozen(),
    initialise: (z, _, __, draw) => {
      draw.normal(z);
      draw.normal(noise);
    },
  };
  (await createFilter(apart, { particles: 64, seed: 1 })).update();
  assert.is(new Set(noise).size, 64);
});

for (const [model, options, message] of [
  [tMaze(), { particle: 4 }, "TypeError: options: expected known names, got particle"],
  [tMaze(), { particles: 6 }, "RangeError: particles: expected a multiple of 4 in [4, 4194304], got 6"],
  [tMaze(), { method: "kalman" }, 'RangeError: method: expected one of particles, exact, got "kalman"'],
  [
    walk,
    { method: "exact" },
    'RangeError: method: expected "particles" unless the model has tables, got "exact"',
  ],
  [tMaze(), { method: "exact", seed: 1 }, 'RangeError: seed: expected 0 unless method is "particles", got 1'],
  [walk, { proposal: "best" }, 'RangeError: proposal: expected one of bootstrap, optimal, got "best"'],
  [
    tMaze(),
    { proposal: "optimal" },
    'RangeError: proposal: expected "bootstrap" unless the model is linear-Gaussian, got "optimal"',
  ],
  ...[tMaze().tables, {}, { initialise: () => {} }].map((wrong) => [
    wrong,
    {},
    "TypeError: model: expected tabularModel(…), linearGaussianModel(…) or the functions initial (or initialise) and step, got an " +
      `object of ${Object.keys(wrong).join(", ") || "nothing"}`,
  ]),
  [
    undefined,
    {},
    "TypeError: model: expected tabularModel(…), linearGaussianModel(…) or the functions initial (or initialise) and step, got undefined",
  ],
] as [KnownModel, object, string][])
  test(`refuses: ${message}`, async () => {
    assert.is(await createFilter(model, options).catch(String), message);
  });

test.run();
