import type { Core } from "./core.ts";

/** Binding of `assembly/linalg/meter.ts`: what networks have computed since the core was made. */
export function products({ kernels }: Core): number {
  return kernels.products();
}

/** Binding of `assembly/linalg/meter.ts`. */
export function evaluations({ kernels }: Core): number {
  return kernels.evaluations();
}
