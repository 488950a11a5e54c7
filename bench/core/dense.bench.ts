import { createCore } from "../../src/core/core.ts";
import { denseForward, denseForwardRow } from "../../src/core/dense.ts";
import { randomRow, randomRows, toTiles } from "../../test/reference/arrays.ts";
import { packBias, packWeight } from "../../test/reference/linalg.ts";
import { mulberry32 } from "../../test/reference.ts";
import { product } from "../baseline/dense.ts";
import { compare } from "../compare.ts";

const core = await createCore({ bytes: 1 << 22 });
const random = mulberry32(1);

for (const [rows, inputs, outputs] of [
  [1, 64, 64],
  [256, 64, 64],
  [1024, 128, 128],
])
  core.scope(() => {
    const xs = randomRows(random, rows, inputs);
    const weights = randomRows(random, outputs, inputs);
    const biases = randomRow(random, outputs);
    const weight = core.f32(packWeight(weights));
    const bias = core.f32(packBias(biases));
    const isRow = rows === 1;
    const x = core.f32(isRow ? xs[0] : toTiles(xs));
    const y = core.f32(rows * outputs);
    const plain = [xs.flat(), weights.flat(), biases].map((values) => Float32Array.from(values));
    const out = new Float32Array(rows * outputs);
    const sizes = { inputs, outputs, tiles: rows / 32 };
    compare(`dense  ${rows} × ${inputs} × ${outputs}`, {
      wasm: () =>
        isRow ? denseForwardRow(core, y, x, weight, bias) : denseForward(core, y, x, weight, bias, sizes),
      typescript: () => product(out, plain[0], plain[1], plain[2], rows, outputs, inputs),
    });
  });
