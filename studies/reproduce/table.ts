/** What many seeds of a task come to: statistics of their figures, as a Markdown table or as JSON lines. */

/** The figures of one seed, by metric; Infinity where something was not reached. */
export interface Result {
  readonly task: string;
  readonly seed: number;
  readonly figures: Readonly<Record<string, number>>;
}

/** One metric of a task over its seeds. */
export interface Row {
  readonly task: string;
  readonly metric: string;
  /** In the order of the seeds. */
  readonly values: readonly number[];
  readonly median: number;
  /** The lower and the upper one. */
  readonly quartiles: readonly [number, number];
}

/** A row for every metric of every task, in the order of `tasks`; tasks without a result have none. */
export function rowsOf(results: readonly Result[], tasks: readonly string[]): readonly Row[] {
  return tasks.flatMap((task) => {
    const seeds = results.filter((result) => result.task === task).sort((a, b) => a.seed - b.seed);
    const metrics = new Set(seeds.flatMap(({ figures }) => Object.keys(figures)));
    return [...metrics].map((metric) => {
      const values = seeds.flatMap(({ figures }) => figures[metric] ?? []);
      return {
        task,
        metric,
        values,
        median: quantile(values, 0.5),
        quartiles: [quantile(values, 0.25), quantile(values, 0.75)] as const,
      };
    });
  });
}

/**
 * The value below which a share of the values lies, linear between neighbours (type 7 of Hyndman & Fan 1996).
 *
 *   q = x[⌊h⌋] + (h − ⌊h⌋) (x[⌊h⌋ + 1] − x[⌊h⌋]),   h = (N − 1) · share,   x sorted
 *
 * Infinite when a neighbour with a part in it is; NaN of no values.
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const [from, to] = [sorted[below], sorted[Math.ceil(place)]];
  return from === to ? from : from + (place - below) * (to - from);
}

/** The table for a README: `seeds` is "9 of 10" where a seed did not get there, which counts as infinitely late. */
export function markdown(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.task,
    row.metric,
    figure(row.median),
    row.quartiles.map(figure).join(" … "),
    figure(worst(row)),
    reaching(row.values),
  ]);
  const head = ["task", "metric", "median", "quartiles", "worst", "seeds"];
  return aligned(head, cells, 2);
}

/** A Markdown table with even columns, of which the first `words` are words and the others figures. */
export function aligned(
  head: readonly string[],
  cells: readonly (readonly string[])[],
  words: number,
): string {
  const widths = head.map((name, i) => Math.max(3, ...[name, ...cells.map((cell) => cell[i])].map(lengthOf)));
  const line = (cell: readonly string[]) =>
    `| ${cell.map((text, i) => (i < words ? pad(text, widths[i]) : pad(text, -widths[i]))).join(" | ")} |`;
  const rule = widths.map((width, i) => (i < words ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), line(rule), ...cells.map(line)].join("\n");
}

/** One object a line; JSON has no infinities: null stands for what was not reached. */
export function jsonLines(rows: readonly Row[]): string {
  return rows.map((row) => JSON.stringify(row)).join("\n");
}

/** Of returns, shares of success and R² the lowest, of everything else (steps, trials, time, what distracts) the highest. */
export function worst({ metric, values }: Row): number {
  const isHigherBetter = /\b(return|episode|success|cue first)\b|^R²(?! of the distractors)/.test(metric);
  return isHigherBetter ? Math.min(...values) : Math.max(...values);
}

function reaching(values: readonly number[]): string {
  const reached = values.filter(Number.isFinite).length;
  return reached === values.length ? String(values.length) : `${reached} of ${values.length}`;
}

/** Four figures, whole numbers in full; ∞ for what was not reached. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "–" : "∞";
  const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  return text.replace("-", "−");
}

function lengthOf(text: string): number {
  return [...text].length;
}

/** Text in a column of a width, to its left; to its right when the width is negative. */
function pad(text: string, width: number): string {
  const space = " ".repeat(Math.max(0, Math.abs(width) - lengthOf(text)));
  return width < 0 ? space + text : text + space;
}
