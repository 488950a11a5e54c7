import { F32, pad4, ROW } from "../memory";
import { resampleSystematic } from "../smc/resample";
import { advanceCloud } from "./advanceCloud";
import { cloudRows, enterBelief, scoreCloud } from "./cloud";
import { weighFirstActions } from "./habitPrior";
import { Plan, tilesOf, WALK } from "./plan";
import { addPriorRatio } from "./prior";
import { propose } from "./propose";
import { weigh } from "./weigh";

/**
 * The second family of planners: sequential Monte Carlo over action particles, each with the particles of the belief
 * inside (Piché et al. 2019, https://openreview.net/forum?id=ByetGn0cYX). A lane is an action particle.
 *
 *   log w += (S_τ − S_{τ−1}) / η + κ (log p_a(a_τ) − log proposal(a_τ)),   S_τ the score of `rollout` to step τ
 *
 * with V at where the particles are; with `weighsHabit` the last term is of the first action alone. Where fewer than half of a plan's particles count, and before the last step, they
 * are resampled systematically, with all they have been through; so the first step of `actions` stays the root of each.
 * The weights of the last step are the posterior over those roots.
 *
 * @param plan  a `Plan`; its `actions`, `scores`, `weights` and `info` are written
 */
export function planSequentially(plan: usize): void {
  const p = changetype<Plan>(plan);
  const tiles = tilesOf(p), stride = cloudRows(plan) * ROW;
  propose(plan);
  memory.fill(p.baselines, 0, tiles * ROW);
  memory.fill(p.priorRatios, 0, tiles * ROW);
  for (let tile: usize = 0; tile < tiles; tile++) enterBelief(p, p.clouds + tile * stride, tile);
  let weight: f32 = 1;
  for (let time: usize = 0; time < p.horizon; time++) {
    for (let tile: usize = 0; tile < tiles; tile++) {
      const cloud = p.clouds + tile * stride;
      advanceCloud(p, cloud, tile, time, weight);
      scoreCloud(p, cloud, p.scores + tile * ROW, weight * p.discount);
      if (!p.weighsHabit) addPriorRatio(p, p.priorRatios + tile * ROW, tile, time);
    }
    if (p.weighsHabit && time == 0) weighFirstActions(plan);
    weight *= p.discount;
    // what was gained since the last resampling
    addScaled(p.scores, p.baselines, -1, tiles);
    weigh(plan);
    addScaled(p.scores, p.baselines, 1, tiles);
    if (time + 1 == p.horizon) break;
    for (let s: usize = 0; s < p.plans; s++) {
      const ess = load<f32>(p.info + s * 4 * F32, 8);
      if (ess < 0.5 * <f32>p.candidates) resample(p, s, time, stride);
    }
  }
  reportValues(p);
}

/** x += factor · y over the lanes of all tiles */
function addScaled(x: usize, y: usize, factor: f32, tiles: usize): void {
  for (let i: usize = 0; i < tiles * ROW; i += F32) store<f32>(x + i, load<f32>(x + i) + factor * load<f32>(y + i));
}

/** Gives every lane of a plan what its ancestor has been through; the weights begin anew. */
function resample(plan: Plan, s: usize, time: usize, stride: usize): void {
  const C = plan.candidates, first = s * C;
  const stream = plan.stream + WALK + <u32>(s * plan.horizon + time);
  const weights = plan.weights + first * F32;
  resampleSystematic(plan.ancestors, weights, plan.seedLow, plan.seedHigh, stream, plan.step, C);
  const action = pad4(plan.actionSize);
  inherit(plan, plan.clouds, stride, stride / ROW, first);
  inherit(plan, plan.actions, plan.horizon * action * ROW, (time + 1) * action, first);
  inherit(plan, plan.scores, ROW, 1, first);
  memory.copy(plan.baselines + first * F32, plan.scores + first * F32, C * F32);
  memory.fill(plan.priorRatios + first * F32, 0, C * F32);
}

/** row[n] ← row[ancestor of n] for the first rows of tiles that lie `stride` bytes apart. */
function inherit(plan: Plan, tiles: usize, stride: usize, rows: usize, first: usize): void {
  const size = plan.candidates * F32;
  for (let row: usize = 0; row < rows; row++, tiles += ROW) {
    for (let n: usize = 0; n < size; n += F32) {
      const place = (first + load<u32>(plan.ancestors + n)) * F32;
      store<f32>(plan.spare + n, load<f32>(tiles + place / ROW * stride + place % ROW));
    }
    for (let n: usize = 0; n < size; n += F32) {
      const place = first * F32 + n;
      store<f32>(tiles + place / ROW * stride + place % ROW, load<f32>(plan.spare + n));
    }
  }
}

/** info[s] = (Σ_n w_n score_n, …, max_n score_n), of the scores since the first step */
function reportValues(plan: Plan): void {
  for (let s: usize = 0; s < plan.plans; s++) {
    let value: f32 = 0, best: f32 = -Infinity;
    for (let n = s * plan.candidates; n < (s + 1) * plan.candidates; n++) {
      const score = load<f32>(plan.scores + n * F32);
      value += load<f32>(plan.weights + n * F32) * score;
      best = max(best, score);
    }
    store<f32>(plan.info + s * 4 * F32, value);
    store<f32>(plan.info + s * 4 * F32, best, 12);
  }
}
