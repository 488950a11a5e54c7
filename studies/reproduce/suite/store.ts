/** Results that are kept: a line of JSON a trial, in a file for every state of the sources and every set of options. */
import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, readText, writeAtomically } from "../../../src/runs/files.ts";
import { readOptions } from "./request.ts";
import { hashOfOptions, ROOT, sourceOf, workingSource } from "./source.ts";
import type { Line, Settings } from "./trial.ts";

/** Beside the results of trainings, which the repository does not keep either. */
export const FOLDER = join(ROOT, "runs", "suite");

/** The file of sources and options, each by its hash. */
export function pathOf(source: string, options: string, folder = FOLDER): string {
  return join(folder, `${source}-${options}.jsonl`);
}

/** The finished trials in a file; none where there is none. A line that was cut short does not count. */
export function readLines(path: string): readonly Line[] {
  if (!existsSync(path)) return [];
  const whole = readText(path).split("\n").slice(0, -1);
  return whole.map((line) => JSON.parse(line));
}

/** Gets a file ready to be appended to: its folder is there, and no line is cut short. */
export function openStore(path: string): void {
  makeFolder(join(path, ".."));
  if (!existsSync(path)) return;
  const text = readText(path);
  const end = text.lastIndexOf("\n") + 1;
  if (end < text.length) writeAtomically(path, text.slice(0, end));
}

/** Adds a finished trial, with whatever a reader may want to know of it. */
export function appendLine(path: string, line: Line, about: Readonly<Record<string, unknown>> = {}): void {
  appendFileSync(path, `${JSON.stringify({ ...line, ...about })}\n`);
}

/** What is asked of results. */
export type Wanted = Pick<Settings, "steps" | "episodes">;

/**
 * The trial of a world and seed that has all looks that are wanted, with as many episodes or more, less what is not wanted;
 * undefined for none. More steps change nothing of the looks before.
 */
export function findLine(
  lines: readonly Line[],
  { world, seed }: Pick<Line, "world" | "seed">,
  { steps, episodes }: Wanted,
): Line | undefined {
  const own = lines.filter((line) => line.world === world && line.seed === seed);
  for (const line of own.reverse()) {
    const looks = steps.map((mark) =>
      line.looks.find((look) => look.steps === mark && look.planner.length >= episodes),
    );
    if (looks.includes(undefined)) continue;
    const cut = looks.flatMap((look) => look ?? []);
    return { ...line, looks: cut.map((look) => ({ ...look, planner: look.planner.slice(0, episodes) })) };
  }
  return undefined;
}

/**
 * The file that is meant by `FILE`, `COMMIT`, `COMMIT+OPTIONS` or `+OPTIONS` (of the sources as they are): options as JSON or by
 * their hash; "+" alone are the sources as they are, without options.
 *
 * @throws RangeError when there is no such file
 */
export function resultsPath(text: string, { root = ROOT, folder = FOLDER } = {}): string {
  if (existsSync(text)) return text;
  const [commit, options] = text.split(/\+(.*)/s);
  const source = commit === "" ? workingSource(root) : sourceOf(commit, root);
  const hash = /^[0-9a-f]{8}$/.test(options)
    ? options
    : hashOfOptions(readOptions("--compare", options || "{}"));
  const path = pathOf(source.hash, hash, folder);
  if (existsSync(path)) return path;
  throw new RangeError(`--compare: expected results of ${text}, got none at ${path}`);
}
