/** What the twins share: tiles, test data that f32 holds exactly, errors and numerical derivatives. */
import { pad4, TILE, tilesFor } from "../../src/core/tiles.ts";

export type Random = () => number;
/** One array per particle, or per row of a matrix. */
export type Rows = number[][];

/** `size` values in [low, high) that f32 holds exactly. */
export function randomRow(random: Random, size: number, low = -1, high = 1): number[] {
  return Array.from({ length: size }, () => Math.fround(low + (high - low) * random()));
}

/** As `randomRow`, `count` times. */
export function randomRows(random: Random, count: number, size: number, low = -1, high = 1): Rows {
  return Array.from({ length: count }, () => randomRow(random, size, low, high));
}

/** A standard normal number, by Box and Muller. */
export function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** out[tile, d, n] = rows[tile · TILE + n][d]; lanes beyond the last particle and rows beyond its values are zero. */
export function toTiles(rows: Rows, height = pad4(rows[0].length)): Float32Array {
  const out = new Float32Array(tilesFor(rows.length) * height * TILE);
  rows.forEach((row, n) => {
    row.forEach((value, d) => {
      out[(Math.floor(n / TILE) * height + d) * TILE + (n % TILE)] = value;
    });
  });
  return out;
}

/** The inverse of `toTiles`: N particles of `width` values, from row `first` on. */
export function fromTiles(
  tiles: ArrayLike<number>,
  N: number,
  width: number,
  height = pad4(width),
  first = 0,
): Rows {
  return Array.from({ length: N }, (_, n) =>
    Array.from(
      { length: width },
      (_, d) => tiles[(Math.floor(n / TILE) * height + first + d) * TILE + (n % TILE)],
    ),
  );
}

/** max |actual − expected| / max |expected|; 0 when nothing differs, NaN when one difference is */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
    largest = Math.max(largest, Math.abs(expected[i]));
  }
  return worst === 0 ? 0 : worst / largest;
}

/** ∂f/∂x[i] ≈ (f(x + h e_i) − f(x − h e_i)) / 2h */
export function centralDifference(f: (x: number[]) => number, x: readonly number[], h = 1e-5): number[] {
  const moved = (i: number, by: number) => f(x.map((value, k) => (k === i ? value + by : value)));
  return x.map((_, i) => (moved(i, h) - moved(i, -h)) / (2 * h));
}

/**
 * As `centralDifference`, of steps h, h/2 and h/4, extrapolated to h = 0 (Richardson): off by h⁶ f⁽⁷⁾ / 7! / 64 and by the
 * roundings of f over h/4, together some 1e-12 for a smooth f of size 1.
 */
export function extrapolatedDifference(f: (x: number[]) => number, x: readonly number[], h = 4e-3): number[] {
  const [whole, half, quarter] = [1, 2, 4].map((part) => centralDifference(f, x, h / part));
  return x.map((_, i) => {
    const coarse = (4 * half[i] - whole[i]) / 3;
    const fine = (4 * quarter[i] - half[i]) / 3;
    return (16 * fine - coarse) / 15;
  });
}

/** ∫ f over [low, high], by Simpson's rule. */
export function integral(f: (x: number) => number, low: number, high: number, intervals = 4000): number {
  const h = (high - low) / intervals;
  let sum = f(low) + f(high);
  for (let i = 1; i < intervals; i++) sum += (i % 2 === 1 ? 4 : 2) * f(low + i * h);
  return (sum * h) / 3;
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

export function average(values: ArrayLike<number>): number {
  return sum(Array.from(values)) / values.length;
}
