import { tanhLanes } from "../math/tanh";
import { F32, TILE, VEC } from "../memory";
import { actionsAt, modelOf, Plan } from "./plan";

/*
 * Where the weighted candidates form two clusters of first actions, their mean lies between the two, where no candidate is.
 * Then the plan follows the heavier cluster alone.
 */

const LEAST_STD: f64 = 0.15; // of all candidates: a share of half an action's range, or of the prior's deviation
const MOST_WITHIN: f64 = 0.2; // share of the variance inside the clusters
const MOST_BEFORE: f64 = 0.3; // the same before tanh, where two halves of a Gaussian leave 1 − 2/π = .36
const LEAST_FREEDOM: f64 = 0.5; // two candidates apart are two modes
const LEAST_MASS: f64 = 1e-5; // of a mode: far above the rounding of a sum of weights
const MULTIPLICATIONS: i32 = 32; // of the power method: axes whose variances differ by a quarter are distinguished to .1 %

/**
 * The weights by which a plan of continuous actions is refined: those of all candidates; or, where there are two modes,
 * those of the heavier one, normalised, and 0 for the others.
 *
 *   x_n = v · (a_n − Σ w a),   v the first principal axis of the weighted first actions a_n = tanh u_n, or u_n
 *   within = Σ w x² − P² / (W (1 − W)),   W and P the sums of w and w x below the best split of the axis: exact two-means
 *   two modes:  Σ w x² > .15²,   within (N − 1) / (N − 2) < .2 Σ w x²,   and within < .3 Σ w y² of y_n = v · (u_n − Σ w u)
 *
 * N = 1 / Σ w² candidates count: of two means they leave N − 2 degrees of freedom, of one N − 1, so that few do not look like two
 * modes by chance. What was drawn from one Gaussian may have two heaps after tanh, hence the last condition.
 *
 * @returns [C] of `plan.weights`, or of `plan.modes`, which is written
 */
export function modeWeights(plan: Plan, s: usize): usize {
  const C = plan.candidates, size = C * F32, weights = plan.weights + s * size;
  const x = plan.modes, sorted = x + size, masses = sorted + size, actions = masses + size;
  const axis = actions + plan.actionSize * size;
  projectActions(plan, s, x, actions, axis, weights);
  let total: f64 = 0, squares: f64 = 0;
  for (let n: usize = 0; n < size; n += F32) {
    const place = load<f32>(x + n), w = load<f32>(weights + n);
    squares += <f64>w * <f64>w;
    store<f32>(sorted + n, place);
    store<f32>(masses + n, w);
    total += <f64>w * <f64>place * <f64>place;
  }
  if (!(total > leastVariance(plan))) return weights;
  sortPairs(sorted, masses, C);
  const split = bestSplit(sorted, masses, C), edge = load<f32>(sorted + split * F32);
  const freedom = max<f64>(1 / squares - 2, LEAST_FREEDOM) / (1 / squares - 1);
  if (!(shareWithin(x, x, weights, edge, size) < MOST_WITHIN * freedom)) return weights;
  // u, in place of the sorted places
  projectFirst(plan, s, sorted, axis);
  if (!(shareWithin(sorted, x, weights, edge, size) < MOST_BEFORE)) return weights;
  // w ← w / Σ w of the heavier side
  const mass = massBelow(x, weights, edge, size), isBelow = mass >= 0.5;
  const inverse = <f32>(1 / (isBelow ? mass : 1 - mass));
  for (let n: usize = 0; n < size; n += F32) {
    const isChosen = load<f32>(x + n) <= edge == isBelow;
    store<f32>(masses + n, isChosen ? inverse * load<f32>(weights + n) : 0);
  }
  return masses;
}

/** Σ w of the candidates whose x is at most `edge`. */
function massBelow(x: usize, weights: usize, edge: f32, size: usize): f64 {
  let mass: f64 = 0;
  for (let n: usize = 0; n < size; n += F32) if (load<f32>(x + n) <= edge) mass += load<f32>(weights + n);
  return mass;
}

/** Share of the variance of y that is left inside the two sides of x: 1 − P² / (W (1 − W) Σ w (y − Σ w y)²) */
function shareWithin(y: usize, x: usize, weights: usize, edge: f32, size: usize): f64 {
  let mean: f64 = 0;
  for (let n: usize = 0; n < size; n += F32) mean += <f64>load<f32>(weights + n) * <f64>load<f32>(y + n);
  let mass: f64 = 0, moment: f64 = 0, total: f64 = 0;
  for (let n: usize = 0; n < size; n += F32) {
    const w: f64 = load<f32>(weights + n), deviation = <f64>load<f32>(y + n) - mean;
    total += w * deviation * deviation;
    if (load<f32>(x + n) > edge) continue;
    mass += w;
    moment += w * deviation;
  }
  return 1 - moment * moment / (mass * (1 - mass) * total);
}

/** y[n] = v · u_n */
function projectFirst(plan: Plan, s: usize, y: usize, axis: usize): void {
  for (let n: usize = 0; n < plan.candidates; n++) {
    const lane = s * plan.candidates + n, u = actionsAt(plan, lane / TILE, 0) + lane % TILE * F32;
    let sum: f32 = 0;
    for (let a: usize = 0; a < plan.actionSize; a++) sum += load<f32>(axis + a * F32) * load<f32>(u + a * TILE * F32);
    store<f32>(y + n * F32, sum);
  }
}

/** Least variance of two modes: that of a plan as narrow as one mode may be is none. */
function leastVariance(plan: Plan): f64 {
  const unit: f64 = modelOf(plan).takesU ? plan.priorStd : 1;
  return LEAST_STD * LEAST_STD * unit * unit;
}

/** x[n] = v · (a_n − Σ w a), and v. */
function projectActions(plan: Plan, s: usize, x: usize, actions: usize, axis: usize, weights: usize): void {
  const A = plan.actionSize, size = plan.candidates * F32;
  const spread = axis + A * F32, next = spread + A * F32;
  let widest: usize = 0;
  for (let a: usize = 0; a < A; a++) {
    readActions(plan, s, a, actions + a * size);
    const variance = centre(actions + a * size, weights, size);
    store<f32>(spread + a * F32, variance);
    store<f32>(axis + a * F32, 0);
    if (variance > load<f32>(spread + widest * F32)) widest = a;
  }
  // v ← Σ w x (a − Σ w a), normalised: the power method
  store<f32>(axis + widest * F32, 1);
  for (let i = 0; i < MULTIPLICATIONS && A > 1; i++) {
    project(x, actions, axis, A, size);
    let square: f64 = 0;
    for (let a: usize = 0; a < A; a++) {
      const entry = covariance(actions + a * size, x, weights, size);
      store<f32>(next + a * F32, <f32>entry);
      square += entry * entry;
    }
    if (!(square > 0)) break;
    for (let a: usize = 0; a < A; a++) store<f32>(axis + a * F32, <f32>(<f64>load<f32>(next + a * F32) / Math.sqrt(square)));
  }
  project(x, actions, axis, A, size);
}

/** One dimension of the first actions of plan s, as the model takes them. */
function readActions(plan: Plan, s: usize, a: usize, to: usize): void {
  const first = s * plan.candidates;
  for (let n = first; n < first + plan.candidates; n += 4, to += VEC) {
    const u = v128.load(actionsAt(plan, n / TILE, 0) + (a * TILE + n % TILE) * F32);
    v128.store(to, modelOf(plan).takesU ? u : tanhLanes(u));
  }
}

/** a ← a − Σ w a. @returns the variance that is left */
function centre(a: usize, weights: usize, size: usize): f32 {
  let mean: f64 = 0;
  for (let n: usize = 0; n < size; n += F32) mean += <f64>load<f32>(weights + n) * <f64>load<f32>(a + n);
  for (let n: usize = 0; n < size; n += F32) store<f32>(a + n, load<f32>(a + n) - <f32>mean);
  return <f32>covariance(a, a, weights, size);
}

/** Σ w a b */
function covariance(a: usize, b: usize, weights: usize, size: usize): f64 {
  let sum: f64 = 0;
  for (let n: usize = 0; n < size; n += F32)
    sum += <f64>load<f32>(weights + n) * <f64>load<f32>(a + n) * <f64>load<f32>(b + n);
  return sum;
}

/** x[n] = Σ_a v[a] a_n[a] */
function project(x: usize, actions: usize, axis: usize, A: usize, size: usize): void {
  memory.fill(x, 0, size);
  for (let a: usize = 0; a < A; a++, actions += size) {
    const share = f32x4.splat(load<f32>(axis + a * F32));
    for (let n: usize = 0; n < size; n += VEC)
      v128.store(x + n, f32x4.add(v128.load(x + n), f32x4.mul(share, v128.load(actions + n))));
  }
}

/** Heap sort of pairs by x, from the least. */
function sortPairs(x: usize, masses: usize, count: usize): void {
  for (let root = count / 2; root > 0; root--) sift(x, masses, root - 1, count);
  for (let end = count - 1; end > 0; end--) {
    swap(x, 0, end);
    swap(masses, 0, end);
    sift(x, masses, 0, end);
  }
}

/** Moves a pair down until none below it is larger. */
function sift(x: usize, masses: usize, root: usize, count: usize): void {
  for (let child: usize = 2 * root + 1; child < count; child = 2 * root + 1) {
    if (child + 1 < count && load<f32>(x + child * F32) < load<f32>(x + (child + 1) * F32)) child++;
    if (!(load<f32>(x + root * F32) < load<f32>(x + child * F32))) return;
    swap(x, root, child);
    swap(masses, root, child);
    root = child;
  }
}

// @ts-ignore: decorator
@inline
function swap(x: usize, i: usize, j: usize): void {
  const kept = load<f32>(x + i * F32);
  store<f32>(x + i * F32, load<f32>(x + j * F32));
  store<f32>(x + j * F32, kept);
}

/** The last place below the split that leaves the least variance inside its sides: the largest P² / (W (1 − W)). */
function bestSplit(x: usize, masses: usize, count: usize): usize {
  let mass: f64 = 0, moment: f64 = 0, most: f64 = 0, best: usize = 0;
  for (let i: usize = 0; i + 1 < count; i++) {
    const w: f64 = load<f32>(masses + i * F32), place = load<f32>(x + i * F32);
    mass += w;
    moment += w * <f64>place;
    if (mass < LEAST_MASS || mass > 1 - LEAST_MASS || place == load<f32>(x + (i + 1) * F32)) continue;
    const between = moment * moment / (mass * (1 - mass));
    if (!(between > most)) continue;
    most = between;
    best = i;
  }
  return best;
}
