/** Results of `reproduce` that are kept: a line of JSON a seed, in a file for every task, from which the documents' tables are drawn. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, readText, writeAtomically } from "../../src/runs/files.ts";
import type { Result } from "./table.ts";

/** A seed's figures, and the commit that gave them. */
export interface Kept extends Result {
  readonly commit: string;
}

/** Letters of tasks that not every disk takes. */
const LETTERS: Readonly<Record<string, string>> = { λ: "lambda", σ: "sigma", β: "beta" };

/** The file of a task. */
export function fileOf(task: string): string {
  const latin = task.replaceAll(/[λσβ]/g, (letter) => LETTERS[letter]);
  return `${latin.replaceAll(/[^\w.]+/g, "-")}.jsonl`;
}

/** Writes what was measured into a folder; seeds that it has are replaced, the others stay. */
export function keepResults(folder: string, results: readonly Kept[]): void {
  if (results.length === 0) return;
  makeFolder(folder);
  for (const task of new Set(results.map((result) => result.task))) {
    const path = join(folder, fileOf(task));
    const seeds = new Map<number, Kept>();
    for (const kept of existsSync(path) ? readKept(path) : []) seeds.set(kept.seed, kept);
    for (const result of results) if (result.task === task) seeds.set(result.seed, result);
    const sorted = [...seeds.values()].sort((a, b) => a.seed - b.seed);
    writeAtomically(path, sorted.map((kept) => `${JSON.stringify(plain(kept))}\n`).join(""));
  }
}

/** Every seed of every task in a folder; none where there is no folder. */
export function resultsIn(folder: string): readonly Kept[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  return names.sort().flatMap((name) => readKept(join(folder, name)));
}

/** JSON has no infinities: null stands for what was not reached. */
function plain({ task, seed, commit, figures }: Kept) {
  return { task, seed, commit, figures };
}

function readKept(path: string): readonly Kept[] {
  const lines = readText(path).trimEnd().split("\n");
  return lines.map((line) => {
    const { figures, ...kept } = JSON.parse(line);
    const entries = Object.entries(figures).map(([name, value]) => [name, value ?? Number.POSITIVE_INFINITY]);
    return { ...kept, figures: Object.fromEntries(entries) };
  });
}
