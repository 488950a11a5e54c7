import type { Core } from "../../core/core.ts";
import { denseForward, denseForwardRow } from "../../core/dense.ts";
import { TILE } from "../../core/tiles.ts";
import type { Case } from "../case.ts";
import { filled } from "./filled.ts";

/** A dense layer. */
export function denseCases(core: Core): Case<readonly [rows: number, inputs: number, outputs: number]>[] {
  const sizes = [
    [1, 64, 64],
    [256, 64, 64],
    [1024, 128, 128],
  ] as const;
  return sizes.map(([rows, inputs, outputs]) => {
    const weight = filled(core, outputs * inputs);
    const bias = filled(core, outputs);
    const x = filled(core, rows * inputs);
    const y = core.f32(rows * outputs);
    const tiled = { inputs, outputs, tiles: rows / TILE };
    return {
      name: `dense  ${rows} × ${inputs} × ${outputs}`,
      sizes: [rows, inputs, outputs],
      operations: 2 * rows * inputs * outputs,
      run: () =>
        rows === 1
          ? denseForwardRow(core, y, x, weight, bias)
          : denseForward(core, y, x, weight, bias, tiled),
    };
  });
}
