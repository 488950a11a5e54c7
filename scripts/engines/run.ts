/** `npm run check:engines [-- --only node24 …]`: the same scenario in every engine, and whether they agree to the bit. */
import { parseArgs } from "node:util";
import { getHost, versionOf } from "../hosts/install.ts";
import type { Program } from "../hosts/processes.ts";
import { type Engine, engines } from "./engines.ts";
import { RECORDED } from "./scenario.ts";
import { chosen, faultsOf, type Outcome, tableOf } from "./table.ts";

const { values } = parseArgs({ options: { only: { type: "string", multiple: true } } });
const outcomes: Outcome[] = [];
for (const engine of chosen(engines, values.only)) {
  process.stderr.write(`${engine.name} …\n`);
  outcomes.push(await outcomeOf(engine));
}
console.log(tableOf(outcomes));
const faults = faultsOf(outcomes, RECORDED);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;

async function outcomeOf({ name: engine, run }: Engine): Promise<Outcome> {
  let program: Program;
  try {
    program = await getHost(engine);
  } catch (error) {
    return { engine, version: "–", missing: (error as Error).message };
  }
  const version = await versionOf(program);
  const start = performance.now();
  try {
    const answer = await run(program);
    const isHash = /^[0-9a-f]{16}$/.test(answer);
    const seconds = (performance.now() - start) / 1000;
    return { engine, version, seconds, ...(isHash ? { hash: answer } : { error: answer || "nothing" }) };
  } catch (error) {
    return { engine, version, error: (error as Error).message.split("\n")[0] };
  }
}
