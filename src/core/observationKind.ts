/** A distribution of observations: of any numbers, of zeros and ones, or of just one among zeros. */
export type ObservationKind = "gaussian" | "bernoulli" | "categorical";

/** Those distributions by their codes in `assembly/density/observationKind.ts`. */
export const observationKinds = [
  "gaussian",
  "bernoulli",
  "categorical",
] as const satisfies readonly ObservationKind[];
