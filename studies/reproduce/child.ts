/** One seed of a task, in a process of its own: `child.ts TABLE TASK SEED` sends its figures to the parent. */
import { tables } from "./tables.ts";
import { habitAction } from "./timings.ts";

// a Ctrl-C goes to parent and children alike; the parent decides what becomes of them
process.on("SIGINT", () => {});
process.on("disconnect", () => process.exit());

const [table, task, seed] = process.argv.slice(2);
const trial = task === habitAction.task ? habitAction.measure : tables[table].trials[task];
const figures = await trial(Number(seed));
process.send?.(figures, () => process.disconnect());
