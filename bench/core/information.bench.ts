import { contrastCases, pairwiseCases } from "../../src/bench/cases/particles.ts";
import { createCore } from "../../src/core/core.ts";
import { mulberry32 } from "../../test/reference.ts";
import * as baseline from "../baseline/information.ts";
import { compare } from "../compare.ts";

const core = await createCore({ bytes: 1 << 22 });
const random = mulberry32(1);
const drawn = (length: number, low: number, high: number) =>
  Float32Array.from({ length }, () => low + (high - low) * random());

for (const { name, sizes, run } of pairwiseCases(core)) {
  const [D, N] = sizes;
  const mean = drawn(D * N, -1, 1);
  const std = drawn(D * N, 0.5, 1.5);
  const x = mean.map((m, i) => m + std[i] * (2 * random() - 1));
  const [lower, upper] = [new Float32Array(N), new Float32Array(N)];
  const pairs = baseline.allocatePairs(D, N);
  compare(name, {
    wasm: run,
    typescript: () => baseline.pairwiseGaussian(lower, upper, x, mean, std, pairs),
  });
}

for (const { name, sizes, run } of contrastCases(core)) {
  const [K, N] = sizes;
  const [own, others] = [drawn(N, 0, 2), drawn(K * N, -5, 1)];
  const [lower, upper] = [new Float32Array(N), new Float32Array(N)];
  const terms = new Float64Array(K);
  compare(name, { wasm: run, typescript: () => baseline.contrast(lower, upper, own, others, terms) });
}
