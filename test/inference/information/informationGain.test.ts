import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type InformationGain,
  type InformationGainOptions,
  informationGainIn,
} from "../../../src/inference/information/informationGain.ts";
import type {
  DensityPrediction,
  GaussianPrediction,
} from "../../../src/inference/information/predictions.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { average, gaussian, integral, sum } from "../../reference/arrays.ts";
import { logNormal } from "../../reference/density.ts";
import { mulberry32 } from "../../reference/kernels.ts";
import {
  drawLatent,
  information,
  plane,
  predicted,
  predictionOf,
  scalar,
} from "../../reference/linearGaussian.ts";
import { ratioMoments } from "../../reference/ratios.ts";

const core = debugCore(1 << 22);
const NOTHING = Number.NEGATIVE_INFINITY;
const log2 = Math.log(2);
const channel = (valid: number) => [
  [Math.log(valid), Math.log(1 - valid)],
  [Math.log(1 - valid), Math.log(valid)],
];
const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} against ${expected} ± ${tolerance}`);

/** Mean of one figure over runs, and its standard error. */
function meanOf(runs: readonly InformationGain[], figure: keyof InformationGain): [number, number] {
  return ratioMoments(
    runs.map((run) => run[figure]),
    runs.map(() => 1 / runs.length),
  );
}

for (const [name, system] of [
  ["scalar", scalar],
  ["plane", plane],
] as const)
  for (const conditioning of ["belief", "path"] as const)
    test(`${name}, ${conditioning}: ½ log |S|/|R| lies between E pce and E nmc, and near both`, () => {
      const exact = information(system);
      const K = 31;
      const runs = Array.from({ length: 150 }, (_, seed) => {
        const random = mulberry32(1000 + seed);
        const draw = () => predictionOf(system, 32, random);
        const fresh = conditioning === "path" ? Array.from({ length: K }, draw) : [];
        return informationGainIn(core, draw(), { conditioning, fresh, seed });
      });
      const [lower, lowerError] = meanOf(runs, "lower");
      const [upper, upperError] = meanOf(runs, "upper");
      assert.ok(lower <= exact + 4 * lowerError, `E pce ${lower} ± ${lowerError} against ${exact}`);
      assert.ok(upper >= exact - 4 * upperError, `E nmc ${upper} ± ${upperError} against ${exact}`);
      // of 32 draws in the denominator: a bias of about half the relative variance of the densities / 32
      assert.ok(lower > exact - 0.15 && upper < exact + 0.3 && upper > lower);
      for (const run of runs) assert.ok(run.lower <= Math.log(K + 1) + 1e-6);
    });

test("the interval closes on ½ log |S|/|R| as particles are added", () => {
  const exact = information(scalar);
  const widths = [16, 64, 256, 1024].map((N) => {
    const { estimate, lower, upper, standardError } = informationGainIn(
      core,
      predictionOf(scalar, N, mulberry32(N)),
    );
    assert.is(estimate, lower);
    near(estimate, exact, 4 * standardError + 2 / N);
    return upper - lower;
  });
  for (let i = 1; i < widths.length; i++) assert.ok(widths[i] < widths[i - 1], `${widths}`);
  assert.ok(widths[3] < 0.01);
});

test("the standard error is the spread over repetitions", () => {
  const runs = Array.from({ length: 300 }, (_, seed) =>
    informationGainIn(core, predictionOf(scalar, 100, mulberry32(seed)), { seed }),
  );
  const spread = meanOf(runs, "estimate")[1] * Math.sqrt(runs.length);
  const reported = average(runs.map(({ standardError }) => standardError));
  // the spread of 300 runs is right to 1/√600 of itself; four of these, and second-order terms of 1/√100
  near(reported / spread, 1, 4 / Math.sqrt(600) + 0.1);
});

test("a realised x: pce, nmc and iwae meet log N(x; Cz, R) − log N(x; Cm, S)", () => {
  const { m, root, C, std } = scalar;
  const [r, S] = [std[0] ** 2, predicted(scalar)[0][0]];
  const [x, z] = [1.7, [0.2, 0.9, 1.4, -0.3]];
  const densityOf = (latent: number) => logNormal(x, C[0][0] * latent, r);
  const exact = z.map((latent) => densityOf(latent) - logNormal(x, C[0][0] * m[0], S));
  const P = root[0][0] ** 2;
  const random = mulberry32(3);

  // from the prior: log p̂ has variance (E p² / (E p)² − 1) / K
  const K = 3000;
  const prior = Array.from({ length: K }, () => ({
    logDensity: z.map(() => densityOf(drawLatent(scalar, random)[0])),
  }));
  const second = integral((u) => Math.exp(logNormal(u, m[0], P) + 2 * densityOf(u)), -9, 9);
  const relative = second / Math.exp(2 * logNormal(x, C[0][0] * m[0], S)) - 1;
  for (const estimator of ["pce", "nmc"] as const) {
    const options = { conditioning: "path", fresh: prior, estimator } as const;
    const { estimate } = informationGainIn(core, { logDensity: z.map(densityOf) }, options);
    // four lanes with draws of their own
    near(estimate, average(exact), 4 * Math.sqrt(relative / K / 4) + 5 / K);
  }

  // from the posterior every weight is p(x): no variance, whatever K
  const gain = (P * C[0][0]) / S;
  const posterior = { mean: m[0] + gain * (x - C[0][0] * m[0]), variance: P - gain * C[0][0] * P };
  const weighed = (latents: number[]): DensityPrediction => ({
    logDensity: latents.map(densityOf),
    logImportance: latents.map(
      (u) => logNormal(u, m[0], P) - logNormal(u, posterior.mean, posterior.variance),
    ),
  });
  const latent = () => posterior.mean + Math.sqrt(posterior.variance) * gaussian(random);
  const fresh = [0, 1, 2].map(() => weighed(z.map(latent)));
  const options: InformationGainOptions = { conditioning: "path", fresh, estimator: "iwae" };
  const { estimate, lower, upper } = informationGainIn(core, weighed(z), options);
  for (const value of [estimate, lower, upper]) near(value, average(exact), 2e-6);
});

test("Tiger: one listen at b = ½ tells 0.270438 nats, a cue valid with .95 tells 0.494632", () => {
  for (const [valid, nats] of [
    [0.85, 0.270438],
    [0.95, 0.494632],
  ]) {
    const heard = informationGainIn(core, { logProbabilities: channel(valid) });
    near(heard.estimate, nats, 1e-6);
    near(heard.standardError, 0, 1e-7);
    assert.is(heard.lower, heard.estimate);
    // the other side alone: Σ p log p / p'
    near(heard.upper, (2 * valid - 1) * Math.log(valid / (1 - valid)), 2e-6);
  }
});

test("Tiger: listening when the side is nearly known tells H(x) − H(x | z)", () => {
  const entropy = (p: number) => -p * Math.log(p) - (1 - p) * Math.log(1 - p);
  for (const b of [0.1, 0.9, 0.99]) {
    const logWeights = [Math.log(b) - 40, Math.log(1 - b) - 40];
    const { estimate } = informationGainIn(core, { logProbabilities: channel(0.85) }, { logWeights });
    near(estimate, entropy(0.85 * b + 0.15 * (1 - b)) - entropy(0.85), 4e-6);
  }
});

test("observations that tell all particles apart give log N, not nothing", () => {
  for (const N of [2, 3, 8, 50]) {
    const mean = [Array.from({ length: N }, (_, n) => 10 * n)];
    const { lower, estimate } = informationGainIn(core, { mean, std: [0.1] });
    near(lower, Math.log(N), 2e-6);
    assert.is(estimate, lower);
    const logProbabilities = mean[0].map((_, x) => mean[0].map((__, n) => (n === x ? 0 : NOTHING)));
    near(informationGainIn(core, { logProbabilities }).estimate, Math.log(N), 2e-6);
    // under path: what happens to one parent differs from draw to draw
    const moved = { mean: [mean[0].map((m) => m + 5)], std: [0.1] };
    const path = informationGainIn(core, { mean, std: [0.1] }, { conditioning: "path", fresh: [moved] });
    near(path.lower, log2, 1e-6);
  }
});

test("where z persists, path is exactly nothing and belief is not", () => {
  const mean = [[-1, 1, -1, 1, 1]];
  const still = { mean, std: [0.7] };
  const options = { conditioning: "path", draws: 3 } as const;
  const path = informationGainIn(core, still, { ...options, fresh: [still, still, still] });
  assert.equal([path.estimate, path.lower, path.upper, path.standardError], [0, 0, 0, 0]);
  assert.ok(informationGainIn(core, still, { draws: 30 }).estimate > 0.3);

  const cue = { logProbabilities: channel(0.95) };
  const deaf = informationGainIn(core, cue, { conditioning: "path", fresh: [cue, cue] });
  assert.equal([deaf.estimate, deaf.lower, deaf.upper, deaf.standardError], [0, 0, 0, 0]);
  assert.ok(informationGainIn(core, cue).estimate > 0.49);
});

test("path over categorical outcomes sums them exactly: K fresh draws of the other kind", () => {
  const [hit, miss] = channel(0.85).map((row) => row[0]);
  const sure = { logProbabilities: [[hit], [miss]] };
  const other = { logProbabilities: [[miss], [hit]] };
  for (const K of [1, 4]) {
    const fresh = new Array(K).fill(other);
    const { lower, upper } = informationGainIn(core, sure, { conditioning: "path", fresh });
    const ratio = (p: number, mixed: number) => p * (Math.log(p) - Math.log(mixed));
    const mixed = (0.85 + 0.15 * K) / (K + 1);
    near(lower, ratio(0.85, mixed) + ratio(0.15, 1 - mixed), 1e-6);
    near(upper, ratio(0.85, 0.15) + ratio(0.15, 0.85), 2e-6);
  }
});

test("two Gaussian states with many draws meet the mutual information by quadrature", () => {
  const [means, weights, std] = [[-0.6, 1.1], [0.3, 0.7], 0.8];
  const density = (x: number, n: number) => Math.exp(logNormal(x, means[n], std * std));
  const ratio = (x: number, n: number) =>
    Math.log(density(x, n) / sum(weights.map((w, j) => w * density(x, j))));
  const moment = (n: number, power: number) =>
    integral((x) => density(x, n) * ratio(x, n) ** power, -9, 9, 2000);
  const exact = sum(weights.map((w, n) => w * moment(n, 1)));
  const draws = 4000;
  const variance = sum(weights.map((w, n) => (w * w * (moment(n, 2) - moment(n, 1) ** 2)) / draws));
  const options = { logWeights: weights.map(Math.log), draws, estimator: "pairwise" } as const;
  const { estimate } = informationGainIn(core, { mean: [means], std: [std] }, options);
  near(estimate, exact, 4 * Math.sqrt(variance));
});

test("importance weights stand for the belief: wide draws weighted to N(0, 1)", () => {
  const random = mulberry32(8);
  const z = Array.from({ length: 1500 }, () => 2 * gaussian(random));
  const logWeights = z.map((value) => logNormal(value, 0, 1) - logNormal(value, 0, 4));
  const prediction = { mean: [z], std: [0.5] };
  const { estimate, lower, upper, standardError } = informationGainIn(core, prediction, { logWeights });
  near(estimate, 0.5 * Math.log(5), 4 * standardError + 0.01);
  assert.ok(lower < upper && upper - lower < 0.03);
});

test("matched moments are ½ log |S|/|R| of the set, and add up over independent dimensions", () => {
  const [a, b] = [
    [-1, 1, -1, 1],
    [-2, -2, 2, 2],
  ];
  const options = { estimator: "gaussian" } as const;
  const gain = (prediction: GaussianPrediction) => informationGainIn(core, prediction, options).estimate;
  near(gain({ mean: [a], std: [0.5] }), 0.5 * Math.log(1 + 4), 1e-6);
  // the second row may be a reward
  const both = { mean: [a, b], std: [0.5, new Array(4).fill(1)] };
  near(gain(both), 0.5 * Math.log(1 + 4) + 0.5 * Math.log(1 + 4), 1e-6);
  // a Gaussian of the same moments tells more than the four points: log 4 is their most
  assert.ok(gain(both) > informationGainIn(core, both, { draws: 200 }).lower);
});

test("particles of weight zero are not there", () => {
  const z = [0.3, -1, 0.8, 2];
  const logWeights = [0, -1, 0.5, 0.2];
  const options = { draws: 2, seed: 5 };
  for (const estimator of ["pce", "pairwise", "gaussian"] as const) {
    const alone = informationGainIn(core, { mean: [z], std: [1] }, { ...options, logWeights, estimator });
    const padded = { mean: [[...z, Number.NaN, 9, 9]], std: [1] };
    const weights = [...logWeights, NOTHING, NOTHING, NOTHING];
    assert.equal(informationGainIn(core, padded, { ...options, logWeights: weights, estimator }), alone);
  }
  const one = informationGainIn(core, { mean: [[1]], std: [2] });
  near(one.estimate, 0, 1e-6);
  assert.ok(one.upper === Number.POSITIVE_INFINITY && Number.isNaN(one.standardError));
});

test("the same seed and stream draw the same, others do not; the memory is given back", () => {
  const prediction = predictionOf(plane, 7, mulberry32(1));
  const at = (seed: number, stream = 0) => informationGainIn(core, prediction, { seed, stream, draws: 2 });
  const place = core.kernels.mark();
  assert.equal(at(3), at(3));
  assert.is(core.kernels.mark(), place);
  assert.not.equal(at(3), at(4));
  assert.not.equal(at(3), at(3, 1));
  const each = informationGainIn(core, {
    ...prediction,
    std: prediction.std.map((s) => new Array(7).fill(s)),
  });
  assert.equal(each, informationGainIn(core, prediction));
});

test("refuses a misspelt option, and takes an undefined one for left out", () => {
  const heard = { logProbabilities: channel(0.85) };
  assert.throws(
    () => informationGainIn(core, heard, { estimater: "nmc" } as object),
    (error: Error) => `${error}` === "TypeError: options: expected known names, got estimater",
  );
  assert.equal(
    informationGainIn(core, heard, { estimator: undefined } as object),
    informationGainIn(core, heard),
  );
});

test("a constant added to all log-weights changes nothing, however large", () => {
  const prediction = { logProbabilities: [[0.85, 0.15, 0.4].map(Math.log), [0.15, 0.85, 0.6].map(Math.log)] };
  const weights = [0, -0.5, -1.25];
  const { estimate } = informationGainIn(core, prediction, { logWeights: weights });
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), (constant) => {
      const logWeights = weights.map((weight) => weight + constant);
      assert.is(informationGainIn(core, prediction, { logWeights }).estimate, estimate);
    }),
    { numRuns: 50, examples: [[-8e6], [-1.6e7]] },
  );
});

test.run();
