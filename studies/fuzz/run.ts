/**
 * `npm run fuzz [-- --minutes 1 --seed 1 --only run --bits]`: spoilt files, configurations, logs and command lines. Prints a row
 * for each kind of input; fails where one was neither taken nor refused by the error that is promised, or took too long.
 * `--bits` flips every bit of every file instead.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { attemptFile, type Kind, kindsOf, MOST_TIME } from "./attempt.ts";
import { subjects } from "./files.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    bits: { type: "boolean", default: false },
  },
});
process.chdir(mkdtempSync(join(tmpdir(), "fuzz-")));
const files = await subjects();
let faults = 0;
if (values.bits) await flipAll();
else await fuzz(kindsOf(files).filter(({ name }) => name.includes(values.only)));
process.exitCode = faults === 0 ? 0 : 1;

async function flipAll(): Promise<void> {
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
}

async function fuzz(kinds: readonly Kind[]): Promise<void> {
  const rows = kinds.map((kind) => ({
    kind,
    inputs: 0,
    taken: 0,
    refused: 0,
    faults: 0,
    slow: 0,
    longest: 0,
    most: 0,
  }));
  const end = performance.now() + 60_000 * Number(values.minutes);
  const told = new Set<string>();
  for (let round = 0; performance.now() < end; round++)
    for (const row of rows)
      for (let i = 0; i < 20; i++) {
        const number = 1e6 * Number(values.seed) + 20 * round + i;
        let outcome = await row.kind.attempt(number);
        // another process may have had the processor: what is slow is slow three times
        for (let again = 0; outcome.time > MOST_TIME && again < 2; again++) {
          const next = await row.kind.attempt(number);
          if (next.time < outcome.time) outcome = next;
        }
        const { what, message, time, reserved, size } = outcome;
        row.inputs++;
        row.longest = Math.max(row.longest, time);
        if (what === "refused") row.most = Math.max(row.most, reserved / size);
        if (time > MOST_TIME) row.slow++;
        if (what === "taken") row.taken++;
        else if (what === "refused") row.refused++;
        else row.faults++;
        const note = what === "fault" ? message : time > MOST_TIME ? `${Math.round(time)} ms` : undefined;
        if (note === undefined) continue;
        faults++;
        const key = `${row.kind.name}: ${note.replaceAll(/\d+/g, "#").slice(0, 90)}`;
        if (!told.has(key)) process.stderr.write(`${row.kind.name}, number ${number}: ${note}\n`);
        told.add(key);
      }
  console.log("| input | inputs | taken | refused | untyped | slow | longest, ms | reserved / size |");
  console.log("|---|--:|--:|--:|--:|--:|--:|--:|");
  for (const { kind, inputs, taken, refused, faults, slow, longest, most } of rows)
    console.log(
      `| ${kind.name} | ${inputs} | ${taken} | ${refused} | ${faults} | ${slow} | ${longest.toFixed(1)} | ${most.toFixed(1)} |`,
    );
  console.log(`\n${rows.reduce((sum, { inputs }) => sum + inputs, 0)} inputs, ${faults} faults`);
}
