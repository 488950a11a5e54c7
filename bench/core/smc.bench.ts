import { createCore } from "../../src/core/core.ts";
import { logSumExp } from "../../src/core/logSumExp.ts";
import { resampleStratified, resampleSystematic } from "../../src/core/resample.ts";
import { effectiveSampleSize, normaliseWeights } from "../../src/core/weights.ts";
import { mulberry32 } from "../../test/reference.ts";
import * as baseline from "../baseline/smc.ts";
import { compare } from "../compare.ts";

const core = await createCore();
const random = mulberry32(1);
let step = 0;

for (const N of [256, 4096])
  core.scope(() => {
    const logWeights = core.f32(Array.from({ length: N }, () => 6 * random() - 3));
    const weights = core.f32(N);
    const ancestors = core.u32(N);
    compare(`logSumExp  N=${N}`, {
      wasm: () => logSumExp(core, logWeights),
      typescript: () => baseline.logSumExp(logWeights),
    });
    compare(`normaliseWeights  N=${N}`, {
      wasm: () => normaliseWeights(core, weights, logWeights),
      typescript: () => baseline.normaliseWeights(weights, logWeights),
    });
    compare(`effectiveSampleSize  N=${N}`, {
      wasm: () => effectiveSampleSize(core, logWeights),
      typescript: () => baseline.effectiveSampleSize(logWeights),
    });
    compare(`resampleSystematic  N=${N}`, {
      wasm: () => resampleSystematic(core, ancestors, weights, 1, 2, 3, step++),
      typescript: () => baseline.resampleSystematic(ancestors, weights, 1, 2, 3, step++),
    });
    compare(`resampleStratified  N=${N}`, {
      wasm: () => resampleStratified(core, ancestors, weights, 1, 2, 3, step++),
      typescript: () => baseline.resampleStratified(ancestors, weights, 1, 2, 3, step++),
    });
  });
