/** Results that are kept: a line of JSON a trial, in a file for every state of the sources and every set of options. */
import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, readText, writeAtomically } from "../../../src/runs/files.ts";
import { readOptions } from "./request.ts";
import { hashOfOptions, ROOT, sourceOf, workingSource } from "./source.ts";
import type { Line, Look, Settings } from "./trial.ts";

/** Beside the results of trainings, which the repository does not keep either. */
export const FOLDER = join(ROOT, "runs", "suite");

/** The file of sources and options, each by its hash. */
export function pathOf(source: string, options: string, folder = FOLDER): string {
  return join(folder, `${source}-${options}.jsonl`);
}

/**
 * The finished trials in a file, one of each world and seed; none where there is no file. Trials of the same sources, options and
 * seed are the same to the bit, so that their looks are put together. A line that was cut short does not count.
 */
export function readLines(path: string): readonly Line[] {
  if (!existsSync(path)) return [];
  const whole = readText(path).split("\n").slice(0, -1);
  const trials = new Map<string, Line>();
  for (const line of whole.map((text): Line => JSON.parse(text))) {
    const key = `${line.world} ${line.seed}`;
    const known = trials.get(key);
    trials.set(key, known === undefined ? line : joined(known, line));
  }
  return [...trials.values()];
}

/** The looks of both, of two at the same step the one with more episodes; all else of the longer trial. */
function joined(first: Line, second: Line): Line {
  const looks = new Map<number, Look>();
  for (const look of [...first.looks, ...second.looks]) {
    const known = looks.get(look.steps);
    if (known === undefined || known.planner.length < look.planner.length) looks.set(look.steps, look);
  }
  const last = ({ looks }: Line) => looks[looks.length - 1].steps;
  const longer = last(first) > last(second) ? first : second;
  return { ...longer, looks: [...looks.values()].sort((a, b) => a.steps - b.steps) };
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

/** The repository's raw results. */
export const PUBLISHED = join(ROOT, "docs", "results", "suite");

/** Makes trials the raw results of their worlds: a file for each, a line for each seed. */
export function publishLines(lines: readonly Line[], folder = PUBLISHED): void {
  makeFolder(folder);
  for (const world of new Set(lines.map((line) => line.world))) {
    const own = lines.filter((line) => line.world === world).sort((a, b) => a.seed - b.seed);
    const text = own.map((line) => `${JSON.stringify(line)}\n`).join("");
    writeAtomically(join(folder, `${world}.jsonl`), text);
  }
}

/** What is asked of results. */
export type Wanted = Pick<Settings, "steps" | "episodes">;

/**
 * The trial of a world and seed if it has all looks that are wanted, with as many episodes or more, less what is not wanted;
 * undefined otherwise.
 */
export function findLine(
  lines: readonly Line[],
  { world, seed }: Pick<Line, "world" | "seed">,
  { steps, episodes }: Wanted,
): Line | undefined {
  const line = lines.find((one) => one.world === world && one.seed === seed);
  const looks = (line?.looks ?? []).filter(
    (look) => steps.includes(look.steps) && look.planner.length >= episodes,
  );
  if (line === undefined || looks.length < steps.length) return undefined;
  return { ...line, looks: looks.map((look) => ({ ...look, planner: look.planner.slice(0, episodes) })) };
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
