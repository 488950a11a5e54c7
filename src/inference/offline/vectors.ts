import type { PointBelief } from "./decision.ts";
import { expectation } from "./decision.ts";

/** A linear lower bound of the value of beliefs within a block, of a plan that begins with an action (an α-vector). */
export interface AlphaVector {
  /** [states of the block]. */
  readonly values: Float64Array;
  readonly action: number;
}

/** The α-vectors of every block. Vectors are only ever added, until they are pruned. */
export type AlphaSets = readonly AlphaVector[][];

/** Which vectors of its block a belief has been compared with, and the best of them. */
export interface Best {
  /** Vectors compared so far: the first ones of the block's list. */
  compared: number;
  vector: AlphaVector | undefined;
  value: number;
}

/** Compares a belief with the vectors that are new since the last time. */
export function updateBest(best: Best, vectors: readonly AlphaVector[], belief: PointBelief): void {
  for (; best.compared < vectors.length; best.compared++) {
    const value = expectation(belief, vectors[best.compared].values);
    if (value > best.value) {
      best.value = value;
      best.vector = vectors[best.compared];
    }
  }
}

/** Upper bounds at points of a block, between which the value is interpolated. */
export interface UpperPoints {
  /** [states of the block] upper bound where the state is known. */
  readonly corners: Float64Array;
  readonly points: UpperPoint[];
}

export interface UpperPoint {
  readonly belief: PointBelief;
  /** What the corners say there. */
  readonly atCorners: number;
  /** The upper bound; below `atCorners`. */
  value: number;
}

/**
 * An upper bound of the value of a belief, by the corners and one point (sawtooth; Hauskrecht 2000):
 *
 *   corners · b + min_i φ_i (v_i − corners · b_i),   φ_i = min { b(s) / b_i(s) : b_i(s) > 0 }
 *
 * `from` is the first point that is looked at.
 */
export function interpolate({ corners, points }: UpperPoints, belief: PointBelief, from = 0): number {
  let least = 0;
  for (let i = from; i < points.length; i++) {
    const gap = points[i].value - points[i].atCorners;
    if (gap >= least) continue;
    const share = shareOf(belief, points[i].belief, least / gap);
    if (share * gap < least) least = share * gap;
  }
  return expectation(belief, corners) + least;
}

/** The largest share of `part` that `belief` contains; 0 where it is not above `needed`. */
function shareOf(belief: PointBelief, part: PointBelief, needed: number): number {
  const [{ places, p }, { places: partPlaces, p: q }] = [belief, part];
  if (q.length > p.length) return 0;
  let share = 1;
  for (let i = 0, j = 0; j < q.length; j++, i++) {
    if (places !== undefined) {
      const place = partPlaces === undefined ? j : partPlaces[j];
      while (i < places.length && places[i] < place) i++;
      if (i >= places.length || places[i] !== place) return 0;
    } else if (partPlaces !== undefined) i = partPlaces[j];
    const ratio = p[i] / q[j];
    if (ratio < share) {
      share = ratio;
      if (share <= needed) return 0;
    }
  }
  return share;
}
