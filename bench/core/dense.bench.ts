import { denseCases } from "../../src/bench/cases/dense.ts";
import { createCore } from "../../src/core/core.ts";
import { compare } from "../compare.ts";
import { plainDense } from "../plain.ts";

for (const { name, sizes, run } of denseCases(await createCore({ bytes: 1 << 22 })))
  compare(name, { wasm: run, typescript: plainDense(sizes) });
