import { createCore } from "../../src/core/core.ts";
import { gaussianLogDensity } from "../../src/core/gaussian.ts";
import { mulberry32 } from "../../test/reference.ts";
import * as baseline from "../baseline/gaussian.ts";
import { compare } from "../compare.ts";

const core = await createCore();
const random = mulberry32(1);

for (const [D, N] of [
  [4, 256],
  [16, 1024],
])
  core.scope(() => {
    const x = core.f32(Array.from({ length: D * N }, random));
    const mean = core.f32(Array.from({ length: D }, random));
    const std = core.f32(Array.from({ length: D }, () => 0.5 + random()));
    const out = core.f32(N);
    compare(`gaussianLogDensity  D=${D} N=${N}`, {
      wasm: () => gaussianLogDensity(core, out, x, mean, std),
      typescript: () => baseline.gaussianLogDensity(out, x, mean, std),
    });
  });
