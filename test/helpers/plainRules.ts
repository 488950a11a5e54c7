/** The rules that agents had when most tests were written; those that lead away from the reward have tests of their own. */
export const plainRules = {
  particles: 1,
  firstIterations: 2,
  temperature: 1,
  correlation: 0,
  stopShare: 0,
  sharesDraws: false,
  curiosity: 0,
  learningRate: 1e-3,
  rareShare: 0,
  imagination: 1,
  valueRate: 0.01,
} as const;
