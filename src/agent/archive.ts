import { damagedFile, readSafetensors, writeSafetensors } from "../core/safetensors.ts";
import type { Saved } from "../core/tree.ts";
import { spaceProblems } from "../environments/checkSpaces.ts";
import type { Spaces } from "./interface.ts";

/** What goes with an agent's arrays into its file: the metadata. */
export interface Metadata {
  readonly format: string;
  readonly settings: object;
  readonly spaces: object;
  /** What counts, by its path in the tree. */
  readonly counts: Saved["counters"];
}

/** The file's bytes, safetensors. */
export function writeArchive(arrays: Saved["arrays"], { format, ...parts }: Metadata): Uint8Array {
  const texts = Object.entries(parts).map(([name, part]) => [name, JSON.stringify(part, replaceNumber)]);
  return writeSafetensors(arrays, { format, ...Object.fromEntries(texts) });
}

/** An agent's file, read: arrays by name, and the metadata. */
export type Archive = ReturnType<typeof readArchive>;

/** @throws TypeError when it is given no bytes; Error when they are no safetensors file, or a damaged one */
export function readArchive(bytes: Uint8Array | ArrayBuffer) {
  const { tensors: arrays, metadata } = readSafetensors(bytes);
  const parse = <Part extends object>(name: string) => parsePart<Part>(name, metadata[name]);
  return {
    arrays,
    format: metadata.format ?? "none",
    spaces: () => expectSpaces(parse<Spaces>("spaces")),
    settings: <Options extends object>() => parse<Options>("settings"),
    counts: () => parse<Metadata["counts"]>("counts"),
  };
}

/** An object of the metadata. @throws Error when it is none */
function parsePart<Part extends object>(name: string, text: string | undefined): Part {
  let part: Part | null;
  try {
    part = JSON.parse(text ?? "null", reviveNumber);
  } catch (cause) {
    throw damagedFile(`${name} is no JSON`, cause);
  }
  if (typeof part !== "object" || part === null) throw damagedFile(`${name} is no object`);
  return part;
}

/** @throws Error when they are no spaces */
function expectSpaces(spaces: Spaces): Spaces {
  if (spaceProblems(spaces).length > 0) throw damagedFile("spaces are none");
  return spaces;
}

/** @throws Error unless the archive is of this format */
export function expectFormat(name: string, { format }: Archive, expected: string): void {
  if (format !== expected) throw new Error(`${name}: expected the format ${expected}, got ${format}`);
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
