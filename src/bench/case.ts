/** A piece of work of the kernels that is timed, with everything it needs already reserved. */
export interface Case<Sizes = unknown> {
  /** What is timed, with its sizes. */
  readonly name: string;
  readonly sizes: Sizes;
  /** Floating-point operations of its matrix products a call; none where products are not what it does. */
  readonly operations?: number;
  readonly run: () => unknown;
  /** The same work in plain TypeScript, where it is to be compared. */
  readonly plain?: () => unknown;
}

/** The reference network of the figures: Gaussian heads of 10 dimensions and a reward, from 10 and 6 of an action. */
export const REFERENCE = { widths: [16, 128, 128, 24], activation: "tanh" } as const;

/** Operations of the products of a network for one row: two a parameter that is no bias. */
export function operationsOf(widths: readonly number[]): number {
  return widths.slice(1).reduce((sum, width, l) => sum + 2 * width * widths[l], 0);
}
