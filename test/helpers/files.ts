/** Files with other contents, and a hash that is right again: what a forger, or another program, would write. */
import { type Content, readSafetensors, writeSafetensors } from "../../src/core/safetensors.ts";

/** What is changed of a file: tensors are views of a copy of its bytes; texts take the place of those in the file. */
export interface Changes {
  readonly tensors?: (tensors: Record<string, Content>) => void;
  /** By the name of the part: settings, spaces, counts, run. */
  readonly texts?: Readonly<Record<string, string>>;
  readonly format?: string;
}

/** The file with changes, its hash computed anew. */
export function edited(bytes: Uint8Array, { tensors: change, texts = {}, format }: Changes): Uint8Array {
  const file = readSafetensors(Uint8Array.from(bytes));
  const tensors: Record<string, Content> = { ...file.tensors };
  change?.(tensors);
  for (const [name, text] of Object.entries(texts)) tensors[name] = new TextEncoder().encode(text);
  return writeSafetensors(tensors, format ?? file.format);
}

/** A text of a file, read as JSON. */
export function partOf<Part>(bytes: Uint8Array, name: string): Part {
  return JSON.parse(new TextDecoder().decode(readSafetensors(bytes).tensors[name] as Uint8Array));
}

/** A file of texts alone. */
export function fileOfTexts(texts: Readonly<Record<string, string>>): Uint8Array {
  return withTexts(writeSafetensors({}, "test"), texts);
}

/** The file with more texts. */
export function withTexts(bytes: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array {
  return edited(bytes, { texts });
}

/** The texts of a file. */
export function textsOf(bytes: Uint8Array | ArrayBuffer): Record<string, string> {
  const entries = Object.entries(readSafetensors(bytes).tensors);
  return Object.fromEntries(
    entries.flatMap(([name, content]) =>
      content instanceof Uint8Array ? [[name, new TextDecoder().decode(content)]] : [],
    ),
  );
}

/** The tensors of numbers in a file. */
export function numbersOf(bytes: Uint8Array): Record<string, Float32Array | Uint32Array> {
  const entries = Object.entries(readSafetensors(bytes).tensors);
  return Object.fromEntries(
    entries.flatMap(([name, content]) => (content instanceof Uint8Array ? [] : [[name, content]])),
  );
}
