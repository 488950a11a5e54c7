/**
 * Bytes from which nothing could be made: they are no file of this version, damaged, or say what cannot be. `loadAgent`,
 * `loadHabit` and `resume` throw nothing else for what lies in the bytes they are given; `cause` has the error behind it,
 * where there is one.
 *
 * @example
 * const error = await loadAgent(new Uint8Array(100)).catch((reason) => reason);
 * error instanceof FileError; // true
 * error.message; // "file: expected safetensors, got 100 bytes of something else"
 */
export class FileError extends Error {
  /** Distinguishes it from other errors. */
  override readonly name = "FileError";
}

/** The error of a file whose parts do not fit together. */
export function damagedFile(what: string, cause?: unknown): FileError {
  const message = `file: expected whole safetensors, got a damaged file: ${what}`;
  return new FileError(message, cause === undefined ? {} : { cause });
}

/** Does work that depends on nothing but a file: whatever it throws is the file's fault. @throws FileError */
export function reading<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof FileError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new FileError(message, { cause: error });
  }
}

/** Longest text of a file that a message repeats. */
const MOST_SHOWN = 80;

/** What a file says, for a message: as JSON, all of it visible, and not long. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? "none";
  const short = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  return short.replace(/[^ -~…]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
