import { contrastCases, pairwiseCases } from "../../src/bench/cases/particles.ts";
import { createCore } from "../../src/core/core.ts";
import { compare } from "../compare.ts";
import { plainContrast, plainPairwise } from "../plain.ts";

const core = await createCore({ bytes: 1 << 22 });

for (const { name, sizes, run } of pairwiseCases(core))
  compare(name, { wasm: run, typescript: plainPairwise(sizes) });

for (const { name, sizes, run } of contrastCases(core))
  compare(name, { wasm: run, typescript: plainContrast(sizes) });
