import { createCore } from "../../src/core/core.ts";
import { contrast, pairwiseGaussian, pairwiseRoom } from "../../src/core/ratios.ts";
import { mulberry32 } from "../../test/reference.ts";
import * as baseline from "../baseline/information.ts";
import { compare } from "../compare.ts";

const core = await createCore({ bytes: 1 << 22 });
const random = mulberry32(1);

for (const [D, N] of [
  [4, 64],
  [4, 256],
])
  core.scope(() => {
    const mean = core.f32(Array.from({ length: D * N }, () => 2 * random() - 1));
    const std = core.f32(Array.from({ length: D * N }, () => 0.5 + random()));
    const x = core.f32(mean.map((m, i) => m + std[i] * (2 * random() - 1)));
    const logWeights = core.f32(N);
    const workspace = core.f32(pairwiseRoom(D, N));
    const ratios = { lower: core.f32(N), upper: core.f32(N) };
    const pairs = baseline.allocatePairs(D, N);
    compare(`pairwiseGaussian  D=${D} N=${N}`, {
      wasm: () => pairwiseGaussian(core, ratios, x, mean, std, logWeights, workspace),
      typescript: () => baseline.pairwiseGaussian(ratios.lower, ratios.upper, x, mean, std, pairs),
    });
  });

for (const [K, N] of [
  [16, 256],
  [256, 256],
])
  core.scope(() => {
    const own = core.f32(Array.from({ length: N }, () => 2 * random()));
    const others = core.f32(Array.from({ length: K * N }, () => 6 * random() - 5));
    const workspace = core.f32(4 * K);
    const ratios = { lower: core.f32(N), upper: core.f32(N) };
    const terms = new Float64Array(K);
    compare(`contrast (pce and nmc)  K=${K} N=${N}`, {
      wasm: () => contrast(core, ratios, own, others, workspace),
      typescript: () => baseline.contrast(ratios.lower, ratios.upper, own, others, terms),
    });
  });
