/** What the episodes of known models came to. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { aligned } from "../table.ts";
import { rowsOf } from "../tables/batch.ts";
import { batchesOf } from "../tables/run.ts";
import type { Task as TableTask } from "../tables/tasks.ts";
import type { Episode } from "./play.ts";
import { tasks, VARIANTS, type Variant } from "./problems.ts";

const HEAD = [
  ...["problem", "plans", "return", "episodes", "ms per decision", "offline s", "proved", "published"],
];

/** Variants that differ by the information term alone. */
const PAIRS: readonly (readonly [on: Variant, off: Variant])[] = [
  ["information", "closed"],
  ["short information", "short"],
];

/** Where the episodes of a problem are kept. */
export function fileOf(folder: string, problem: string): string {
  return join(folder, `${problem.replaceAll(/\W+/g, "")}.jsonl`);
}

/** The episodes of a file, in its order. */
export function episodesOf(file: string): readonly Episode[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Mean ± standard error of every problem and variant that was played; undefined where none was. */
export function returnsOf(
  folder: string,
  problems: readonly string[],
  solved: Readonly<Record<string, Pick<TableTask, "published">>>,
): string | undefined {
  const rows = problems.flatMap((problem) =>
    problem in solved
      ? rowsOf(batchesOf(folder, problem), (name) => solved[name].published)
      : VARIANTS.flatMap((variant) => rowOf(problem, variant, episodesOf(fileOf(folder, problem)))),
  );
  return rows.length === 0 ? undefined : aligned(HEAD, rows, 2);
}

/** What information changed in the same episodes; undefined where no episode was played with it and without. */
export function informationOf(folder: string, problems: readonly string[]): string | undefined {
  const rows = problems.flatMap((problem) =>
    PAIRS.flatMap((pair) => pairOf(problem, pair, episodesOf(fileOf(folder, problem)))),
  );
  const head = ["problem", "with information", "without", "difference", "95 % interval", "paired episodes"];
  return rows.length === 0 ? undefined : aligned(head, rows, 2);
}

function rowOf(problem: string, variant: Variant, all: readonly Episode[]): readonly string[][] {
  const some = all.filter((episode) => episode.variant === variant);
  if (some.length === 0) return [];
  const { mean, error } = momentsOf(some.map((one) => one.return));
  const average = (value: (one: Episode) => number) => momentsOf(some.map(value)).mean;
  return [
    [
      ...[problem, variant, `${mean.toFixed(2)} ± ${error.toFixed(2)}`, String(some.length)],
      average((one) => one.milliseconds).toFixed(1),
      average((one) => one.offlineSeconds).toFixed(0),
      ...["–", tasks[problem].published],
    ],
  ];
}

function pairOf(
  problem: string,
  [on, off]: (typeof PAIRS)[number],
  all: readonly Episode[],
): readonly string[][] {
  const without = new Map(
    all.filter(({ variant }) => variant === off).map((one) => [one.episode, one.return]),
  );
  const pairs = all.filter(({ variant, episode }) => variant === on && without.has(episode));
  if (pairs.length < 2) return [];
  const { mean, error } = momentsOf(pairs.map((one) => one.return - Number(without.get(one.episode))));
  return [
    [
      ...[problem, on, off, mean.toFixed(2)],
      `${(mean - 1.96 * error).toFixed(2)} … ${(mean + 1.96 * error).toFixed(2)}`,
      String(pairs.length),
    ],
  ];
}

/** Mean and its standard error. */
function momentsOf(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / values.length / Math.max(1, values.length - 1)) };
}
