/**
 * `npm run --silent random -- [--layout long|short|woven] [--seed N]`: the words of the random numbers, as bytes without
 * end, for a battery to read: `… | dieharder -a -g 200`.
 *
 * `npm run random -- --battery [--layout …] [--only 0,15,201]`: dieharder's tests (those of these numbers), each over a
 * stream of its own, so that the same version gives the same table anywhere. Ctrl-C, or a crash of dieharder, prints what is
 * known so far. Exit code 1 when a test fails.
 */
import { parseArgs } from "node:util";
import { duration } from "../../src/cli/format.ts";
import { createProgress } from "../../src/cli/progress.ts";
import { createCore } from "../../src/core/core.ts";
import { isWritten, trials, type Verdict, verdictsOf } from "./battery.ts";
import { bytesOf, CHUNK, layouts } from "./layouts.ts";
import { isPassed, listed, markdown, type Row } from "./table.ts";

/** Bytes of the core's arena: one chunk. */
const BYTES = 4 * CHUNK + 64;

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`error: ${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function run(words: readonly string[]): Promise<number> {
  const { layout, seed, only, battery } = readWords(words);
  const names = layout === undefined ? Object.keys(layouts) : [layout];
  return battery ? test(names, seed, only) : write(names[0], seed);
}

function readWords(words: readonly string[]) {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...words],
    options: { layout: text, seed: text, only: text, battery: { type: "boolean" } },
  });
  const { layout, seed = "1", only, battery = false } = values;
  if (layout !== undefined && !Object.hasOwn(layouts, layout))
    throw new RangeError(`--layout: expected one of ${Object.keys(layouts).join(", ")}, got ${layout}`);
  if (!/^\d+$/.test(seed) || Number(seed) > 0xffffffff)
    throw new RangeError(`--seed: expected a whole number between 0 and 4294967295, got ${seed}`);
  return { layout, seed: Number(seed), only: only?.split(",").map(Number), battery };
}

async function write(layout: string, seed: number): Promise<number> {
  const core = await createCore({ bytes: BYTES });
  for (const bytes of bytesOf(core, layout, seed)) if (!(await isWritten(process.stdout, bytes))) break;
  return 0;
}

async function test(names: readonly string[], seed: number, only: readonly number[] | undefined) {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"]) process.once(name, () => stop.abort());
  const wanted = trials.filter(({ number }) => only?.includes(number) ?? true);
  if (wanted.length === 0) throw new RangeError(`--only: expected dieharder's numbers, got ${only}`);
  const verdicts = new Map<string, Verdict[]>(names.map((name) => [name, []]));
  const progress = createProgress(process.stderr, names.length * wanted.length);
  const start = performance.now();
  let done = 0;
  let crash: unknown;
  for (const [trial, layout] of wanted.flatMap((trial) => names.map((name) => [trial, name] as const))) {
    if (stop.signal.aborted) break;
    const core = await createCore({ bytes: BYTES });
    // a stream of its own: tests that read the same words would fail together
    const bytes = bytesOf(core, layout, seed + trials.indexOf(trial));
    const found = await verdictsOf(trial, bytes, stop.signal).catch((error) => {
      crash = error;
    });
    if (found === undefined) break;
    verdicts.get(layout)?.push(...found);
    done++;
    const left = ((performance.now() - start) / 1000 / done) * (names.length * wanted.length - done);
    progress.update(done, () => `${layout} ${found.at(-1)?.test} · ${duration(left)} left`);
  }
  progress.stop();
  if (done === 0 && crash !== undefined) throw crash;
  const rows: Row[] = [...verdicts].map(([layout, found]) => ({ layout, verdicts: found }));
  const taken = duration((performance.now() - start) / 1000);
  process.stdout.write(`${rows.map((row) => `${listed(row)}\n`).join("")}${markdown(rows)}`);
  process.stdout.write(`\n${new Date().toISOString().slice(0, 10)}, ${done} tests, ${taken}\n`);
  if (crash !== undefined) throw crash;
  if (stop.signal.aborted) return 130;
  return rows.every(isPassed) ? 0 : 1;
}
