import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface Wishes {
  readonly seeds: number;
  readonly isJson: boolean;
  readonly tasks: readonly string[];
}

const SEEDS = 10;

/**
 * Reads `TABLE [--seeds N] [--json] [--only TASK …]`.
 *
 * @param tables the tasks of each table
 * @throws Error in one sentence
 */
export function readWishes(
  words: readonly string[],
  tables: Readonly<Record<string, readonly string[]>>,
): Wishes {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      seeds: { type: "string", default: String(SEEDS) },
      json: { type: "boolean", default: false },
      only: { type: "string", multiple: true },
    },
  });
  const [table, ...more] = positionals;
  const tasks = Object.hasOwn(tables, table ?? "") ? tables[table] : undefined;
  if (tasks === undefined || more.length > 0)
    throw new RangeError(
      `table: expected ${Object.keys(tables).join(" or ")}, got ${positionals.join(" ") || "none"}`,
    );
  const unknown = values.only?.find((task) => !tasks.includes(task));
  if (unknown !== undefined)
    throw new RangeError(`--only: expected one of ${tasks.join("; ")}, got ${unknown}`);
  const seeds = Number(values.seeds);
  if (!(Number.isInteger(seeds) && seeds >= 1))
    throw new RangeError(`--seeds: expected a whole number ≥ 1, got ${values.seeds}`);
  return { seeds, isJson: values.json, tasks: tasks.filter((task) => values.only?.includes(task) ?? true) };
}
