import { weightCases } from "../../src/bench/cases/particles.ts";
import { createCore } from "../../src/core/core.ts";
import { mulberry32 } from "../../test/reference.ts";
import * as baseline from "../baseline/smc.ts";
import { compare } from "../compare.ts";

const random = mulberry32(1);
let step = 0;

for (const { name, sizes, run } of weightCases(await createCore())) {
  const [work, N] = sizes;
  const logWeights = Float32Array.from({ length: N }, () => 6 * random() - 3);
  const weights = new Float32Array(N);
  baseline.normaliseWeights(weights, logWeights);
  const ancestors = new Uint32Array(N);
  const plain = {
    logSumExp: () => baseline.logSumExp(logWeights),
    normaliseWeights: () => baseline.normaliseWeights(weights, logWeights),
    effectiveSampleSize: () => baseline.effectiveSampleSize(logWeights),
    resampleSystematic: () => baseline.resampleSystematic(ancestors, weights, 1, 2, 3, step++),
    resampleStratified: () => baseline.resampleStratified(ancestors, weights, 1, 2, 3, step++),
  };
  compare(name, { wasm: run, typescript: plain[work] });
}
