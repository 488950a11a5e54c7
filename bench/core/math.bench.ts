import { functionCases } from "../../src/bench/cases/elementwise.ts";
import { createCore } from "../../src/core/core.ts";
import { mulberry32 } from "../../test/reference.ts";
import { cos, exp, log, sigmoid, silu, sin, softplus, tanh } from "../baseline/math.ts";
import { compare } from "../compare.ts";

const plain = { exp, log, tanh, sigmoid, silu, softplus, sin, cos };
const random = mulberry32(1);

for (const { name, sizes, run } of functionCases(await createCore())) {
  const [kind, N] = sizes;
  const low = kind === "log" ? 0 : -5;
  const x = Float32Array.from({ length: N }, () => low + 10 * random());
  const out = new Float32Array(N);
  compare(name, { wasm: run, typescript: () => plain[kind](out, x) });
}
