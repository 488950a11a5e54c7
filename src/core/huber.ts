import type { Core } from "./core.ts";
import { expectShape } from "./expect.ts";
import { pad4, TILE } from "./tiles.ts";

/** Binding of `assembly/nn/huber.ts`; shapes as there. */
export function huberGradient(
  { kernels }: Core,
  dV: Float32Array,
  v: Float32Array,
  target: Float32Array,
  delta: number,
): number {
  const tiles = v.length / pad4(1) / TILE;
  expectShape("dV", dV, [tiles, pad4(1), TILE], kernels.memory);
  expectShape("v", v, [tiles, pad4(1), TILE], kernels.memory);
  expectShape("target", target, [tiles, pad4(1), TILE], kernels.memory);
  return kernels.huberGradient(dV.byteOffset, v.byteOffset, target.byteOffset, delta, tiles);
}
