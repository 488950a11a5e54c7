import { randomCases } from "../../src/bench/cases/random.ts";
import { createCore } from "../../src/core/core.ts";
import { compare } from "../compare.ts";
import { plainDraws } from "../plain.ts";

for (const { name, sizes, run } of randomCases(await createCore()))
  compare(name, { wasm: run, typescript: plainDraws(sizes) });
