/** What no test has reached, from the coverage map that istanbul's tools write. */

/** A place in a source: lines count from 1, columns from 0. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** A file of the map; a statement is a line. */
export interface FileCoverage {
  readonly path: string;
  readonly statementMap: Readonly<Record<string, { readonly start: Place }>>;
  /** How often each was reached. */
  readonly s: Readonly<Record<string, number>>;
  readonly branchMap: Readonly<Record<string, { readonly loc: { readonly start: Place } }>>;
  readonly b: Readonly<Record<string, readonly number[]>>;
}

/** A source, and what of it was not reached. */
export interface Uncovered {
  /** From the root of the repository. */
  readonly path: string;
  readonly lines: number;
  /** Lines that were not reached. */
  readonly missed: readonly number[];
  /** Lines at which a branch begins that was not taken. */
  readonly branches: readonly number[];
}

/** What every branch of which has to be taken: what reads files that others may have written, and the command line. */
const STRICT =
  /^src\/(cli\/|core\/(safetensors|file|tree)\.ts|agent\/(archive|save|schema|habit)\.ts|loop\/(save|savedRun|replay)\.ts|runs\/(checkpoint|keep|disk|lock|files|journal|log|config|chain)\.ts)/;
/** Share of all lines that have to be reached. */
const LEAST = 0.99;

/** Every file of a map, by its path. @param root of the repository, which paths begin with */
export function uncoveredOf(map: Readonly<Record<string, FileCoverage>>, root: string): readonly Uncovered[] {
  const files = Object.values(map).map(({ path, statementMap, s, branchMap, b }) => ({
    path: path.replace(root, "").replace(/^\//, ""),
    lines: Object.keys(s).length,
    missed: Object.keys(s).flatMap((key) => (s[key] === 0 ? [statementMap[key].start.line] : [])),
    branches: Object.keys(b).flatMap((key) => (b[key].includes(0) ? [branchMap[key].loc.start.line] : [])),
  }));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `3–5, 9` */
export function ranges(lines: readonly number[]): string {
  const found: [number, number][] = [];
  for (const line of [...new Set(lines)].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last !== undefined && line === last[1] + 1) last[1] = line;
    else found.push([line, line]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}

/** A line for each file that is not reached as it should be, then the sums; and whether all is. */
export function reportOf(files: readonly Uncovered[]): { readonly text: string; readonly isEnough: boolean } {
  const told = files.filter(({ path, missed, branches }) => missed.length > 0 || isOwed(path, branches));
  const rows = told.map(({ path, missed, branches }) => {
    const owed = isOwed(path, branches) ? `; branches at ${ranges(branches)}` : "";
    return `${path}: ${missed.length > 0 ? `lines ${ranges(missed)}` : "every line"}${owed}`;
  });
  const sum = (count: (file: Uncovered) => number) => files.reduce((total, file) => total + count(file), 0);
  const [lines, missed] = [sum((file) => file.lines), sum((file) => file.missed.length)];
  const owed = sum(({ path, branches }) => (isOwed(path, branches) ? branches.length : 0));
  const share = lines === 0 ? 0 : 1 - missed / lines;
  const sums = [
    `${(100 * share).toFixed(2)} % of ${lines} lines are reached (at least ${100 * LEAST} % are asked)`,
    `${owed} branches of loader, checkpoint and command line are not taken (none is asked)`,
  ];
  return { text: [...rows, "", ...sums].join("\n"), isEnough: share >= LEAST && owed === 0 };
}

function isOwed(path: string, branches: readonly number[]): boolean {
  return STRICT.test(path) && branches.length > 0;
}
