/** Between two calls nothing of planners and filters of known worlds depends on what is under `work`. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { particleFilter } from "../../src/inference/belief/filter.ts";
import { resolveFilter } from "../../src/inference/belief/filterOptions.ts";
import {
  allocateLinearGaussianProposal,
  linearGaussianProposal,
} from "../../src/inference/belief/linearGaussianProposal.ts";
import { allocateTabularProposal, tabularProposal } from "../../src/inference/belief/tabularProposal.ts";
import { plannerOf } from "../../src/inference/posterior.ts";
import { linearGaussianModel } from "../../src/models/linearGaussian.ts";
import { tiger } from "../../src/models/problems/tiger.ts";
import { tMaze } from "../../src/models/problems/tMaze.ts";
import { poison } from "../helpers/poison.ts";

const core = await createCore({ bytes: 1 << 23 });

const plane = linearGaussianModel({
  transition: [
    [1, 0.1],
    [0, 1],
  ],
  control: [
    [0, 0],
    [0.5, 0.2],
  ],
  observation: [
    [1, 0],
    [0, 1],
  ],
  transitionCovariance: [
    [0.01, 0],
    [0, 0.01],
  ],
  observationCovariance: [
    [0.09, 0.01],
    [0.01, 0.09],
  ],
  initial: {
    mean: [0, 0],
    covariance: [
      [1, 0],
      [0, 1],
    ],
  },
  stateCost: [
    [1, 0],
    [0, 0.1],
  ],
});

const shared = { candidates: 36, horizon: 4, temperature: 0.5 };

for (const search of ["sequences", "smc"] as const)
  for (const conditioning of ["belief", "path"] as const)
    for (const [name, model, particles, states] of [
      ["tiger", tiger(), 2, [0, 1]],
      ["T-maze", tMaze(), 4, [0, 1, 0, 1]],
      ["plane", plane, 3, [1, 0, 1.2, 0.1, 0.7, -0.2]],
    ] as const)
      test(`NaN in every workspace between two plans changes no bit: ${name}, ${search}, conditioned on the ${conditioning}`, () => {
        core.scope(() => {
          const options = { ...shared, search, conditioning, particles, informationWeight: 0.3 };
          const [clean, spoilt] = [plannerOf(core, model, options), plannerOf(core, model, options)];
          for (let i = 0; i < 4; i++) {
            poison(spoilt.state);
            const logWeights = Array.from({ length: particles }, (_, k) => (-k * i) / 3);
            assert.equal(spoilt.plan({ states, logWeights }), clean.plan({ states, logWeights }));
          }
        });
      });

/** A filter with everything that it works on, at the heart of one tree. */
function filters(name: string, regularisation: number) {
  const settings = resolveFilter({ particles: 64, regularisation, resampleBelow: 0.9, seed: 3 });
  if (name === "tiger") {
    const proposal = allocateTabularProposal(core, settings);
    const filter = particleFilter(core, tabularProposal(core, tiger(), proposal), settings);
    return { filter, tree: { proposal, state: filter.state } };
  }
  const options = { particles: 64, proposal: name === "plane" ? "bootstrap" : "optimal" } as const;
  const proposal = allocateLinearGaussianProposal(core, plane, options);
  const filter = particleFilter(core, linearGaussianProposal(core, plane, proposal), settings);
  return { filter, tree: { proposal, state: filter.state } };
}

for (const [name, regularisation] of [
  ["tiger", 0],
  ["plane", 0.5],
  ["plane, optimal", 0],
] as const)
  test(`NaN in every workspace between two updates changes no bit: ${name}`, () => {
    core.scope(() => {
      const [clean, spoilt] = [filters(name, regularisation), filters(name, regularisation)];
      let resamplings = 0;
      for (let i = 0; i < 20; i++) {
        if (i === 12) for (const { filter } of [clean, spoilt]) filter.reset();
        const evidence =
          name === "tiger"
            ? { action: 0, observation: i % 4 === 3 ? null : i % 2 }
            : { action: [0.1 * i, -0.2], observation: [0.1 * i, i % 4 === 3 ? Number.NaN : 0.3] };
        poison(spoilt.tree);
        const info = spoilt.filter.update(evidence);
        assert.equal(info, clean.filter.update(evidence));
        resamplings += Number(info.hasResampled);
        poison(spoilt.tree);
        assert.equal(spoilt.filter.moments(), clean.filter.moments());
        poison(spoilt.tree);
        assert.equal(spoilt.filter.particles(3), clean.filter.particles(3));
      }
      assert.ok(resamplings > 0);
    });
  });

test.run();
