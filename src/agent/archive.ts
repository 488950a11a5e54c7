import { readSafetensors, type Tensor, writeSafetensors } from "../core/safetensors.ts";

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

/** @throws Error when the bytes are no safetensors file */
export function readArchive(bytes: Uint8Array) {
  const { tensors, metadata } = readSafetensors(bytes);
  const parse = (name: string) => JSON.parse(metadata[name] ?? "null", reviveInfinity);
  return {
    tensors,
    format: metadata.format ?? "none",
    spaces: () => parse("spaces"),
    settings: () => parse("settings"),
    counts: () => parse("counts"),
  };
}

/** Gives counters and arrays of an agent the values of an archive. @throws Error when an array is not of its size */
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
    target.set(source);
  }
}

/** JSON has no infinities: they are written as the strings "Infinity" and "-Infinity". */
function replaceInfinity(_: string, value: unknown): unknown {
  return value === Infinity || value === -Infinity ? String(value) : value;
}

/** Reads what `replaceInfinity` wrote. */
function reviveInfinity(_: string, value: unknown): unknown {
  return value === "Infinity" || value === "-Infinity" ? Number(value) : value;
}
