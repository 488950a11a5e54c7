import { shown } from "../../core/expect.ts";

/**
 * A matrix of which few entries differ from 0, row by row (compressed sparse rows): the entries of row i are those from
 * `start[i]` up to, not including, `start[i + 1]`.
 */
export interface SparseRows {
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** [rows + 1] where each row begins among the entries. */
  readonly start: Uint32Array;
  /** [entries] column of each entry, ascending in a row. */
  readonly index: Uint32Array;
  /** [entries] value of each entry; none is 0. */
  readonly value: Float64Array;
}

/** What a row of probabilities may differ from 1 by: six printed decimals of some entries. */
export const SUM_TOLERANCE = 1e-5;

/** Entries beyond which a matrix is refused: 1.2 GB of them. */
export const MOST_ENTRIES = 1e8;

/** Collects the rows of a sparse matrix, first to last. */
export interface RowCollector {
  /** Appends one row. Entries may come in any order; those of one column add up, and zeros are left out. */
  push(index: ArrayLike<number>, value: ArrayLike<number>): void;
  /** The matrix of the rows so far. */
  done(): SparseRows;
}

/** @throws RangeError when there are more than {@link MOST_ENTRIES} entries */
export function collectRows(name: string, columns: number): RowCollector {
  const start = [0];
  let [index, value] = [new Uint32Array(1024), new Float64Array(1024)];
  let size = 0;
  const append = (column: number, entry: number) => {
    if (size === index.length) {
      if (size >= MOST_ENTRIES)
        throw new RangeError(`${name}: expected at most ${MOST_ENTRIES} entries that are not 0, got more`);
      [index, value] = [grown(index, new Uint32Array(2 * size)), grown(value, new Float64Array(2 * size))];
    }
    index[size] = column;
    value[size++] = entry;
  };
  return {
    push(columnsOf, values) {
      const order = ascending(columnsOf) ? undefined : sorted(columnsOf);
      const first = size;
      for (let k = 0; k < values.length; k++) {
        const at = order === undefined ? k : order[k];
        if (values[at] === 0) continue;
        if (size > first && index[size - 1] === columnsOf[at]) value[size - 1] += values[at];
        else append(columnsOf[at], values[at]);
      }
      start.push(size);
    },
    done: () => ({
      rows: start.length - 1,
      columns,
      start: Uint32Array.from(start),
      index: index.slice(0, size),
      value: value.slice(0, size),
    }),
  };
}

/** The entry of a row and a column; 0 where there is none. */
export function entryAt({ start, index, value }: SparseRows, row: number, column: number): number {
  const at = findEntry(index, start[row], start[row + 1], column);
  return at < 0 ? 0 : value[at];
}

/** Place of a column among the entries from `low` up to `high`, which ascend; −1 where there is none. */
export function findEntry(index: Uint32Array, low: number, high: number, column: number): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (index[middle] < column) from = middle + 1;
    else to = middle;
  }
  return from < high && index[from] === column ? from : -1;
}

/** Throws unless the entries of every row are probabilities that sum to 1. `where` names a row. */
export function expectDistributions(
  { rows, start, value }: SparseRows,
  where: (row: number) => string,
  tolerance = SUM_TOLERANCE,
): void {
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let k = start[row]; k < start[row + 1]; k++) {
      if (!(value[k] >= 0 && value[k] <= 1 + tolerance))
        throw new RangeError(`${where(row)}: expected probabilities, got ${shown(value[k])}`);
      sum += value[k];
    }
    if (Math.abs(sum - 1) > tolerance)
      throw new RangeError(
        `${where(row)}: expected probabilities that sum to 1 within ${tolerance}, got ${sum}`,
      );
  }
}

function ascending(columns: ArrayLike<number>): boolean {
  for (let k = 1; k < columns.length; k++) if (columns[k] < columns[k - 1]) return false;
  return true;
}

/** The places of the columns in ascending order; equal ones keep theirs. */
function sorted(columns: ArrayLike<number>): number[] {
  return Array.from(columns, (_, k) => k).sort((a, b) => columns[a] - columns[b] || a - b);
}

function grown<View extends Uint32Array | Float64Array>(from: View, to: View): View {
  to.set(from);
  return to;
}

/** The places of a row's entries. */
export function entriesOf({ start }: SparseRows, row: number): readonly number[] {
  return Array.from({ length: start[row + 1] - start[row] }, (_, k) => start[row] + k);
}
