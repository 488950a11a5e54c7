import { damagedFile, FileError, quoted, reading } from "../core/file.ts";
import {
  type Content,
  decodeText,
  encodeText,
  readSafetensors,
  type Tensor,
  writeSafetensors,
} from "../core/safetensors.ts";
import type { Saved } from "../core/tree.ts";
import { expectSpaces, plainSpaces } from "../environments/checkSpaces.ts";
import { flatdim } from "../environments/flatten.ts";
import type { Spaces } from "./interface.ts";

/** What goes with an agent's arrays into its file, each as a text. */
export interface Parts {
  readonly settings: object;
  readonly spaces: object;
  /** What counts, by its path in the tree. */
  readonly counts: Saved["counters"];
}

/** The texts of a file: the last two, of a run and of its log, are no part of the agent. */
const PARTS = ["settings", "spaces", "counts", "run", "log"] as const;
type Part = (typeof PARTS)[number];

/**
 * The file's bytes, safetensors.
 *
 * @param run what is known of a run beside its agent, as a text
 */
export function writeArchive(
  arrays: Saved["arrays"],
  { format, run, ...parts }: Parts & { readonly format: string; readonly run?: string | undefined },
): Uint8Array {
  const texts: Partial<Record<Part, string>> = {};
  for (const [name, part] of Object.entries(parts)) texts[name as Part] = JSON.stringify(part, replaceNumber);
  if (run !== undefined) texts.run = run;
  const encoded = Object.entries(texts).map(([name, text]) => [name, encodeText(text)]);
  return writeSafetensors({ ...arrays, ...Object.fromEntries(encoded) }, format);
}

/** A file of an agent, a habit or a run: its arrays by name, and its texts. */
export interface Archive {
  readonly arrays: Readonly<Record<string, Tensor>>;
  /** Two spaces; networks with as many inputs and outputs may lie in the file. */
  spaces(): Spaces;
  /** An object, not yet checked. */
  settings<Options extends object>(): Options;
  /** What counts, by its path in the tree; not yet checked. */
  counts(): Parts["counts"];
  /** Undefined where it is no run. */
  readonly run: string | undefined;
}

/**
 * Reads a file of one of some formats.
 *
 * @param name what is read, for the message
 * @throws TypeError when it is given no bytes; FileError when they are no safetensors file, a damaged one, or another format
 */
export function readArchive(name: string, bytes: Uint8Array | ArrayBuffer, expected: string): Archive {
  const { tensors, format } = readSafetensors(bytes);
  if (format !== expected)
    throw new FileError(`${name}: expected the format ${expected}, got ${quoted(format)}`);
  const texts: Partial<Record<Part, string>> = {};
  const arrays: [string, Tensor][] = [];
  for (const [key, content] of Object.entries(tensors)) {
    const part = PARTS.find((known) => known === key);
    if (isText(content) !== (part !== undefined)) throw damagedFile(`${quoted(key)} is no part of an agent`);
    if (part === undefined) arrays.push([key, content as Tensor]);
    else texts[part] = decodeText(key, content);
  }
  return {
    arrays: Object.fromEntries(arrays),
    spaces: () => spacesOf(parsePart("spaces", texts.spaces), bytes.byteLength),
    settings: () => parsePart("settings", texts.settings),
    counts: () => parsePart("counts", texts.counts),
    run: texts.run,
  };
}

function isText(content: Content): content is Uint8Array {
  return content instanceof Uint8Array;
}

/** An object of the file. @throws FileError when it is none, or names something twice */
function parsePart<Part extends object>(name: string, text = "null"): Part {
  let part: Part | null;
  let again: string;
  try {
    part = JSON.parse(text, reviveNumber);
    again = JSON.stringify(part, replaceNumber);
  } catch (cause) {
    throw damagedFile(`${name} is no JSON`, cause);
  }
  if (typeof part !== "object" || part === null) throw damagedFile(`${name} is no object`);
  if (again !== text) throw damagedFile(`${name} is not what JSON.stringify writes`);
  return part;
}

/** Bytes of a number in the file. */
const NUMBER = 4;

/**
 * @param size bytes of the file: every input and every output of a network has parameters there
 * @throws FileError when they are no spaces, or larger than those of the file could be
 */
function spacesOf(spaces: Spaces, size: number): Spaces {
  return reading(() => {
    for (const name of ["observationSpace", "actionSpace"] as const)
      if (!isListed(spaces[name])) throw damagedFile(`${name} is no space`);
    expectSpaces(spaces);
    for (const name of ["observationSpace", "actionSpace"] as const) {
      const numbers = flatdim(spaces[name]);
      if (!(numbers * NUMBER <= size))
        throw new FileError(`${name}: expected no more numbers than the file has, got ${numbers}`);
    }
    const plain = plainSpaces(spaces);
    if (JSON.stringify(plain) !== JSON.stringify(spaces))
      throw damagedFile("spaces have more than they need");
    return plain;
  });
}

/** Whether what should be an array is one, so that its length is its own: that of `{ "length": 1e9 }` is not. */
function isListed(space: unknown): boolean {
  const { low, high, shape, nvec, spaces, kind } = (space ?? {}) as Record<string, unknown>;
  const isList = (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === "number");
  if (![low, high, shape, nvec].every((value) => value === undefined || isList(value))) return false;
  if (spaces === undefined) return true;
  if (typeof spaces !== "object" || spaces === null || Array.isArray(spaces) !== (kind === "tuple"))
    return false;
  return Object.values(spaces).every(isListed);
}

/** Numbers that JSON lacks. */
const NUMBERS: ReadonlyMap<unknown, number> = new Map([
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
  ["NaN", Number.NaN],
  ["-0", -0],
]);

/** Writes the numbers that JSON lacks as strings. */
function replaceNumber(_: string, value: unknown): unknown {
  if (Object.is(value, -0)) return "-0";
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

/** Reads what `replaceNumber` wrote. */
function reviveNumber(_: string, value: unknown): unknown {
  return NUMBERS.get(value) ?? value;
}
