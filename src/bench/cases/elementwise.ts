import type { Core } from "../../core/core.ts";
import { gaussianLogDensity } from "../../core/gaussian.ts";
import { cos, exp, log, sigmoid, silu, sin, softplus, tanh } from "../../core/math.ts";
import type { Case } from "../case.ts";
import { filled } from "./filled.ts";

const functions = { exp, log, tanh, sigmoid, silu, softplus, sin, cos };
/** Names of the functions of one variable. */
export type FunctionName = keyof typeof functions;

/** Functions of one variable, over N numbers. */
export function functionCases(core: Core): Case<readonly [name: FunctionName, N: number]>[] {
  const names = Object.keys(functions) as FunctionName[];
  return names.flatMap((name) =>
    [256, 4096].map((N) => {
      const x = name === "log" ? filled(core, N, 1e-3, 10) : filled(core, N, -5, 5);
      const out = core.f32(N);
      return { name: `${name}  N=${N}`, sizes: [name, N] as const, run: () => functions[name](core, out, x) };
    }),
  );
}

/** The diagonal Gaussian's log-density of N points. */
export function gaussianCases(core: Core): Case<readonly [D: number, N: number]>[] {
  const sizes = [
    [4, 256],
    [16, 1024],
  ] as const;
  return sizes.map(([D, N]) => {
    const x = filled(core, D * N);
    const mean = filled(core, D);
    const std = filled(core, D, 0.5, 1.5);
    const out = core.f32(N);
    return {
      name: `gaussianLogDensity  D=${D} N=${N}`,
      sizes: [D, N],
      run: () => gaussianLogDensity(core, out, x, mean, std),
    };
  });
}
