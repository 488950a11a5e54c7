/** Twins of `assembly/planner/modes.ts` and `habitPrior.ts`: what is inferred of first actions, in f64. */
import { type Rows, sum } from "./arrays.ts";

/**
 * The weights that a plan of continuous actions follows: of the heavier of two modes of the first actions, where there are
 * two, else all. The axis by many steps of the power method, the split by trying each.
 *
 * @param u [C][A] before tanh
 */
export function modeWeights(u: Rows, weights: readonly number[]): number[] {
  const actions = u.map((action) => action.map(Math.tanh));
  const axis = principalAxis(actions, weights);
  const along = (rows: Rows) => rows.map((row) => sum(row.map((value, a) => value * axis[a])));
  const [x, y] = [along(actions), along(u)];
  const all = x.map((_, n) => n);
  const above = (below: number[]) => all.filter((n) => !below.includes(n));
  const within = (values: number[], below: number[]) =>
    squaresWithin(values, weights, below) + squaresWithin(values, weights, above(below));
  const splits = x.map((edge) => all.filter((n) => x[n] <= edge));
  const least = splits.map((below) => within(x, below));
  const below = splits[least.indexOf(Math.min(...least))];
  const total = squaresWithin(x, weights, all);
  const count = 1 / sum(weights.map((w) => w * w));
  const freedom = Math.max(count - 2, 0.5) / (count - 1);
  const isTwo =
    total > 0.15 ** 2 &&
    Math.min(...least) < 0.2 * freedom * total &&
    within(y, below) < 0.3 * squaresWithin(y, weights, all);
  if (!isTwo) return [...weights];
  const mass = sum(below.map((n) => weights[n])) / sum([...weights]);
  const isChosen = (n: number) => below.includes(n) === mass >= 0.5;
  const chosen = weights.map((w, n) => (isChosen(n) ? w : 0));
  return chosen.map((w) => w / sum(chosen));
}

/** Σ w (x − x̄)² over some, x̄ their weighted mean. */
function squaresWithin(x: readonly number[], weights: readonly number[], some: readonly number[]): number {
  const mass = sum(some.map((n) => weights[n]));
  if (mass === 0) return 0;
  const mean = sum(some.map((n) => weights[n] * x[n])) / mass;
  return sum(some.map((n) => weights[n] * (x[n] - mean) ** 2));
}

/** [A] the direction in which actions vary most. */
function principalAxis(actions: Rows, weights: readonly number[]): number[] {
  const means = actions[0].map((_, a) => sum(actions.map((action, n) => weights[n] * action[a])));
  const centred = actions.map((action) => action.map((value, a) => value - means[a]));
  let axis = means.map((_, a) => 1 + 0.1 * a);
  for (let i = 0; i < 5000; i++) {
    const x = centred.map((row) => sum(row.map((value, a) => value * axis[a])));
    const moved = axis.map((_, a) => sum(centred.map((row, n) => weights[n] * x[n] * row[a])));
    const length = Math.hypot(...moved);
    if (length === 0) break;
    axis = moved.map((value) => value / length);
  }
  return axis;
}

/** What the first action of a plan is drawn from, and weighed by. */
export interface FirstAction {
  /** [groups] probabilities of bins, or of the actions. */
  readonly habit: Rows;
  /** [A] μ and σ of u, or the probabilities of the actions. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly isDiscrete: boolean;
  /** Share of the habit in the prior, and in what proposed the candidates. */
  readonly mass: number;
  readonly share: number;
}

/** log p̃(a) − log g(a) of a first action: u, or a one-hot. */
export function firstActionRatio(first: FirstAction, action: readonly number[]): number {
  const { habit, mean, std, isDiscrete, mass, share } = first;
  const K = habit[0].length;
  const bin = (u: number) => Math.min(K - 1, Math.floor(((Math.tanh(u) + 1) / 2) * (K - 1) + 0.5));
  const chosen = isDiscrete ? [action.indexOf(1)] : action.map(bin);
  const product = (of: (g: number, k: number) => number) => chosen.reduce((p, k, g) => p * of(g, k), 1);
  const edge = (k: number) =>
    k <= 0 ? -Infinity : k >= K ? Infinity : Math.atanh((2 * k - 1) / (K - 1) - 1);
  const massOf = (mu: number, sigma: number, k: number) =>
    normalCumulative((edge(k + 1) - mu) / sigma) - normalCumulative((edge(k) - mu) / sigma);
  const byHabit = product((g, k) => habit[g][k]);
  const broad = product((_, k) => (isDiscrete ? 1 / K : massOf(0, 1, k)));
  const plan = product((g, k) => (isDiscrete ? mean[k] : massOf(mean[g], std[g], k)));
  const prior = mass * byHabit + (1 - mass) * broad;
  return Math.log(prior) - Math.log(share * byHabit + (1 - share) * plan);
}

/** P(ξ < z), ξ ∼ N(0, 1), by the midpoint rule. */
function normalCumulative(z: number): number {
  const [size, step] = [Math.min(Math.abs(z), 9), 1e-3];
  let half = 0;
  const steps = Math.ceil(size / step);
  for (let i = 0; i < steps; i++) half += Math.exp(-0.5 * (((i + 0.5) * size) / steps) ** 2);
  const inside = steps === 0 ? 0 : (half * size) / steps / Math.sqrt(2 * Math.PI);
  return z < 0 ? 0.5 - inside : 0.5 + inside;
}
