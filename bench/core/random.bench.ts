import { randomCases } from "../../src/bench/cases/random.ts";
import { createCore } from "../../src/core/core.ts";
import * as baseline from "../baseline/random.ts";
import { compare } from "../compare.ts";

let step = 0;

for (const { name, sizes, run } of randomCases(await createCore())) {
  const [kind, N] = sizes;
  const [words, out] = [new Uint32Array(N), new Float32Array(N)];
  const plain = {
    philox: () => baseline.philox(words, 1, 2, 3, 4, step++),
    uniform: () => baseline.uniform(out, 1, 2, 3, 4, step++),
    normal: () => baseline.normal(out, 1, 2, 3, 4, step++),
  };
  compare(name, { wasm: run, typescript: plain[kind] });
}
