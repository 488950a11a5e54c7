import { functionCases } from "../../src/bench/cases/elementwise.ts";
import { createCore } from "../../src/core/core.ts";
import { compare } from "../compare.ts";
import { plainFunction } from "../plain.ts";

for (const { name, sizes, run } of functionCases(await createCore()))
  compare(name, { wasm: run, typescript: plainFunction(sizes) });
