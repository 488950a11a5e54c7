import { planCases } from "../../src/bench/cases/planner.ts";
import { createCore } from "../../src/core/core.ts";
import { compare } from "../compare.ts";
import { plainPlan } from "../plain.ts";

for (const { name, sizes, run } of planCases(await createCore({ bytes: 1 << 22 })))
  compare(name, { wasm: run, typescript: plainPlan(sizes) });
