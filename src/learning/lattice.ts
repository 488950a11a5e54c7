/** Numbers that lie on a lattice: places of a board, counts, flags. */
import type { Columns } from "../core/gather.ts";

/** Places first + k · spacing, k whole; spacing 0: all that was seen was `first`. */
export interface Lattice {
  readonly first: number;
  readonly spacing: number;
}

/** Values that a lattice has at most, and places between the least and the greatest. */
const MOST_VALUES = 64;
const MOST_PLACES = 256;
/** How far from a place a value may lie, in spacings. */
const TOLERANCE = 0.01;
/** Values in which differences below this share are rounding. */
const ROUNDING = 1e-5;

/**
 * The lattice of one column of a table.
 *
 * Values that were seen once are left out where the others have a lattice without them: a reading may be at fault.
 *
 * @param rows the first and one more than the last
 * @returns undefined where it has none
 */
export function latticeOf(
  { table, stride, offset }: Columns,
  [from, to]: readonly [from: number, to: number],
): Lattice | undefined {
  const seen = new Map<number, number>();
  for (let row = from; row < to; row++) {
    const value = table[row * stride + offset];
    seen.set(value, (seen.get(value) ?? 0) + 1);
    if (seen.size > MOST_VALUES) return undefined;
  }
  const repeated = [...seen].filter(([, times]) => times > 1).map(([value]) => value);
  return through([...seen.keys()]) ?? through(repeated);
}

/** The lattice of least spacing through all values. */
function through(values: readonly number[]): Lattice | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.slice().sort((a, b) => a - b);
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  if (first === last) return { first, spacing: 0 };
  let least = last - first;
  for (let i = 1; i < sorted.length; i++) {
    const gap = sorted[i] - sorted[i - 1];
    if (gap > ROUNDING * Math.max(Math.abs(sorted[i]), Math.abs(sorted[i - 1]))) least = Math.min(least, gap);
  }
  const places = Math.round((last - first) / least);
  if (places > MOST_PLACES) return undefined;
  const lattice = { first, spacing: (last - first) / places };
  return sorted.every((value) => placeOn(lattice, value) !== undefined) ? lattice : undefined;
}

/** k of a value on a lattice; undefined beside it, and far beyond what a lattice has. */
export function placeOn({ first, spacing }: Lattice, value: number): number | undefined {
  if (spacing === 0) return value === first ? 0 : undefined;
  const place = (value - first) / spacing;
  const nearest = Math.round(place);
  return Math.abs(place - nearest) <= TOLERANCE && Math.abs(nearest) <= MOST_PLACES ? nearest : undefined;
}
