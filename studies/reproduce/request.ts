import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface Request {
  readonly table: string;
  readonly seeds: number;
  readonly isJson: boolean;
  readonly tasks: readonly string[];
  /** The folder for drawings; undefined for none. */
  readonly plots: string | undefined;
  /** The folder in which each seed's figures are kept; undefined for none. */
  readonly results: string | undefined;
}

/** What has to be known of a table. */
export interface Choice {
  /** Seeds unless told otherwise. */
  readonly seeds: number;
  readonly tasks: readonly string[];
  /** Whether its rows can be drawn. */
  readonly isDrawn: boolean;
}

/**
 * Reads `TABLE [--seeds N] [--json] [--only TASK …] [--plots FOLDER] [--results FOLDER]`.
 *
 * @throws Error in one sentence
 */
export function readRequest(words: readonly string[], tables: Readonly<Record<string, Choice>>): Request {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      seeds: { type: "string" },
      json: { type: "boolean", default: false },
      only: { type: "string", multiple: true },
      plots: { type: "string" },
      results: { type: "string" },
    },
  });
  const { json: isJson, only, plots, results } = values;
  const table = tableOf(positionals, Object.keys(tables));
  const { tasks, isDrawn, seeds: usual } = tables[table];
  const unknown = only?.find((task) => !tasks.includes(task));
  if (unknown !== undefined)
    throw new RangeError(`--only: expected one of ${tasks.join("; ")}, got ${unknown}`);
  const seeds = Number(values.seeds ?? usual);
  if (!(Number.isInteger(seeds) && seeds >= 1))
    throw new RangeError(`--seeds: expected a whole number ≥ 1, got ${values.seeds}`);
  if (plots !== undefined && !isDrawn)
    throw new RangeError(`--plots: expected a table that is drawn, got ${table}`);
  const chosen = tasks.filter((task) => only?.includes(task) ?? true);
  return { table, seeds, isJson, tasks: chosen, plots, results };
}

function tableOf([table, ...more]: readonly string[], known: readonly string[]): string {
  if (table !== undefined && known.includes(table) && more.length === 0) return table;
  throw new RangeError(`table: expected ${known.join(" or ")}, got ${[table, ...more].join(" ") || "none"}`);
}
