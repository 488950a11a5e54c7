/** Tables of the documents that are drawn from the raw results in `docs/results`: nobody copies a number by hand. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { worlds } from "../../worlds/index.ts";
import { tasks } from "../pomdp/problems.ts";
import { informationOf, returnsOf } from "../pomdp/summary.ts";
import { resultsIn } from "../results.ts";
import { createBootstrap } from "../suite/statistics.ts";
import { readLines } from "../suite/store.ts";
import { summarise } from "../suite/summary.ts";
import { summaryTables } from "../suite/tables.ts";
import type { Line } from "../suite/trial.ts";
import { tasksOf } from "../tables/tasks.ts";
import { CLAIM_TABLES, claimTable } from "./claimTables.ts";
import { shortTable } from "./shortTable.ts";

/** Draws a table from the results in a folder; undefined where there are none. */
type Draw = (folder: string) => Promise<string | undefined>;

/** The tables, by the names that their places in documents have. */
export const DRAWN: Readonly<Record<string, Draw>> = {
  suite: async (folder) => {
    const lines = linesIn<Line>(join(folder, "suite"), ".jsonl", readLines);
    if (lines.length === 0) return undefined;
    const steps = lines[0].looks.map((look) => look.steps);
    const names = worlds.map(({ name }) => name);
    return summaryTables(summarise(lines, names, steps, await createBootstrap()));
  },
  "known models": async (folder) => {
    const solved = tasksOf(unread);
    const names = [...Object.keys(solved), ...Object.keys(tasks)];
    return returnsOf(join(folder, "pomdp"), names, solved);
  },
  README: async (folder) => {
    const lines = linesIn<Line>(join(folder, "suite"), ".jsonl", readLines);
    return lines.length === 0 ? undefined : shortTable(lines);
  },
  ...Object.fromEntries(
    Object.entries(CLAIM_TABLES).map(([name, table]): [string, Draw] => [
      name,
      async (folder) => claimTable(table, resultsIn(join(folder, "claims"))),
    ]),
  ),
  information: async (folder) => informationOf(join(folder, "pomdp"), Object.keys(tasks)),
};

/** `<!-- drawn: NAME -->`, the table, `<!-- end -->`. */
const PLACE = /(<!-- drawn: ([^>]+?) -->\n)([\s\S]*?)(<!-- end -->)/g;

/** The names of the tables that have a place in a document. */
export function placesOf(text: string): readonly string[] {
  return [...text.matchAll(PLACE)].map(([, , name]) => name);
}

/**
 * A document with its tables drawn anew; those without results stay as they are.
 *
 * @param folder of the results
 * @throws RangeError when a place names no table
 */
export async function redraw(text: string, folder: string): Promise<string> {
  const tables = new Map<string, string | undefined>();
  for (const name of placesOf(text)) {
    if (!(name in DRAWN))
      throw new RangeError(`drawn: expected one of ${Object.keys(DRAWN).join("; ")}, got ${name}`);
    tables.set(name, await DRAWN[name](folder));
  }
  return text.replaceAll(PLACE, (place, begin, name, _old, end) => {
    const table = tables.get(name);
    return table === undefined ? place : `${begin}\n${table}\n\n${end}`;
  });
}

/** Of the problems that are files the names alone are read. */
function unread(name: string): never {
  throw new Error(`${name}: expected to be named, not read`);
}

function filesIn(folder: string, end: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(end));
  return names.sort().map((name) => join(folder, name));
}

function linesIn<Result>(
  folder: string,
  end: string,
  read: (path: string) => readonly Result[],
): readonly Result[] {
  return filesIn(folder, end).flatMap(read);
}
