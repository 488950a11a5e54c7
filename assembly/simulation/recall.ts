import { logLanes } from "../math/log";
import { F32, Floats, ROW, TILE, VEC, Words } from "../memory";
import { STATE_BOUND } from "./choices";

/*
 * Transitions as they were seen, of a world whose numbers all lie on lattices and whose pairs (x, a) come again.
 *
 * A Dirichlet process over what follows a pair (Ferguson 1973, https://doi.org/10.1214/aos/1176342360), whose base measure is the
 * learned ensemble: what followed a pair in its n visits follows it again with probability n / (n + α), each of the newest rows
 * alike; else the ensemble predicts.
 */

/** Transitions by the pair (x, a) that they began with. */
@unmanaged
export class Recall {
  /** D + A. */
  size: usize;
  /** D. */
  observationSize: usize;
  /** [D + A] place 0 of a number's lattice, and the inverse of its spacing, in units of x̂; 0: the number never varied. */
  shift: Floats;
  scale: Floats;
  /** [D + A] odd multipliers of a pair's hash. */
  keys: Words;
  /** [PLACES] number of the pair whose hash is looked for here, or at the places behind, counted from 1; 0: none. */
  index: Words;
  /** [pairs] hashes. */
  hashes: Words;
  /** [pairs] n. */
  visits: Floats;
  /** [pairs][ROWS_KEPT] the newest rows, the oldest of them first. */
  newest: Words;
  /** Rows [x | a | x' − x | r | terminated], and their length. */
  table: Floats;
  stride: usize;
  /** [D] x̂ = (x − inputShift) · inputScale */
  inputShift: Floats;
  inputScale: Floats;
  /** What is added to a stored reward. */
  rewardOffset: f32;
  /** α. */
  concentration: f32;
  /** Whether information is counted by visits. */
  countsVisits: u32;
  /** [3][TILE] of each lane: the pair's number, its hash, and the address of the row that is recalled; 0: none. */
  found: Words;
  /** [particles][pathSteps][TILE] hashes of the pairs that simulated plans have been through. */
  path: Words;
  pathSteps: usize;
}

/** Places of the index, and bits of their number. */
const PLACE_BITS: u32 = 14;
/** Rows that are kept of a pair. */
const ROWS_KEPT: u32 = 8;
/** Weight of one observation beside the unit prior, as of novelty. */
const EVIDENCE: f32 = 100;

/** Where a pair of this hash is looked for first. */
// @ts-ignore: decorator
@inline
function placeOf(hash: u32): usize {
  return <usize>((hash * 0x9e3779b1) >>> (32 - PLACE_BITS));
}

/** How far from a place a number may lie, in spacings, or in units of x̂ where it never varied: rounding, and no more. */
const TOLERANCE: f32 = 0.02;

/** found ← number and hash of the pair of every lane; one with a number beside its lattice has none. */
function findPairs(recall: Recall, input: usize): void {
  for (let n: usize = 0; n < ROW; n += VEC) {
    let hash = i32x4.splat(0), isBeside = i32x4.splat(0);
    for (let i: usize = 0; i < recall.size; i++) {
      const scale = v128.load32_splat(recall.scale + i * F32), shift = v128.load32_splat(recall.shift + i * F32);
      const away = f32x4.sub(v128.load(input + i * ROW + n), shift);
      const exact = f32x4.mul(away, scale), places = f32x4.nearest(exact);
      const error = v128.bitselect(away, f32x4.sub(exact, places), f32x4.eq(scale, f32x4.splat(0)));
      isBeside = v128.or(isBeside, f32x4.gt(f32x4.abs(error), f32x4.splat(TOLERANCE)));
      hash = i32x4.add(hash, i32x4.mul(i32x4.trunc_sat_f32x4_s(places), v128.load32_splat(recall.keys + i * F32)));
    }
    v128.store(recall.found + ROW + n, v128.xor(hash, i32x4.shr_u(hash, 15)));
    v128.store(recall.found + n, isBeside);
  }
  for (let n: usize = 0; n < ROW; n += F32) {
    const isBeside = load<u32>(recall.found + n) != 0;
    store<u32>(recall.found + n, isBeside ? 0 : pairOf(recall, load<u32>(recall.found + ROW + n)));
  }
}

/** The number of a pair, counted from 1; 0: never seen. */
function pairOf(recall: Recall, hash: u32): u32 {
  let place = placeOf(hash), pair = load<u32>(recall.index + place * F32);
  while (pair != 0 && load<u32>(recall.hashes + (<usize>pair - 1) * F32) != hash) {
    place = (place + 1) & ((1 << PLACE_BITS) - 1);
    pair = load<u32>(recall.index + place * F32);
  }
  return pair;
}

/**
 * Looks for the pair of every lane, and draws the row that it recalls. Chance is the noise's: lanes that share it meet the same.
 *
 * @param memory a `Recall`
 * @param input  [D + A][TILE] x̂ and the action
 * @param noise  [TILE]        ε ∼ N(0, 1), whose last bits are read; 0: the newest row
 * @returns lanes that recall one
 */
export function recallRows(memory: usize, input: usize, noise: usize): usize {
  const recall = changetype<Recall>(memory);
  findPairs(recall, input);
  let known: usize = 0;
  for (let n: usize = 0; n < ROW; n += F32) {
    const pair = <usize>load<u32>(recall.found + n);
    const visits = pair ? <u32>load<f32>(recall.visits + (pair - 1) * F32) : 0;
    let row: usize = 0;
    if (visits > 0) {
      const bits: u32 = noise ? load<u32>(noise + n) * 0x9e3779b1 : 0;
      const u = <f32>(bits >>> 8) * <f32>(1.0 / 16777216.0);
      if (!noise || u * (<f32>visits + recall.concentration) >= recall.concentration) {
        const kept = min(visits, ROWS_KEPT);
        const k = noise ? (bits >>> 4) % kept : kept - 1;
        row = recall.table + <usize>load<u32>(recall.newest + ((pair - 1) * ROWS_KEPT + k) * F32) * recall.stride * F32;
        known++;
      }
    }
    store<u32>(recall.found + 2 * ROW + n, <u32>row);
  }
  return known;
}

// @ts-ignore: decorator
@inline
function rowAt(recall: Recall, n: usize): usize {
  return <usize>load<u32>(recall.found + 2 * ROW + n);
}

/** x̂' of the rows that lanes recall, within the bounds of states. */
export function recallStates(memory: usize, next: usize): void {
  const recall = changetype<Recall>(memory);
  const D = recall.observationSize;
  for (let n: usize = 0; n < ROW; n += F32) {
    const row = rowAt(recall, n);
    if (!row) continue;
    const changes = row + recall.size * F32;
    for (let i: usize = 0; i < D * F32; i += F32) {
      const x = load<f32>(row + i) + load<f32>(changes + i);
      const scaled = (x - load<f32>(recall.inputShift + i)) * load<f32>(recall.inputScale + i);
      store<f32>(next + i * TILE + n, min(STATE_BOUND, max(-STATE_BOUND, scaled)));
    }
  }
}

/** Rewards, kept within the range of what was seen, and ends in the lanes that recall a row. */
export function recallOutcomes(memory: usize, rewards: usize, endings: usize, low: f32, high: f32): void {
  const recall = changetype<Recall>(memory);
  const at = (recall.size + recall.observationSize) * F32;
  for (let n: usize = 0; n < ROW; n += F32) {
    const row = rowAt(recall, n);
    if (!row) continue;
    store<f32>(rewards + n, min(high, max(low, load<f32>(row + at) + recall.rewardOffset)));
    store<f32>(endings + n, load<f32>(row + at, F32));
  }
}

/**
 * What would be learned of the pairs in `found`, in nats, by a plan that has been through others before:
 *
 *   gain = ½ log(1 + E / (1 + E (n + m))),   m the times that the plan has been there
 *
 * @param gain     [TILE] written
 * @param particle whose path it is
 * @param time     step of the plan, from 0; < pathSteps
 */
export function countedGain(memory: usize, gain: usize, particle: usize, time: usize): void {
  const recall = changetype<Recall>(memory);
  const path = recall.path + particle * recall.pathSteps * ROW;
  for (let n: usize = 0; n < ROW; n += VEC) {
    const hash = v128.load(recall.found + ROW + n);
    v128.store(path + time * ROW + n, hash);
    for (let lane: usize = 0; lane < VEC; lane += F32) {
      const pair = <usize>load<u32>(recall.found + n + lane);
      store<f32>(gain + n + lane, pair ? load<f32>(recall.visits + (pair - 1) * F32) : 0);
    }
    let visits = v128.load(gain + n);
    for (let before: usize = 0; before < time; before++)
      visits = f32x4.sub(visits, f32x4.convert_i32x4_s(i32x4.eq(v128.load(path + before * ROW + n), hash)));
    const evidence = f32x4.splat(EVIDENCE), one = f32x4.splat(1);
    const ratio = f32x4.div(evidence, f32x4.add(one, f32x4.mul(evidence, visits)));
    v128.store(gain + n, f32x4.mul(f32x4.splat(0.5), logLanes(f32x4.add(one, ratio))));
  }
}

/** Moves every number of [D][TILE] states to the nearest place of its lattice; one that never varied has but one. */
export function snap(memory: usize, states: usize): void {
  const recall = changetype<Recall>(memory);
  for (let d: usize = 0; d < recall.observationSize; d++) {
    const scale = load<f32>(recall.scale + d * F32);
    const shift = v128.load32_splat(recall.shift + d * F32), spacing = f32x4.splat(scale == 0 ? 0 : 1 / scale);
    for (let i = states + d * ROW; i < states + (d + 1) * ROW; i += VEC) {
      const place = f32x4.nearest(f32x4.mul(f32x4.sub(v128.load(i), shift), f32x4.splat(scale)));
      v128.store(i, f32x4.add(shift, f32x4.mul(place, spacing)));
    }
  }
}
