import { collectRows, MOST_ENTRIES, type SparseRows, SUM_TOLERANCE } from "../sparse/rows.ts";

/** Rows of probabilities that are filled by the lines of a file, the later over the earlier. */
export interface Probabilities {
  /** Sets an entry. */
  set(row: number, column: number, value: number, line: number): void;
  /** Sets every entry of a row alike. */
  fill(row: number, value: number, line: number): void;
  /** Sets a row by its entries that are not 0; it may be shared by rows. */
  assign(row: number, entries: ReadonlyMap<number, number>, line: number): void;
  /** The rows. @throws RangeError that names the line of a row that does not sum to 1, or the last line where one is missing */
  done(describe: (row: number) => string, lastLine: number): SparseRows;
}

const EMPTY: ReadonlyMap<number, number> = new Map();

export function probabilityRows(name: string, rows: number, columns: number): Probabilities {
  const table = new Array<ReadonlyMap<number, number>>(rows).fill(EMPTY);
  /** Rows that no other row shares. */
  const own = new Map<number, Map<number, number>>();
  const lines = new Uint32Array(rows);
  const uniforms = new Map<number, ReadonlyMap<number, number>>();
  const assign = (row: number, entries: ReadonlyMap<number, number>, line: number) => {
    own.delete(row);
    table[row] = entries;
    lines[row] = line;
  };
  return {
    assign,
    set(row, column, value, line) {
      lines[row] = line;
      if (value === 0 && !table[row].has(column)) return;
      let mine = own.get(row);
      if (mine === undefined) {
        mine = new Map(table[row]);
        own.set(row, mine);
        table[row] = mine;
      }
      if (value === 0) mine.delete(column);
      else mine.set(column, value);
    },
    fill(row, value, line) {
      let entries = value === 0 ? EMPTY : uniforms.get(value);
      if (entries === undefined) {
        entries = new Map(Array.from({ length: columns }, (_, k) => [k, value]));
        uniforms.set(value, entries);
      }
      assign(row, entries, line);
    },
    done(describe, lastLine) {
      const sizes = table.reduce((sum, entries) => sum + entries.size, 0);
      if (sizes > MOST_ENTRIES)
        throw new RangeError(
          `line ${lastLine}: expected at most ${MOST_ENTRIES} probabilities of ${name} that are not 0, got ${sizes}`,
        );
      const collected = collectRows(name, columns);
      table.forEach((entries, row) => {
        const values = [...entries.values()];
        const sum = values.reduce((total, value) => total + value, 0);
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) refuse(describe(row), sum, lines[row], lastLine);
        collected.push([...entries.keys()], values);
      });
      return collected.done();
    },
  };
}

function refuse(row: string, sum: number, line: number, lastLine: number): never {
  if (line === 0)
    throw new RangeError(
      `line ${lastLine}: expected probabilities ${row} before the end of the file, got none`,
    );
  throw new RangeError(
    `line ${line}: expected probabilities ${row} that sum to 1 within ${SUM_TOLERANCE}, got a sum of ${Number(sum.toPrecision(12))}`,
  );
}
