import type { Core } from "../../core/core.ts";
import { normal, philox, uniform } from "../../core/random.ts";
import type { Case } from "../case.ts";

/** Kinds of draws. */
export type Kind = "philox" | "uniform" | "normal";

/** N draws; the step of the stream moves on with every call. */
export function randomCases(core: Core): Case<readonly [kind: Kind, N: number]>[] {
  let step = 0;
  return [256, 4096].flatMap((N) => {
    const words = core.u32(N);
    const out = core.f32(N);
    const draws = {
      philox: () => philox(core, words, 1, 2, 3, 4, step++, 0),
      uniform: () => uniform(core, out, 1, 2, 3, 4, step++),
      normal: () => normal(core, out, 1, 2, 3, 4, step++),
    };
    const kinds = Object.keys(draws) as Kind[];
    return kinds.map((kind) => ({ name: `${kind}  N=${N}`, sizes: [kind, N] as const, run: draws[kind] }));
  });
}
