import { expectArray, expectInteger, expectKnownNames, expectNumber } from "../../core/expect.ts";
import { sparseModel } from "../sparse/sparseModel.ts";
import type { SparseProblem } from "./problem.ts";

/**
 * The first actions of {@link rockSample}, by their index; those that check a rock follow.
 *
 * @example
 * ROCK_SAMPLE_ACTIONS[4]; // "sample"
 */
export const ROCK_SAMPLE_ACTIONS = ["north", "east", "south", "west", "sample"] as const;

/** A place of a grid. */
export type Cell = readonly [x: number, y: number];

/** What {@link rockSample} is made by. */
export interface RockSampleOptions {
  /** n, cells of a side. Default 7. */
  readonly size?: number;
  /** Places of the rocks. Default: the eight of the instance (7, 8). */
  readonly rocks?: readonly Cell[];
  /** Where the rover begins. Default [0, 3]. */
  readonly start?: Cell;
  /** Distance at which a check has lost half of what it tells; > 0. Default 20. */
  readonly halfDistance?: number;
}

/** Rocks of the instance (7, 8). */
const ROCKS: readonly Cell[] = [
  [2, 0],
  [0, 1],
  [3, 1],
  [6, 3],
  [2, 4],
  [3, 4],
  [5, 5],
  [1, 6],
];

/** States beyond which tables are refused. */
const MOST_STATES = 2 ** 22;

/**
 * RockSample (Smith & Simmons 2004): a rover knows where it is and where the rocks are, but not which of them are good. To sample a good
 * rock is worth 10, a bad one −10; a rock that was sampled is bad. Checking rock i from a distance d is right with
 * probability ½ (1 + 2^(−d / halfDistance)). Leaving by the right edge is worth 10, and ends. Discount .95. The value of the instance (7, 8)
 * is at least 21.1 and at most 24.6 (SARSOP).
 *
 * States: (y · n + x) · 2^k + a bit for each rock, 1 where it is good; then over. Actions: {@link ROCK_SAMPLE_ACTIONS}, then to check each rock.
 * Observations: bad, good; bad where nothing is checked.
 *
 * @throws RangeError when a cell is outside the grid, or there are more than 4 million states
 *
 * @example
 * rockSample().states; // 12545
 */
export function rockSample(options: RockSampleOptions = {}): SparseProblem {
  expectKnownNames("options", options, ["size", "rocks", "start", "halfDistance"]);
  const { size: n = 7, rocks = ROCKS, start = [0, 3], halfDistance = 20 } = options;
  expectInteger("size", n, 1);
  expectArray("rocks", rocks);
  expectNumber("halfDistance", halfDistance, Number.MIN_VALUE);
  [start, ...rocks].forEach((cell, i) => {
    for (const c of cell) expectInteger(i === 0 ? "start" : `rocks[${i - 1}]`, c, 0, n - 1);
  });
  const subsets = 2 ** rocks.length;
  const over = n * n * subsets;
  if (over >= MOST_STATES)
    throw new RangeError(`rocks: expected at most ${MOST_STATES} states in tables, got ${over + 1}`);
  const rockAt = new Map(rocks.map(([x, y], i) => [y * n + x, i]));
  const halves = rocks.map(([x, y]) =>
    Array.from({ length: n * n }, (_, cell) => {
      const [dx, dy] = [(cell % n) - x, Math.floor(cell / n) - y];
      return (1 + powerOfHalf(Math.sqrt(dx * dx + dy * dy) / halfDistance)) / 2;
    }),
  );
  const moved = (cell: number, action: number): number | undefined => {
    const [x, y] = [(cell % n) + [0, 1, 0, -1][action], Math.floor(cell / n) + [1, 0, -1, 0][action]];
    if (x === n) return undefined;
    return Math.min(n - 1, Math.max(0, y)) * n + Math.max(0, x);
  };
  const next = (s: number, a: number): number => {
    const [cell, good] = [Math.floor(s / subsets), s % subsets];
    if (s === over || a > 4) return s;
    const rock = rockAt.get(cell);
    if (a === 4) return rock === undefined ? s : s - (good & (1 << rock));
    const to = moved(cell, a);
    return to === undefined ? over : to * subsets + good;
  };
  return sparseModel({
    states: over + 1,
    actions: [...ROCK_SAMPLE_ACTIONS, ...rocks.map((_, i) => `check-${i}`)],
    observations: ["bad", "good"],
    transition: (s, a) => [[next(s, a), 1]],
    observation(a, s) {
      if (a < 5 || s === over) return [[0, 1]];
      const right = halves[a - 5][Math.floor(s / subsets)];
      const good = ((s % subsets) >> (a - 5)) & 1;
      return [
        [good, right],
        [1 - good, 1 - right],
      ];
    },
    reward(s, a, to) {
      if (s === over) return 0;
      if (a !== 4) return to === over ? 10 : 0;
      const rock = rockAt.get(Math.floor(s / subsets));
      if (rock === undefined) return 0;
      return (s >> rock) & 1 ? 10 : -10;
    },
    initial: Array.from({ length: subsets }, (_, good): readonly [number, number] => [
      (start[1] * n + start[0]) * subsets + good,
      1 / subsets,
    ]),
    discount: 0.95,
  }) as SparseProblem;
}

const LN_2 = Math.LN2;

/** 2^−x for x ≥ 0, by the series of e^−y, y = ln 2 · the fraction of x. The host's functions differ between engines. */
function powerOfHalf(x: number): number {
  const halvings = Math.floor(x);
  const y = (x - halvings) * LN_2;
  let [sum, term] = [1, 1];
  for (let i = 1; i < 24; i++) {
    term *= -y / i;
    sum += term;
  }
  for (let i = 0; i < halvings && sum > 0; i++) sum /= 2;
  return sum;
}
