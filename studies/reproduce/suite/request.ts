import { parseArgs } from "node:util";
import type { Options } from "../../../src/index.ts";
import { STARTS } from "../../worlds/reference.ts";

/** What the command line asks of the suite. */
export interface SuiteRequest {
  readonly worlds: readonly string[];
  readonly seeds: number;
  /** Rising. */
  readonly steps: readonly number[];
  readonly episodes: number;
  readonly options: Options;
  /** Processes at a time; undefined for as many as the machine has processors. */
  readonly workers: number | undefined;
  readonly isJson: boolean;
  /** Whether the trials become the repository's raw results. */
  readonly isPublished: boolean;
  /** What to compare; undefined to measure. */
  readonly compare: CompareRequest | undefined;
}

/** Two results, and what of them is compared: all that both have where it is undefined. */
export interface CompareRequest {
  readonly sides: readonly [before: string, after: string];
  readonly seeds: number | undefined;
  readonly steps: readonly number[] | undefined;
  readonly episodes: number | undefined;
}

/** A part of the suite, to see soon whether a change is worth the whole: something of every kind. */
export const SCREEN = {
  worlds: [
    "pendulum",
    "cartpole",
    "mountain-car-continuous",
    "grid",
    "lagged",
    "gather",
    "stock",
    "market",
    "lamp",
  ],
  seeds: 4,
  steps: "500,1000",
};

/**
 * Reads, after `suite`, `[--seeds N] [--steps 500,1000] [--only WORLD …] [--options JSON] [--episodes N] [--workers N] [--json] [--publish]
 * [--screen] [--compare A B]`.
 *
 * @throws Error in one sentence
 */
export function readSuiteRequest(words: readonly string[], known: readonly string[]): SuiteRequest {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      seeds: { type: "string" },
      steps: { type: "string" },
      only: { type: "string", multiple: true },
      options: { type: "string", default: "{}" },
      episodes: { type: "string" },
      workers: { type: "string" },
      json: { type: "boolean", default: false },
      screen: { type: "boolean", default: false },
      publish: { type: "boolean", default: false },
      compare: { type: "string" },
    },
  });
  const { screen, compare, json: isJson } = values;
  const [second, ...more] = positionals;
  if (more.length > 0 || (second === undefined) !== (compare === undefined))
    throw new RangeError(
      `--compare: expected two results, got ${[compare, second, ...more].filter(Boolean).join(" ")}`,
    );
  const only = values.only ?? (screen ? SCREEN.worlds : known);
  const unknown = only.find((world) => !known.includes(world));
  if (unknown !== undefined)
    throw new RangeError(`--only: expected one of ${known.join("; ")}, got ${unknown}`);
  const asked = {
    seeds: values.seeds ?? (screen ? SCREEN.seeds : undefined),
    steps: values.steps ?? (screen ? SCREEN.steps : undefined),
  };
  const seeds = asked.seeds === undefined ? undefined : wholeNumber("--seeds", asked.seeds);
  const steps = asked.steps === undefined ? undefined : readSteps(asked.steps);
  const episodes =
    values.episodes === undefined ? undefined : wholeNumber("--episodes", values.episodes, STARTS);
  return {
    worlds: known.filter((world) => only.includes(world)),
    seeds: seeds ?? 10,
    steps: steps ?? [500, 1000, 2000, 4000],
    episodes: episodes ?? 4,
    options: readOptions("--options", values.options),
    workers: values.workers === undefined ? undefined : wholeNumber("--workers", values.workers),
    isJson,
    isPublished: values.publish,
    compare:
      compare === undefined || second === undefined
        ? undefined
        : { sides: [compare, second], seeds, steps, episodes },
  };
}

/** An object of options. @throws RangeError that names the argument */
export function readOptions(name: string, text: string): Options {
  let options: unknown;
  try {
    options = JSON.parse(text);
  } catch {}
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new RangeError(`${name}: expected an object as JSON, got ${text}`);
  return options;
}

function readSteps(text: string): readonly number[] {
  const steps = text.split(",").map((word) => wholeNumber("--steps", word));
  return [...new Set(steps)].sort((a, b) => a - b);
}

function wholeNumber(name: string, text: string | number, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? "≥ 1" : `from 1 to ${most}`;
  throw new RangeError(`${name}: expected a whole number ${range}, got ${text}`);
}
