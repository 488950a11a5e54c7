import { weightCases } from "../../src/bench/cases/particles.ts";
import { createCore } from "../../src/core/core.ts";
import { compare } from "../compare.ts";
import { plainWeighing } from "../plain.ts";

for (const { name, sizes, run } of weightCases(await createCore()))
  compare(name, { wasm: run, typescript: plainWeighing(sizes) });
