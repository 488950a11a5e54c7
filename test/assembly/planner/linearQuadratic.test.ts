/** Both planner families against exact linear-quadratic posteriors. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../../src/core/core.ts";
import { linearGaussianModel } from "../../../src/models/linearGaussian.ts";
import { simulationOf } from "../../../src/models/simulation.ts";
import { expectNear, posteriorMean, solve } from "../../helpers/posterior.ts";
import { integral } from "../../reference/arrays.ts";
import { linearGaussianTwin } from "../../reference/belief.ts";
import { logNormal } from "../../reference/density.ts";

const core = await createCore({ bytes: 1 << 25 });

const scalar = (a: number, b: number, q: number, W: number) =>
  simulationOf(
    core,
    linearGaussianModel({
      transition: [[a]],
      control: [[b]],
      observation: [[1]],
      transitionCovariance: [[W]],
      observationCovariance: [[1]],
      stateCost: [[q]],
    }),
  );

for (const family of ["iterated", "smc"] as const)
  for (const [risk, W, particles] of [
    ["variational", 0, 1],
    ["variational", 0.6, 32],
    ["evidence", 0.6, 1],
    ["evidence", 0.6, 8],
  ] as const)
    test(`scalar linear-quadratic, ${family}, ${risk}, W=${W}, ${particles} particles: q*(u) = N(μ, 1/Λ)`, () => {
      const [a, b, q, sigma, x, eta] = [0.9, 1.5, 2, 0.5, 0.8, 0.5];
      const known = scalar(a, b, q, W);
      const numbers = { temperature: eta, usesEvidence: Number(risk === "evidence") };
      const task = { known, state: [x], particles, candidates: 8192, horizon: 1, numbers, std: sigma };
      // the mean of M noises has variance W / M: variational, q/η becomes q / (η + q W / M); evidence, q / (η + q W)
      const noise = risk === "evidence" ? W : W / particles;
      const sharpness = q / (eta + q * noise);
      const precision = 1 / sigma ** 2 + b * b * sharpness;
      const mean = (-b * sharpness * a * x) / precision;
      // N candidates of self-normalised weights: bias of the order of one over those that count
      const bias = 2 / 8192;
      const bias16 = family === "smc" ? 16 * bias : bias;
      expectNear(
        posteriorMean(core, family, task, ([u]) => u),
        mean,
        bias16,
        0.06,
      );
      const variance = posteriorMean(core, family, task, ([u]) => (u - mean) ** 2);
      expectNear(variance, 1 / precision, bias16, 0.3 / precision);
      // the two modes of risk are further apart than the tolerance: variational stays at the answer without noise
      const calm = 1 / sigma ** 2 + (b * b * q) / eta;
      const calmMean = (-b * (q / eta) * a * x) / calm;
      if (risk === "evidence") assert.ok(Math.abs(calmMean - mean) > 0.06);
      else assert.ok(Math.abs(calmMean - mean) < 0.025);
    });

/** First gain of the finite-horizon LQR with cost ½ x'ᵀ Q x' + ½ r u², two states, end cost P; as [K_1, K_2]. */
function gainOf(
  A: number[][],
  B: number[],
  Q: number[][],
  end: number[][],
  r: number,
  steps: number,
): number[] {
  let P = end;
  let K = [0, 0];
  for (let i = 0; i < steps; i++) {
    const S = Q.map((row, i) => row.map((value, j) => value + P[i][j]));
    const SB = S.map((row) => row[0] * B[0] + row[1] * B[1]);
    const scale = r + B[0] * SB[0] + B[1] * SB[1];
    K = [0, 1].map((j) => (SB[0] * A[0][j] + SB[1] * A[1][j]) / scale);
    const closed = A.map((row, i) => row.map((value, j) => value - B[i] * K[j]));
    const moved = [0, 1].map((i) => [0, 1].map((j) => S[i][0] * closed[0][j] + S[i][1] * closed[1][j]));
    // A' S (A − B K)
    P = [0, 1].map((i) => [0, 1].map((j) => A[0][i] * moved[0][j] + A[1][i] * moved[1][j]));
  }
  return K;
}

for (const family of ["iterated", "smc"] as const)
  for (const horizon of [2, 4])
    test(`multi-step linear-quadratic, ${family}, H=${horizon}: the first action is −K x of the LQR with η/σ²`, () => {
      const [A, B] = [
        [
          [1, 0.4],
          [-0.3, 0.9],
        ],
        [0.2, 0.8],
      ];
      const [Q, end] = [
        [
          [1, 0],
          [0, 0.2],
        ],
        [
          [2, 0.3],
          [0.3, 1],
        ],
      ];
      const [eta, sigma, x] = [0.5, 0.7, [1, 0.5]];
      const known = simulationOf(
        core,
        linearGaussianModel({
          transition: A,
          control: B.map((value) => [value]),
          observation: [[1, 0]],
          transitionCovariance: [
            [0, 0],
            [0, 0],
          ],
          observationCovariance: [[1]],
          stateCost: Q,
          valueCost: end,
        }),
      );
      const numbers = { temperature: eta };
      const task = { known, state: x, particles: 1, candidates: 16384, horizon, numbers, std: sigma };
      const K = gainOf(A, B, Q, end, eta / sigma ** 2, horizon);
      const expected = -(K[0] * x[0] + K[1] * x[1]);
      assert.ok(Math.abs(expected) > 0.2);
      expectNear(
        posteriorMean(core, family, task, ([u]) => u),
        expected,
        family === "smc" ? 16 / 1024 : 1e-3,
        0.08,
      );
    });

test("both modes of risk agree to rounding where nothing is left to chance", () => {
  const known = scalar(0.9, 1.5, 2, 0);
  const scores = [0, 1].map((usesEvidence) => {
    let found: number[] = [];
    const numbers = { usesEvidence, temperature: 0.5 };
    const task = { known, state: [0.8], particles: 7, candidates: 64, horizon: 3, numbers };
    solve(core, "iterated", task, 1, ({ scores }) => {
      found = [...scores.subarray(0, 64)];
    });
    return found;
  });
  const largest = Math.max(...scores[0].map(Math.abs));
  scores[0].forEach((score, n) => {
    assert.ok(Math.abs(score - scores[1][n]) < 1e-5 * largest);
  });
});

test("the linear-quadratic posterior is that of a numerical integral, too", () => {
  const [a, b, q, sigma, x, eta] = [0.9, 1.5, 2, 0.5, 0.8, 0.5];
  const twin = linearGaussianTwin({
    transition: [[a]],
    control: [[b]],
    observation: [[1]],
    transitionCovariance: [[0]],
    observationCovariance: [[1]],
    stateCost: [[q]],
  });
  const weight = (u: number) =>
    Math.exp(logNormal(u, 0, sigma ** 2) + twin.reward([x], [u], twin.next([x], [u], [0], 0)) / eta);
  const mean = integral((u) => u * weight(u), -4, 4) / integral(weight, -4, 4);
  const precision = 1 / sigma ** 2 + (b * b * q) / eta;
  assert.ok(Math.abs(mean - (-b * q * a * x) / (eta * precision)) < 1e-9);
});

test.run();
