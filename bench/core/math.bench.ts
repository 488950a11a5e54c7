import { createCore } from "../../src/core/core.ts";
import * as math from "../../src/core/math.ts";
import { mulberry32 } from "../../test/reference.ts";
import * as baseline from "../baseline/math.ts";
import { compare } from "../compare.ts";

const core = await createCore();
const random = mulberry32(1);

for (const [kernel, plain] of [
  [math.exp, baseline.exp],
  [math.log, baseline.log],
  [math.tanh, baseline.tanh],
  [math.sigmoid, baseline.sigmoid],
  [math.silu, baseline.silu],
  [math.softplus, baseline.softplus],
  [math.sin, baseline.sin],
  [math.cos, baseline.cos],
] as const)
  for (const N of [256, 4096])
    core.scope(() => {
      const x = core.f32(
        Array.from({ length: N }, () => (kernel === math.log ? 10 * random() : 10 * random() - 5)),
      );
      const out = core.f32(N);
      compare(`${kernel.name}  N=${N}`, {
        wasm: () => kernel(core, out, x),
        typescript: () => plain(out, x),
      });
    });
