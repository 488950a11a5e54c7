/** The results of a sweep: a line of JSON each, to be read while it grows. A trial that stands there is never done again. */
import { existsSync } from "node:fs";
import { parseObject } from "../config.ts";
import { readText, writeFrom } from "../files.ts";
import type { TrialResult } from "./trial.ts";

/** Results by their trials' identities, and where the next one is written. */
export interface Table {
  readonly results: ReadonlyMap<string, TrialResult>;
  /** What is wrong with the last line, in a sentence: it was not written completely, and is left out. */
  readonly warning: string | undefined;
  /**
   * Writes a result, synced. One that stands there already is not written again.
   *
   * @returns whether it was new
   * @throws Error when it has other bits than the one that stands there, or the file cannot be written
   */
  add(result: TrialResult): boolean;
}

/** The table of a file; an empty one where there is none. @throws Error that names the path and the line */
export function openTable(path: string): Table {
  const { results, size, warning } = existsSync(path)
    ? readTable(path)
    : { results: new Map<string, TrialResult>(), size: 0, warning: undefined };
  let end = size;
  return {
    results,
    warning,
    add(result) {
      const known = results.get(result.id);
      if (known !== undefined) {
        expectSameBits(known, result, path);
        return false;
      }
      const line = new TextEncoder().encode(`${JSON.stringify(result)}\n`);
      writeFrom(path, line, end);
      end += line.length;
      results.set(result.id, result);
      return true;
    },
  };
}

/** The results of a file, the bytes up to the end of its last whole line, and what is wrong behind it. */
function readTable(path: string) {
  const text = readText(path);
  const lines = text.split("\n");
  const rest = lines.pop() ?? "";
  const results = new Map<string, TrialResult>();
  for (const [i, line] of lines.entries()) {
    const where = `${path}: line ${i + 1}`;
    const result = parseResult(line, where);
    const known = results.get(result.id);
    if (known !== undefined) expectSameBits(known, result, where);
    results.set(result.id, result);
  }
  const size = new TextEncoder().encode(text.slice(0, text.length - rest.length)).length;
  const warning =
    rest === ""
      ? undefined
      : `${path}: line ${lines.length + 1}: expected a whole line, got one cut short; it is left out`;
  return { results, size, warning };
}

const TEXTS = ["id", "version", "bits"] as const;

function parseResult(line: string, where: string): TrialResult {
  const value = parseObject(line, where);
  for (const name of TEXTS)
    if (typeof value[name] !== "string")
      throw new Error(`${where}: ${name}: expected a text, got ${JSON.stringify(value[name])}`);
  for (const name of ["planner", "habit"])
    if (!Array.isArray(value[name]) || !value[name].every(Number.isFinite))
      throw new Error(`${where}: ${name}: expected returns, got ${JSON.stringify(value[name])}`);
  return value as unknown as TrialResult;
}

function expectSameBits(known: TrialResult, other: TrialResult, where: string): void {
  if (known.bits === other.bits) return;
  const { world, seed } = known;
  throw new Error(
    `${where}: ${JSON.stringify(world)}, seed ${seed}: expected the bits ${known.bits.slice(0, 12)}… of the first result, ` +
      `got ${other.bits.slice(0, 12)}…: one of the two machines, or the world, does not give the same bits twice`,
  );
}
