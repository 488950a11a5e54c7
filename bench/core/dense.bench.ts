import { denseCases } from "../../src/bench/cases/dense.ts";
import { createCore } from "../../src/core/core.ts";
import { mulberry32 } from "../../test/reference.ts";
import { product } from "../baseline/dense.ts";
import { compare } from "../compare.ts";

const random = mulberry32(1);
const drawn = (length: number) => Float32Array.from({ length }, () => 2 * random() - 1);

for (const { name, sizes, run } of denseCases(await createCore({ bytes: 1 << 22 }))) {
  const [rows, inputs, outputs] = sizes;
  const [x, weight, bias] = [rows * inputs, outputs * inputs, outputs].map(drawn);
  const out = new Float32Array(rows * outputs);
  compare(name, { wasm: run, typescript: () => product(out, x, weight, bias, rows, outputs, inputs) });
}
