/**
 * `npm run prove -- [--only exp,log] [--sample N] [--processes N]`: walks every float through the f32 functions of
 * assembly/math and compares with f64: the largest error, where neighbours turn back, and special values. Ctrl-C prints
 * what was found so far. Exit code 1 when a promise is broken.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { wholeNumber } from "../../bench/wholeNumber.ts";
import { duration } from "../../src/cli/format.ts";
import { engine, processor } from "../../src/cli/machine.ts";
import { createProgress } from "../../src/cli/progress.ts";
import { createCore } from "../../src/core/core.ts";
import type { Piece } from "./child.ts";
import { contractOf, contracts, wrongValues } from "./contracts.ts";
import { type Findings, merged, nothing } from "./findings.ts";
import { FLOATS } from "./floats.ts";
import { walkInProcesses } from "./processes.ts";
import { isKept, markdown, type Row } from "./table.ts";

/** Floats of one piece: a second's work or so. */
const PIECE = 2 ** 24;

try {
  process.exitCode = await prove(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`error: ${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function prove(words: readonly string[]): Promise<number> {
  const { names, sample, processes } = readWords(words);
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  const start = performance.now();
  const found = await findingsOf(piecesOf(names, sample), processes, stop.signal);
  const core = await createCore();
  const rows: Row[] = names.map((name) => {
    const contract = contractOf(name);
    return { contract, findings: found.get(name) ?? nothing, wrong: wrongValues(core, contract) };
  });
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(
    `${processor()}, ${engine()}; ${processes} processes, ${duration(seconds)}\n\n${markdown(rows)}`,
  );
  if (stop.signal.aborted) return 130;
  return rows.every(isKept) ? 0 : 1;
}

function readWords(words: readonly string[]) {
  const { values } = parseArgs({
    args: [...words],
    options: { only: { type: "string" }, sample: { type: "string" }, processes: { type: "string" } },
  });
  const names = values.only?.split(",") ?? contracts.map(({ kernel }) => kernel.name);
  for (const name of names) contractOf(name);
  return {
    names,
    sample: values.sample === undefined ? undefined : wholeNumber("sample", values.sample),
    processes: wholeNumber("processes", values.processes ?? String(availableParallelism())),
  };
}

/** Function after function, so that an early end leaves whole ones. */
function piecesOf(names: readonly string[], sample: number | undefined): readonly Piece[] {
  return names.flatMap((name): Piece[] =>
    sample === undefined
      ? Array.from({ length: FLOATS / PIECE }, (_, i) => ({ name, from: i * PIECE, to: (i + 1) * PIECE }))
      : [{ name, sample }],
  );
}

async function findingsOf(pieces: readonly Piece[], width: number, signal: AbortSignal) {
  const found = new Map<string, Findings>();
  const start = performance.now();
  const progress = createProgress(process.stderr, pieces.length);
  let done = 0;
  await walkInProcesses(pieces, {
    width,
    signal,
    onAnswer({ name, findings }) {
      done++;
      const all = merged(found.get(name) ?? nothing, findings);
      found.set(name, all);
      const left = ((performance.now() - start) / 1000 / done) * (pieces.length - done);
      progress.update(done, () => `${name} ${all.worst.toFixed(3)} ulp · ${duration(left)} left`);
    },
  });
  progress.stop();
  return found;
}
