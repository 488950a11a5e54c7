import { createCore } from "../../src/core/core.ts";
import { normal, philox, uniform } from "../../src/core/random.ts";
import * as baseline from "../baseline/random.ts";
import { compare } from "../compare.ts";

const core = await createCore();
let step = 0;

for (const N of [256, 4096])
  core.scope(() => {
    const words = core.u32(N);
    const out = core.f32(N);
    compare(`philox  N=${N}`, {
      wasm: () => philox(core, words, 1, 2, 3, 4, step++, 0),
      typescript: () => baseline.philox(words, 1, 2, 3, 4, step++),
    });
    compare(`uniform  N=${N}`, {
      wasm: () => uniform(core, out, 1, 2, 3, 4, step++),
      typescript: () => baseline.uniform(out, 1, 2, 3, 4, step++),
    });
    compare(`normal  N=${N}`, {
      wasm: () => normal(core, out, 1, 2, 3, 4, step++),
      typescript: () => baseline.normal(out, 1, 2, 3, 4, step++),
    });
  });
