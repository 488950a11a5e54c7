import { gaussianCases } from "../../src/bench/cases/elementwise.ts";
import { createCore } from "../../src/core/core.ts";
import { compare } from "../compare.ts";
import { plainGaussian } from "../plain.ts";

for (const { name, sizes, run } of gaussianCases(await createCore()))
  compare(name, { wasm: run, typescript: plainGaussian(sizes) });
