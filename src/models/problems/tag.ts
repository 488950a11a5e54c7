import { sparseModel } from "../sparse/sparseModel.ts";
import type { SparseProblem } from "./problem.ts";

/**
 * The actions of {@link tag}, by their index.
 *
 * @example
 * TAG_ACTIONS[4]; // "catch"
 */
export const TAG_ACTIONS = ["north", "south", "east", "west", "catch"] as const;

/** Cells: two rows of ten, and above the sixth to the eighth three rows of three. */
const CELLS = Array.from({ length: 29 }, (_, c) =>
  c < 20
    ? ([c % 10, Math.floor(c / 10)] as const)
    : ([5 + ((c - 20) % 3), 2 + Math.floor((c - 20) / 3)] as const),
);

const TAGGED = 29;

/**
 * Tag (Pineau, Gordon & Thrun 2003): a robot that knows its cell hunts an opponent that it sees in its own cell alone. The opponent stays
 * with probability .2; else it moves away, along x or y with .4 each, to either side with .2 each where both stand on one line; a wall
 * keeps it where it is. A move costs 1; to catch is worth 10 in the opponent's cell, where it ends the game, and −10 elsewhere, where the
 * opponent waits. Discount .95. Robot and opponent begin anywhere; the value is at least −6.2 and at most −1.9 (SARSOP).
 *
 * States: 30 · robot + opponent, where opponent 29 is caught. Actions: {@link TAG_ACTIONS}. Observations: the robot's cell, then seen.
 *
 * @example
 * tag().states; // 870
 */
export function tag(): SparseProblem {
  const index = new Map(CELLS.map(([x, y], cell) => [y * 10 + x, cell]));
  /** The cell beside another; the same one where a wall is between. */
  const inside = (cell: number, dx: number, dy: number) => {
    const [x, y] = [CELLS[cell][0] + dx, CELLS[cell][1] + dy];
    return (x >= 0 && x < 10 ? index.get(y * 10 + x) : undefined) ?? cell;
  };
  const fled = (opponent: number, robot: number): [number, number][] => {
    const [dx, dy] = [0, 1].map((d) => Math.sign(CELLS[opponent][d] - CELLS[robot][d]));
    const along = (x: number, y: number, p: number): [number, number] => [inside(opponent, x, y), p];
    return [
      ...(dx === 0 ? [along(-1, 0, 0.2), along(1, 0, 0.2)] : [along(dx, 0, 0.4)]),
      ...(dy === 0 ? [along(0, -1, 0.2), along(0, 1, 0.2)] : [along(0, dy, 0.4)]),
      [opponent, 0.2],
    ];
  };
  return sparseModel({
    states: 870,
    actions: TAG_ACTIONS,
    observations: 30,
    transition(s, a) {
      const [robot, opponent] = [Math.floor(s / 30), s % 30];
      if (opponent === TAGGED) return [[s, 1]];
      if (a === 4) return [[robot === opponent ? robot * 30 + TAGGED : s, 1]];
      const to = inside(robot, [0, 0, 1, -1][a], [1, -1, 0, 0][a]);
      return fled(opponent, robot).map(([cell, p]) => [to * 30 + cell, p]);
    },
    observation: (_, s) => [[s % 30 === Math.floor(s / 30) ? 29 : Math.floor(s / 30), 1]],
    reward(s, a) {
      const [robot, opponent] = [Math.floor(s / 30), s % 30];
      if (opponent === TAGGED) return 0;
      if (a < 4) return -1;
      return robot === opponent ? 10 : -10;
    },
    initial: Array.from({ length: 29 * 29 }, (_, i): readonly [number, number] => [
      Math.floor(i / 29) * 30 + (i % 29),
      1 / (29 * 29),
    ]),
    discount: 0.95,
  }) as SparseProblem;
}
