/**
 * `npm run fuzz [-- --minutes 1 --seed 1 --only run --inputs 10000000 --state FILE --bits]`: spoilt files, configurations, logs and command
 * lines. Prints a row for each kind of input; fails where one was neither taken nor refused by the error that is promised, or took too
 * long. With `--state` a run that was stopped goes on where it was; `--seed` gives another process other inputs. `--bits` flips every
 * bit of every file instead.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { attemptFile, type Kind, kindsOf, MOST_TIME, type Outcome } from "./attempt.ts";
import { subjects } from "./files.ts";
import { hurry } from "./hurry.ts";
import { count, faultsOf, inputsOf, nextNumber, type Row, readTally, tableOf, writeTally } from "./tally.ts";

/** Milliseconds of processor time that a kind has in a round, and the inputs it may try in them: what is refused at once is cheap. */
const TURN = 20;
const MOST_INPUTS = 200;
/** Milliseconds between two writes of the state. */
const KEPT_EVERY = 10_000;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    inputs: { type: "string", default: "Infinity" },
    state: { type: "string" },
    bits: { type: "boolean", default: false },
  },
});
const state = values.state === undefined ? undefined : resolve(values.state);
process.chdir(mkdtempSync(join(tmpdir(), "fuzz-")));
const files = await subjects();
const faults = values.bits ? await flipAll() : await fuzz();
process.exitCode = faults === 0 ? 0 : 1;

async function flipAll(): Promise<number> {
  let faults = 0;
  console.log("| file | bytes | bits | refused |\n|---|--:|--:|--:|");
  for (const subject of files.filter(({ name }) => name.includes(values.only))) {
    let refused = 0;
    const { length } = subject.bytes;
    for (let bit = 0; bit < 8 * length; bit++) {
      const spoilt = subject.bytes.slice();
      spoilt[bit >> 3] ^= 1 << (bit & 7);
      const { what } = await attemptFile(subject, spoilt);
      if (what === "refused") refused++;
      else faults++;
    }
    console.log(`| ${subject.name} | ${length} | ${8 * length} | ${refused} |`);
  }
  return faults;
}

async function fuzz(): Promise<number> {
  hurry(files[0].bytes);
  const kinds = kindsOf(files).filter(({ name }) => name.includes(values.only));
  const tally = readTally(kinds, Number(values.seed), state);
  const most = Number(values.inputs);
  const start = performance.now();
  const end = start + 60_000 * Number(values.minutes);
  const before = tally.seconds;
  let kept = start;
  const keep = () => {
    tally.seconds = before + processorTime() / 1000;
    if (state !== undefined) writeTally(tally, state);
    kept = performance.now();
  };
  while (performance.now() < end && inputsOf(tally) < most) {
    for (const [k, kind] of kinds.entries())
      await takeTurn(kind, tally.rows[k], (row, number, outcome) => {
        const note = count(tally, row, number, outcome);
        if (note !== undefined) process.stderr.write(`${note}\n`);
      });
    if (performance.now() > kept + KEPT_EVERY) keep();
  }
  keep();
  console.log(tableOf(tally));
  return faultsOf(tally);
}

/** Milliseconds of processor time that this process has taken: others may have the processor meanwhile. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function takeTurn(
  kind: Kind,
  row: Row,
  note: (row: Row, number: number, outcome: Outcome) => void,
): Promise<void> {
  const end = processorTime() + TURN;
  for (let i = 0; i < MOST_INPUTS && processorTime() < end; i++) {
    const number = nextNumber({ seed: Number(values.seed) }, row);
    let outcome = await timed(kind, number);
    // the collector of garbage may have run in the meantime: what is slow is slow three times
    for (let again = 0; outcome.time > MOST_TIME && again < 2; again++) {
      const next = await timed(kind, number);
      if (next.time < outcome.time) outcome = next;
    }
    note(row, number, outcome);
  }
}

/** An outcome with its processor time, where that is less than what the clock says. */
async function timed(kind: Kind, number: number): Promise<Outcome> {
  const start = processorTime();
  const outcome = await kind.attempt(number);
  return { ...outcome, time: Math.min(outcome.time, processorTime() - start) };
}
