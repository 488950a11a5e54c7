/** The floor of Laser Tag: cells, moves, what lasers reach, and the values of who sees everything. */

export const COLUMNS = 11;
export const ROWS = 7;
const CELLS = COLUMNS * ROWS;
const DISCOUNT = 0.95;

/** North, south, east, west, northeast, southeast, southwest, northwest. */
export const MOVES = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
  [1, 1],
  [1, -1],
  [-1, -1],
  [-1, 1],
] as const;
/** Directions of the lasers, the cardinal ones first. */
const LASERS = [...MOVES.slice(0, 4), ...MOVES.slice(4)];

/** Where one can go. */
export interface Floor {
  /** [CELLS]. */
  readonly isBlocked: readonly boolean[];
  /** Cells without an obstacle. */
  readonly free: readonly number[];
  /** [CELLS][MOVES] cells that moves lead to. */
  readonly moves: readonly number[];
  /** [CELLS][LASERS] free cells in each direction. */
  readonly clear: readonly number[];
}

/** @throws RangeError when an obstacle is none of the cells */
export function floorOf(obstacles: readonly number[]): Floor {
  const wrong = obstacles.find((cell) => !(Number.isInteger(cell) && cell >= 0 && cell < CELLS));
  if (wrong !== undefined)
    throw new RangeError(`obstacles: expected whole numbers in [0, ${CELLS - 1}], got ${wrong}`);
  const cells = Array.from({ length: CELLS }, (_, cell) => cell);
  const isBlocked = cells.map((cell) => obstacles.includes(cell));
  const moved = (cell: number, by: number) => neighbour(isBlocked, cell, MOVES[by]) ?? cell;
  return {
    isBlocked,
    free: cells.filter((cell) => !isBlocked[cell]),
    moves: cells.flatMap((cell) => MOVES.map((_, by) => moved(cell, by))),
    clear: cells.flatMap((cell) => LASERS.map((direction) => rangeOf(isBlocked, cell, direction))),
  };
}

function rangeOf(isBlocked: readonly boolean[], from: number, direction: readonly [number, number]): number {
  let count = 0;
  for (let cell = neighbour(isBlocked, from, direction); cell !== undefined; count++)
    cell = neighbour(isBlocked, cell, direction);
  return count;
}

/** The next cell in a direction; undefined where there is a wall or an obstacle. */
function neighbour(
  isBlocked: readonly boolean[],
  cell: number,
  [dx, dy]: readonly [number, number],
): number | undefined {
  const [x, y] = [(cell % COLUMNS) + dx, Math.floor(cell / COLUMNS) + dy];
  const isInside = x >= 0 && x < COLUMNS && y >= 0 && y < ROWS;
  return isInside && !isBlocked[x + COLUMNS * y] ? x + COLUMNS * y : undefined;
}

/** Free cells between the robot and what its laser meets: an obstacle, the wall or the opponent. */
export function clearCells({ clear }: Floor, robot: number, opponent: number, laser: number): number {
  const range = clear[robot * LASERS.length + laser];
  const [dx, dy] = LASERS[laser];
  const [x, y] = [
    (opponent % COLUMNS) - (robot % COLUMNS),
    Math.floor(opponent / COLUMNS) - Math.floor(robot / COLUMNS),
  ];
  const steps = Math.max(Math.abs(x), Math.abs(y));
  const isHit = steps > 0 && x === dx * steps && y === dy * steps;
  return isHit ? Math.min(range, steps - 1) : range;
}

/** Where the opponent may go, with probabilities that sum to one. */
export function opponentMoves({ isBlocked }: Floor, robot: number, opponent: number) {
  const [x, y] = [
    (opponent % COLUMNS) - (robot % COLUMNS),
    Math.floor(opponent / COLUMNS) - Math.floor(robot / COLUMNS),
  ];
  const flights = [
    ...(x === 0 ? [flight(1, 0, 0.2), flight(-1, 0, 0.2)] : [flight(Math.sign(x), 0, 0.4)]),
    ...(y === 0 ? [flight(0, 1, 0.2), flight(0, -1, 0.2)] : [flight(0, Math.sign(y), 0.4)]),
  ];
  const moves = flights.flatMap(({ by, probability }) => {
    const to = neighbour(isBlocked, opponent, by);
    return to === undefined ? [] : [{ to, probability }];
  });
  const left = 1 - moves.reduce((sum, { probability }) => sum + probability, 0);
  return [...moves, { to: opponent, probability: left }];
}

function flight(dx: number, dy: number, probability: number) {
  return { by: [dx, dy] as const, probability };
}

/** [2][free cells][reading] probabilities of what a laser shows, along a row and along a diagonal. */
export function readingTable(): readonly (readonly (readonly number[])[])[] {
  return [1, Math.SQRT2].map((length) =>
    Array.from({ length: COLUMNS }, (_, clear) => {
      const range = (clear + 1) * length;
      // P(reading ≥ k) = P(|N(0, 2.5²)| ≤ range − k)
      const atLeast = (k: number) => (k <= 0 ? 1 : erf((range - k) / (2.5 * Math.SQRT2)));
      return Array.from({ length: Math.floor(range) + 1 }, (_, k) => atLeast(k) - atLeast(k + 1));
    }),
  );
}

/** 2/√π Σ_k (−1)^k x^(2k+1) / (k! (2k+1)), 0 below 0. */
export function erf(x: number): number {
  if (x <= 0) return 0;
  if (x > 5) return 1;
  let [sum, term] = [x, x];
  for (let k = 1; k < 150; k++) {
    term *= (-x * x) / k;
    sum += term / (2 * k + 1);
  }
  return Math.min(1, 1.1283791670955126 * sum);
}

/** [CELLS][CELLS] values of the robot's and the opponent's cells, where both are seen, by value iteration. */
export function valuesOf(floor: Floor): Float32Array {
  const values = new Float32Array(CELLS * CELLS);
  const flights = floor.free.map((robot) =>
    floor.free.map((opponent) => opponentMoves(floor, robot, opponent)),
  );
  for (let sweep = 0; sweep < 120; sweep++) {
    let change = 0;
    floor.free.forEach((robot, i) => {
      floor.free.forEach((opponent, j) => {
        let best = robot === opponent ? 10 : -Infinity;
        for (let a = 0; a < MOVES.length; a++) {
          const row = floor.moves[robot * MOVES.length + a] * CELLS;
          let later = 0;
          for (const { to, probability } of flights[i][j]) later += probability * values[row + to];
          best = Math.max(best, -1 + DISCOUNT * later);
        }
        change = Math.max(change, Math.abs(best - values[robot * CELLS + opponent]));
        values[robot * CELLS + opponent] = best;
      });
    });
    if (change < 1e-4) break;
  }
  return values;
}
