/** Programs out of documents: run with the package's own source under its name, each stated result checked. */
import { readFileSync } from "node:fs";
import { transform } from "esbuild";
import * as environments from "../../src/environments.ts";
import * as gymnasium from "../../src/gymnasium.ts";
import * as library from "../../src/index.ts";
import * as logs from "../../src/logs.ts";
import * as mujoco from "../../src/mujoco.ts";
import * as pomdp from "../../src/pomdp.ts";
import * as problems from "../../src/problems.ts";
import * as threads from "../../src/threads.ts";

/** The names that need no import. */
const scope = { ...library, ...environments, ...gymnasium, ...logs, ...mujoco, ...pomdp, ...problems };

const KERNELS = new URL("../../build/release.wasm", import.meta.url);

/** What a program printed. */
export type Lines = readonly string[];

/** An expression statement on a line of its own, and what stands behind it. */
const STATED =
  /^(?!\s*(?:(?:const|let|import|export|for|if|return|throw)\b|console\.|\/\/|[})]))\s*(\S.*);\s*\/\/\s*(.+)$/;

/**
 * Runs a program that imports `generative-agent`; the names of the package are in scope without an import, too.
 *
 * A line `expression; // result` must give that result: a number to the digits shown, a string in quotes, an array, true,
 * false or undefined, followed by nothing or by a colon or a unit.
 */
export async function runProgram(source: string): Promise<Lines> {
  const { code } = await transform(withChecks(source), { loader: "ts", format: "esm", target: "es2022" });
  const lines: string[] = [];
  const print = (...words: unknown[]) => void lines.push(...words.map(String).join(" ").split("\n"));
  const names = Object.keys(scope).filter(
    (name) => !new RegExp(`\\b(const|let|function) ${name}\\b`).test(code),
  );
  // in a block of its own, a program may use the package's names for its own things
  const body = `{\n${withoutImports(code).replaceAll("import.meta", "__meta")}\n}`;
  const parameters = [`{ ${names.join(", ")} }`, "__import", "__meta", "__check", "console"];
  const program = new AsyncFunction(...parameters, body);
  try {
    await program(scope, load, import.meta, expectStated, { log: print, error: print, warn: print });
  } finally {
    // the next program runs on the kernels that results are stated of
    if (code.includes("loadKernels(")) await library.loadKernels(readFileSync(KERNELS));
  }
  return lines;
}

/** The results that a program states, one a line. */
export function statedResults(source: string): Lines {
  return source.split("\n").flatMap((line) => statedIn(line)?.result ?? []);
}

const AsyncFunction = (async () => {}).constructor as new (
  ...words: string[]
) => (...values: unknown[]) => Promise<void>;

function load(name: string): Promise<object> {
  const own = {
    "generative-agent": library,
    "generative-agent/environments": environments,
    "generative-agent/gymnasium": gymnasium,
    "generative-agent/logs": logs,
    "generative-agent/mujoco": mujoco,
    "generative-agent/pomdp": pomdp,
    "generative-agent/problems": problems,
    "generative-agent/threads": threads,
  }[name];
  return own === undefined ? import(name) : Promise.resolve(own);
}

/** `import { a as b } from "x"` inside a function: `const { a: b } = await …`. */
function withoutImports(code: string): string {
  return code.replaceAll(
    /^import\s*(\{[^}]*\})\s*from\s*("[^"]+");?$/gm,
    (_, names: string, from: string) => `var ${names.replaceAll(/\bas\b/g, ":")} = await __import(${from});`,
  );
}

function statedIn(line: string): { expression: string; result: string } | undefined {
  const [, expression, result] = line.match(STATED) ?? [];
  return expression === undefined ? undefined : { expression, result };
}

function withChecks(source: string): string {
  return source
    .split("\n")
    .map((line) => {
      const stated = statedIn(line);
      if (stated === undefined) return line;
      return `__check((${stated.expression}), ${JSON.stringify(stated.result)}, ${JSON.stringify(line.trim())});`;
    })
    .join("\n");
}

/** @throws Error when a value is not what the comment behind it says, or the comment says nothing that can be checked */
export function expectStated(value: unknown, comment: string, line: string): void {
  const [text] =
    comment.match(/^(?:-?[\d.]+(?:e[+-]?\d+)?|"[^"]*"|\[.*?\]|true|false|undefined)(?=$|[:,;\s])/) ?? [];
  if (text === undefined)
    throw new Error(`${line}: expected a result at the start of the comment, got ${comment}`);
  if (!isStated(value, text)) throw new Error(`${line}: expected ${text}, got ${JSON.stringify(value)}`);
}

function isStated(value: unknown, text: string): boolean {
  if (text === "undefined") return value === undefined;
  const wanted: unknown = JSON.parse(text);
  if (typeof wanted === "number") return typeof value === "number" && isClose(value, wanted, text);
  if (!Array.isArray(wanted)) return value === wanted;
  const actual = Array.from(value as ArrayLike<unknown>);
  const words = text.slice(1, -1).split(",");
  return (
    actual.length === wanted.length &&
    wanted.every((entry, i) =>
      typeof entry === "number" ? isClose(Number(actual[i]), entry, words[i]) : actual[i] === entry,
    )
  );
}

/** Within half a unit of the last digit shown; whole numbers exactly. */
function isClose(value: number, wanted: number, text: string): boolean {
  const digits = text.trim().match(/^-?\d*\.(\d+)$/)?.[1].length ?? 0;
  return digits === 0 ? value === wanted : Math.abs(value - wanted) <= 0.5 * 10 ** -digits * (1 + 1e-6);
}
