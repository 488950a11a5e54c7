import { damagedFile, readSafetensors, type Tensor, writeSafetensors } from "../core/safetensors.ts";
import type { Spaces } from "./interface.ts";

/** What goes with an agent's arrays into its file: the metadata. */
export interface Metadata {
  readonly format: string;
  readonly settings: object;
  readonly spaces: object;
  /** Counters of each part, by the part's name. */
  readonly counts: Readonly<Record<string, object>>;
}

/** The file's bytes, safetensors. */
export function writeArchive(tensors: Record<string, Tensor>, { format, ...parts }: Metadata): Uint8Array {
  const texts = Object.entries(parts).map(([name, part]) => [name, JSON.stringify(part, replaceInfinity)]);
  return writeSafetensors(tensors, { format, ...Object.fromEntries(texts) });
}

/** An agent's file, read: arrays by name, and the metadata. */
export type Archive = ReturnType<typeof readArchive>;

/** @throws TypeError when it is given no bytes; Error when they are no safetensors file, or a damaged one */
export function readArchive(bytes: Uint8Array | ArrayBuffer) {
  const { tensors, metadata } = readSafetensors(bytes);
  const parse = <Part extends object>(name: string) => parsePart<Part>(name, metadata[name]);
  return {
    tensors,
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
    part = JSON.parse(text ?? "null", reviveInfinity);
  } catch (cause) {
    throw damagedFile(`${name} is no JSON`, cause);
  }
  if (typeof part !== "object" || part === null) throw damagedFile(`${name} is no object`);
  return part;
}

/** @throws Error when they are no spaces */
function expectSpaces(spaces: Spaces): Spaces {
  const { observationSpace, actionSpace } = spaces;
  for (const space of [observationSpace, actionSpace])
    if (!(space?.kind === "discrete" || (Array.isArray(space?.low) && Array.isArray(space?.high))))
      throw damagedFile("spaces are none");
  return spaces;
}

/**
 * Gives counters and arrays of an agent the values of an archive.
 *
 * @throws Error when an array is not of its size, or one that numbers are computed from holds NaN or ±Infinity
 */
export function restore(
  { tensors, counts }: Archive,
  targets: Metadata["counts"],
  arrays: () => Record<string, Tensor>,
): void {
  const saved = counts();
  for (const [name, target] of Object.entries(targets)) Object.assign(target, saved[name]);
  // how far the tables are filled follows from the counters
  for (const [name, target] of Object.entries(arrays())) {
    const source = tensors[name];
    if (source?.length !== target.length)
      throw new Error(`agent: expected ${target.length} values in ${name}, got ${source?.length ?? "none"}`);
    if (MUST_BE_FINITE.test(name)) expectFinite(name, source);
    target.set(source);
  }
}

/** Parameters of networks, and the scales of what they read; tables of experience may hold NaN. */
const MUST_BE_FINITE = /(^|\.)(parameters|slow|inputShift|inputScale)$|^(shift|scale)$/;

function expectFinite(name: string, tensor: Tensor): void {
  const place = tensor.findIndex((value) => !Number.isFinite(value));
  if (place >= 0) throw new Error(`${name}: expected finite numbers, got ${tensor[place]} at ${place}`);
}

/** JSON has no infinities: they are written as the strings "Infinity" and "-Infinity". */
function replaceInfinity(_: string, value: unknown): unknown {
  return value === Infinity || value === -Infinity ? String(value) : value;
}

/** Reads what `replaceInfinity` wrote. */
function reviveInfinity(_: string, value: unknown): unknown {
  return value === "Infinity" || value === "-Infinity" ? Number(value) : value;
}
