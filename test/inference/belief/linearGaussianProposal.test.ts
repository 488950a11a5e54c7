import { test } from "uvu";
import * as assert from "uvu/assert";
import { filterOf } from "../../../src/inference/belief/createFilter.ts";
import type { FilterOptions } from "../../../src/inference/belief/filterOptions.ts";
import { linearGaussianModel } from "../../../src/models/linearGaussian.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { average, sum } from "../../reference/arrays.ts";
import { kalman, type Linear, type Seen, simulate } from "../../reference/filter.ts";
import { mulberry32 } from "../../reference/kernels.ts";

const core = debugCore();

const system: Linear = {
  A: [
    [0.9, 0.3],
    [-0.2, 0.8],
  ],
  B: [[0.5], [-1]],
  C: [
    [1, 0],
    [0.5, 1],
    [1, -1],
  ],
  W: [
    [0.3, 0.1],
    [0.1, 0.2],
  ],
  R: [
    [0.5, 0.2, 0],
    [0.2, 0.8, -0.1],
    [0, -0.1, 0.6],
  ],
  mean: [1, -0.5],
  covariance: [
    [0.8, -0.2],
    [-0.2, 0.5],
  ],
};
const model = linearGaussianModel({
  transition: system.A,
  control: system.B,
  observation: system.C,
  transitionCovariance: system.W,
  observationCovariance: system.R,
  initial: { mean: system.mean, covariance: system.covariance },
});
const actions = [[1], [-0.5], [0.25], [2], [-1], [0.5], [0]];
const observations = simulate(system, actions, mulberry32(1));
const lost = Number.NaN;
/** The same world with some dimensions, and one whole step, out of sight. */
const gaps: readonly Seen[] = observations.map((x, t) => {
  if (t === 2) return null;
  if (t === 4) return [lost, lost, lost];
  return x.map((value, o) => ((o + t) % 3 === 0 && t > 0 ? lost : value));
});

/** Runs a filter over what was seen, as often as there are seeds; what each run ends with goes to `take`. */
function run(seen: readonly Seen[], options: FilterOptions, runs = 1) {
  return core.scope(() => {
    const filter = filterOf(core, model, options);
    return Array.from({ length: runs }, (_, seed) => {
      filter.reset({ seed });
      const infos = seen.map((observation, t) => filter.update({ action: actions[t - 1], observation }));
      const { mean, std } = filter.moments();
      const { particles: z, weights } = filter.state;
      const N = weights.length;
      const covariance = sum(Array.from(weights, (w, n) => w * (z[n] - mean[0]) * (z[N + n] - mean[1])));
      return { infos, mean: [...mean], std: [...std], covariance, ...infos[infos.length - 1] };
    });
  });
}

const exact = kalman(system, observations, actions);
const exactWithGaps = kalman(system, gaps, actions);

for (const proposal of ["bootstrap", "optimal"] as const)
  for (const resampleBelow of [0, 0.7])
    for (const [name, seen, oracle] of [
      ["everything seen", observations.slice(0, 5), exact[4]],
      ["gaps", gaps.slice(0, 5), exactWithGaps[4]],
    ] as const)
      test(`evidence is unbiased: ${proposal}, resampling below ${resampleBelow}, ${name}`, () => {
        const ends = run(seen, { particles: 64, proposal, resampleBelow }, 10_000);
        const ratios = ends.map(({ logEvidence }) => Math.exp(logEvidence - oracle.logEvidence));
        const mean = average(ratios);
        const std = Math.sqrt(average(ratios.map((ratio) => (ratio - mean) ** 2)));
        // 4 σ of the mean of the runs; σ is the runs' own
        assert.ok(Math.abs(mean - 1) < (4 * std) / 100, `${mean} ± ${std / 100}`);
        assert.ok(std < 1, `${std}`);
        assert.is(
          ends.some(({ infos }) => infos.some(({ hasResampled }) => hasResampled)),
          resampleBelow > 0,
        );
      });

for (const proposal of ["bootstrap", "optimal"] as const)
  for (const [name, seen, oracle] of [
    ["everything seen", observations, exact],
    ["gaps", gaps, exactWithGaps],
  ] as const)
    test(`mean, covariance and evidence are those of the Kalman filter: ${proposal}, ${name}`, () => {
      const [{ infos, mean, std, covariance, logEvidence }] = run(seen, {
        particles: 16384,
        proposal,
        seed: 3,
      });
      const { mean: m, covariance: P, logEvidence: expected } = oracle[oracle.length - 1];
      // each step adds at most the error of a sample of its effective size: variance Σ_t 1/ESS_t of a unit one
      const error = 4 * Math.sqrt(sum(infos.map(({ effectiveSampleSize }) => 1 / effectiveSampleSize)));
      for (const d of [0, 1]) {
        assert.ok(Math.abs(mean[d] - m[d]) < error * Math.sqrt(P[d][d]));
        // a variance's own: 2 σ⁴
        assert.ok(Math.abs(std[d] ** 2 - P[d][d]) < Math.SQRT2 * error * P[d][d]);
      }
      const spread = Math.sqrt(P[0][0] * P[1][1] + P[0][1] ** 2);
      assert.ok(Math.abs(covariance - P[0][1]) < error * spread);
      assert.ok(Math.abs(logEvidence - expected) < error);
      assert.ok(error < 0.15, `${error}`);
    });

test("the optimal proposal's first weights are all the evidence of the first observation", () => {
  for (const seen of [observations[0], [0.3, lost, 1], [lost, -2, lost]]) {
    const [{ infos, effectiveSampleSize }] = run([seen], { particles: 12, proposal: "optimal" });
    const [{ logEvidence }] = kalman(system, [seen], []);
    // f32: the rounded target and deviations, 2⁻²⁴ each, squared over up to three dimensions
    assert.ok(Math.abs(infos[0].logEvidenceIncrement - logEvidence) < 3e-6 * Math.abs(logEvidence));
    assert.is(effectiveSampleSize, 12);
  }
});

test("the optimal proposal's weights vary less", () => {
  const [bootstrap] = run(observations.slice(0, 1), { particles: 4096 });
  const [optimal] = run(observations.slice(0, 1), { particles: 4096, proposal: "optimal" });
  assert.ok(bootstrap.effectiveSampleSize < 0.8 * optimal.effectiveSampleSize);
});

test("without a glimpse the belief is the prediction, and the evidence stays", () => {
  const [{ infos, mean, std }] = run([observations[0], null, [lost, lost, lost]], { particles: 16384 });
  const [seen, ...rest] = infos;
  // log-weights are shifted in f32 to keep them small
  for (const { logEvidence } of rest) assert.ok(Math.abs(logEvidence - seen.logEvidence) < 1e-6);
  const oracle = kalman(system, [observations[0], null, null], actions)[2];
  const error = 4 * Math.sqrt(3 / seen.effectiveSampleSize);
  for (const d of [0, 1]) {
    const P = oracle.covariance[d][d];
    assert.ok(Math.abs(mean[d] - oracle.mean[d]) < error * Math.sqrt(P));
    assert.ok(Math.abs(std[d] ** 2 - P) < Math.SQRT2 * error * P);
  }
});

test("a state that is certain in part stays so: singular covariances", () => {
  core.scope(() => {
    const nothing = [
      [0, 0],
      [0, 0],
    ];
    const still = linearGaussianModel({
      transition: [
        [1, 1],
        [0, 1],
      ],
      observation: [[1, 0]],
      transitionCovariance: nothing,
      observationCovariance: [[1]],
      initial: { mean: [0, 2], covariance: nothing },
    });
    for (const proposal of ["bootstrap", "optimal"] as const) {
      const filter = filterOf(core, still, { particles: 8, proposal });
      for (let t = 0; t < 3; t++) filter.update({ observation: [5] });
      assert.equal([...filter.moments().mean], [4, 2]);
      assert.equal([...filter.moments().std], [0, 0]);
    }
  });
});

test("refuses what is no observation or action of the model, and to filter from no beginning", () => {
  const fails = (work: () => unknown, expected: string) =>
    assert.throws(work, (error: Error) => error instanceof RangeError && error.message === expected);
  core.scope(() => {
    const filter = filterOf(core, model, { particles: 8 });
    fails(() => filter.update({ observation: [1, 2] }), "observation: expected [3] numbers, got [2]");
    filter.update();
    fails(() => filter.update(), "action: expected [1], got 0 values");
    const { initial: _, ...matrices } = model.matrices;
    fails(
      () => filterOf(core, linearGaussianModel(matrices)),
      "initial: expected mean and covariance to filter from, got none",
    );
  });
});

test.run();
