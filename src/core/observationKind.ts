/** How observations are distributed: the codes of `assembly/density/observationKind.ts`, in order. */
export const observationKinds = ["gaussian", "bernoulli", "categorical"] as const;
/** A distribution of observations: of any numbers, of zeros and ones, or of a single one among zeros. */
export type ObservationKind = (typeof observationKinds)[number];
