import type { Options } from "../agent/options.ts";

/** What a run was asked to do: enough to do it again. */
export interface RunConfig {
  /** Version of the package that trained it. */
  readonly version: string;
  /** Task name of a built-in environment. */
  readonly task: string;
  readonly seed: number;
  /** Environment steps asked for. */
  readonly steps: number;
  /** Every setting of the agent, defaults written out. */
  readonly options: Options;
  /** When the run began, ISO 8601. */
  readonly started: string;
  /** Which kernels it ran on: the exact ones (default), whose bits are the same everywhere, or fast ones of this machine. */
  readonly build?: "exact" | "fast";
}

const KINDS: Readonly<Record<Exclude<keyof RunConfig, "build">, string>> = {
  version: "string",
  task: "string",
  seed: "number",
  steps: "number",
  options: "object",
  started: "string",
};

/** The text of `config.json`. */
export function formatConfig(config: RunConfig): string {
  return `${JSON.stringify(config, null, 2)}\n`;
}

/**
 * The configuration in the text of a `config.json`.
 *
 * @param path named in the message
 * @throws Error when the text is not JSON or a field is missing or of the wrong kind
 */
export function parseConfig(text: string, path: string): RunConfig {
  const value = parseObject(text, path);
  for (const [field, kind] of Object.entries(KINDS)) {
    const got = value[field] === null ? "null" : typeof value[field];
    if (got !== kind)
      throw new Error(`${path}: ${field}: expected ${kind === "object" ? "an" : "a"} ${kind}, got ${got}`);
  }
  expectWhole(value, "seed", path);
  expectWhole(value, "steps", path);
  if (Array.isArray(value.options)) throw new Error(`${path}: options: expected an object, got an array`);
  const { build = "exact" } = value;
  if (build !== "exact" && build !== "fast")
    throw new Error(`${path}: build: expected exact or fast, got ${excerpt(String(JSON.stringify(build)))}`);
  return value as unknown as RunConfig;
}

function expectWhole(value: Record<string, unknown>, field: string, path: string): void {
  const number = value[field];
  if (!Number.isSafeInteger(number) || Number(number) < 0)
    throw new Error(`${path}: ${field}: expected a whole number ≥ 0, got ${number}`);
}

/** The object in a JSON text. @throws Error that begins with `where` when there is none */
export function parseObject(text: string, where: string): Record<string, unknown> {
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`${where}: expected a JSON object, got ${excerpt(text)}`);
  return value as Record<string, unknown>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function excerpt(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, " ");
  if (line === "") return "nothing";
  return JSON.stringify(line.length > 40 ? `${line.slice(0, 40)}…` : line);
}
