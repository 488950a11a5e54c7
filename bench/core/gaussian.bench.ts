import { gaussianCases } from "../../src/bench/cases/elementwise.ts";
import { createCore } from "../../src/core/core.ts";
import { mulberry32 } from "../../test/reference.ts";
import * as baseline from "../baseline/gaussian.ts";
import { compare } from "../compare.ts";

const random = mulberry32(1);

for (const { name, sizes, run } of gaussianCases(await createCore())) {
  const [D, N] = sizes;
  const [x, mean, std] = [D * N, D, D].map((length) => Float32Array.from({ length }, () => 0.5 + random()));
  const out = new Float32Array(N);
  compare(name, { wasm: run, typescript: () => baseline.gaussianLogDensity(out, x, mean, std) });
}
