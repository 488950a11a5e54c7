/**
 * One seed of a task, in a process of its own: `child.ts TABLE TASK SEED`, or `child.ts suite WORLD SEED SETTINGS` with settings as
 * JSON, sends its figures to the parent.
 */
import { runTrial } from "./suite/trial.ts";
import { tables } from "./tables.ts";
import { habitAction } from "./timings.ts";

// a Ctrl-C goes to parent and children alike; the parent decides what becomes of them
process.on("SIGINT", () => {});
process.on("disconnect", () => process.exit());

const [table, task, seed, settings] = process.argv.slice(2);
process.send?.(await measure(Number(seed)), () => process.disconnect());

async function measure(seed: number): Promise<object> {
  if (table === "suite") return runTrial(task, seed, JSON.parse(settings));
  return task === habitAction.task ? habitAction.measure(seed) : tables[table].trials[task](seed);
}
