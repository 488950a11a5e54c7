/** How an observation is distributed about what a head predicts. */

/** Independent dimensions, each with its standard deviation. */
export const GAUSSIAN: u32 = 0;
/** Independent dimensions, each 0 or 1. */
export const BERNOULLI: u32 = 1;
/** One of several symbols. */
export const CATEGORICAL: u32 = 2;
