/**
 * `npm run faults [-- --places 20 --only spike --agent latent]`: every kind of fault at every place of a training, for an agent of each model.
 * Fails where an agent is dead afterwards, or where a fault went by in silence.
 */
import { parseArgs } from "node:util";
import { KINDS } from "./kinds.ts";
import { play, playClean, STEPS, SUBJECTS } from "./play.ts";
import { countsOf, type Row, tableOf } from "./table.ts";

const { values } = parseArgs({
  options: {
    places: { type: "string", default: "20" },
    only: { type: "string", default: "" },
    agent: { type: "string", default: "" },
  },
});
const places = Number(values.places);
const rows: Row[] = [];
for (const subject of SUBJECTS.filter(({ name }) => name.startsWith(values.agent))) {
  const clean = await playClean(subject);
  for (const kind of KINDS.filter(({ name }) => name.includes(values.only))) {
    const outcomes = [];
    for (let i = 1; i <= places; i++)
      outcomes.push(await play(subject, kind, Math.round((i * STEPS) / places), clean));
    const row = { subject, kind, outcomes, clean: clean.return };
    rows.push(row);
    process.stderr.write(`${subject.name}, ${kind.name}: ${JSON.stringify(countsOf(row))}\n`);
    const causes = new Set(outcomes.flatMap(({ dead }) => dead ?? []));
    for (const cause of causes) process.stderr.write(`  ${cause}\n`);
  }
}
console.log(tableOf(rows));
const [dead, silent, cases] = (["dead", "silent", "cases"] as const).map((name) =>
  rows.reduce((sum, row) => sum + countsOf(row)[name], 0),
);
console.log(`\n${dead} dead, ${silent} silent of ${cases} cases`);
process.exitCode = dead + silent === 0 ? 0 : 1;
