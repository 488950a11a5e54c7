import type { Core } from "../../core/core.ts";
import { uniform } from "../../core/random.ts";

let stream = 0;

/** An array of numbers drawn evenly from [low, high); every one of another stream. */
export function filled(core: Core, length: number, low = -1, high = 1): Float32Array {
  const out = core.f32((length + 3) & ~3);
  uniform(core, out, 1, 0, stream++, 0, 0);
  for (let i = 0; i < out.length; i++) out[i] = low + (high - low) * out[i];
  return out.subarray(0, length);
}
