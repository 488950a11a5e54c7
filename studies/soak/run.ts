/**
 * `npm run soak -- [--calls N] [--every N] [--only "agent, particle filter"] [--json]`: 100,000 calls of `act` and `learn`,
 * and of a filter's step, and what lives after each 10,000: bytes of JavaScript, pages of the kernels' memory, and what its
 * arena has reserved. Then the garbage that a call leaves. Ctrl-C ends it after the lines it has printed. Exit code 1 when
 * anything grows: in the heap a pointer a call. The optimising compiler's own notes take 200 kB or so; for fewer than 50,000
 * calls do without it (`node --no-opt`).
 */
import { setImmediate } from "node:timers/promises";
import { parseArgs } from "node:util";
import { wholeNumber } from "../../bench/wholeNumber.ts";
import { count } from "../../src/cli/format.ts";
import { engine, processor } from "../../src/cli/machine.ts";
import { createProgress } from "../../src/cli/progress.ts";
import { subjects } from "./subjects.ts";
import { garbagePerCall, growthOf, type Reading, type Watching, watch } from "./watch.ts";

/** Bytes of one page of WebAssembly memory. */
const PAGE = 65536;
/** Calls before the first reading, and calls whose garbage is measured at once. */
const [WARMUP, GARBAGE] = [6000, 50];

/** What one kind of work did. */
interface Soaked {
  readonly name: string;
  readonly readings: readonly Reading[];
  readonly growth: string | undefined;
  /** Bytes; undefined when it was ended early. */
  readonly garbage: number | undefined;
}

try {
  process.exitCode = await soak(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`error: ${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function soak(words: readonly string[]): Promise<number> {
  const { names, watching, isJson } = readWords(words);
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"]) process.once(name, () => stop.abort());
  if (!isJson) process.stdout.write(`${processor()}, ${engine()}\n`);
  let hasGrown = false;
  for (const name of names) {
    if (stop.signal.aborted) break;
    const soaked = await soakOne(name, watching, isJson ? () => {} : printReading, stop.signal);
    if (isJson) process.stdout.write(`${JSON.stringify(soaked)}\n`);
    else printEnd(soaked);
    hasGrown ||= soaked.growth !== undefined;
  }
  if (hasGrown) return 1;
  return stop.signal.aborted ? 130 : 0;
}

function readWords(words: readonly string[]) {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...words],
    options: { calls: text, every: text, only: text, json: { type: "boolean" } },
  });
  const known = Object.keys(subjects);
  const names = values.only?.split(",").map((name) => name.trim()) ?? known;
  for (const name of names)
    if (!known.includes(name))
      throw new RangeError(`--only: expected one of ${known.join(", ")}, got ${name}`);
  const calls = wholeNumber("calls", values.calls ?? "100000");
  const every = values.every === undefined ? Math.ceil(calls / 10) : wholeNumber("every", values.every);
  return { names, watching: { warmup: WARMUP, calls, every }, isJson: values.json === true };
}

async function soakOne(
  name: string,
  watching: Watching,
  print: (name: string, reading: Reading, first: Reading) => void,
  signal: AbortSignal,
): Promise<Soaked> {
  const subject = await subjects[name]();
  const progress = createProgress(process.stderr, watching.calls);
  const readings: Reading[] = [];
  for (const reading of watch(subject, watching)) {
    readings.push(reading);
    print(name, reading, readings[0]);
    progress.update(reading.calls, () => `${name}`);
    // lets a Ctrl-C be seen
    await setImmediate();
    if (signal.aborted) break;
  }
  progress.stop();
  const garbage = signal.aborted ? undefined : garbagePerCall(subject, GARBAGE, WARMUP + watching.calls);
  return { name, readings, growth: growthOf(readings), garbage };
}

function printReading(name: string, { calls, heap, memory, top }: Reading, first: Reading): void {
  if (calls === 0)
    process.stdout.write(
      `\n${name}\n${["calls", "live bytes", "since warm-up", "pages", "reserved"].map(right).join("")}\n`,
    );
  const cells = [calls, heap, heap - first.heap, memory / PAGE, top];
  process.stdout.write(`${cells.map((value) => right(count(value))).join("")}\n`);
}

function right(cell: string): string {
  return cell.padStart(15);
}

function printEnd({ growth, garbage, readings }: Soaked): void {
  const { calls } = readings[readings.length - 1];
  const short = garbage === undefined ? "" : `; ${count(garbage)} bytes of short-lived objects a call`;
  process.stdout.write(`${growth ?? `nothing grew in ${count(calls)} calls`}${short}\n`);
}
