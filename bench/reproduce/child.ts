/** One seed of a task, in a process of its own: `child.ts TASK SEED` sends its figures to the parent. */
import { habitAction } from "./timings.ts";
import { trials } from "./trials.ts";

// a Ctrl-C goes to parent and children alike; the parent decides what becomes of them
process.on("SIGINT", () => {});
process.on("disconnect", () => process.exit());

const [task, seed] = process.argv.slice(2);
const trial = task === habitAction.task ? habitAction.measure : trials[task];
const figures = await trial(Number(seed));
process.send?.(figures, () => process.disconnect());
