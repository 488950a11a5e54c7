/** Debian's dieharder, one test at a time, each over a stream of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** One call of dieharder: `-d number`, and `-n size` where the test has sizes. */
export interface Trial {
  readonly number: number;
  readonly size?: number;
}

/** One line of dieharder's table. */
export interface Verdict {
  readonly test: string;
  readonly size: number;
  readonly samples: number;
  readonly pValue: number;
  readonly assessment: string;
}

const sizes = (number: number, from: number, to: number): readonly Trial[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ number, size: from + i }));

/** What dieharder calls good or suspect, without "sums" ("do not use") and the lagged sums beyond four words. */
export const trials: readonly Trial[] = [
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 100, 101, 102].map((number) => ({ number })),
  ...sizes(200, 1, 12),
  ...sizes(201, 2, 5),
  ...sizes(202, 2, 5),
  ...sizes(203, 0, 3),
  { number: 204 },
  { number: 205 },
  { number: 206, size: 256 },
  { number: 207, size: 32 },
  // both sizes at once: dieharder 3.31.1 crashes when asked for the second alone
  { number: 208 },
  { number: 209, size: 12 },
];

/** The lines of its table that hold a verdict. */
export function verdictsIn(text: string): readonly Verdict[] {
  return text
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter((cells) => cells.length >= 6 && /^(PASSED|WEAK|FAILED)$/.test(cells[5]))
    .map(([test, size, , samples, pValue, assessment]) => ({
      test,
      size: Number(size),
      samples: Number(samples),
      pValue: Number(pValue),
      assessment,
    }));
}

/** Runs one test over bytes without end. @throws Error when dieharder is not installed or fails */
export async function verdictsOf(
  { number, size }: Trial,
  bytes: Iterable<Buffer>,
  signal: AbortSignal,
): Promise<readonly Verdict[]> {
  const words = ["-g", "200", "-d", String(number), ...(size === undefined ? [] : ["-n", String(size)])];
  // a group of its own: a terminal's Ctrl-C is for the parent, which prints what is known
  const child = spawn("dieharder", words, { stdio: ["pipe", "pipe", "inherit"], detached: true });
  const end = () => child.kill();
  signal.addEventListener("abort", end, { once: true });
  let text = "";
  child.stdout.on("data", (part) => (text += part));
  const closed = once(child, "close");
  const [[code]] = await Promise.all([closed, feed(child, bytes)]);
  signal.removeEventListener("abort", end);
  if (code !== 0 && !signal.aborted) throw new Error(`dieharder ${words.join(" ")} ended with code ${code}`);
  return verdictsIn(text);
}

/** Writes until nobody reads. */
async function feed({ stdin }: ChildProcess, bytes: Iterable<Buffer>): Promise<void> {
  for (const chunk of bytes) if (!(await isWritten(stdin, chunk))) return;
}

/** Whether the bytes were taken; false when the reader has gone. @throws Error for any other fault of the output */
export function isWritten(output: NodeJS.WritableStream | null, chunk: Buffer): Promise<boolean> {
  return new Promise((resolve, reject) => {
    if (output === null || !output.writable) return resolve(false);
    const onError = (error: NodeJS.ErrnoException) =>
      /EPIPE|ECONNRESET|ERR_STREAM/.test(error.code ?? "") ? resolve(false) : reject(error);
    output.once("error", onError);
    output.write(chunk, (error) => {
      if (error) return onError(error);
      output.off("error", onError);
      resolve(true);
    });
  });
}
