/** Plans by two threads against one: wall-clock time, and the processor's time of all threads together. */
import { sharedPlanCases } from "../../src/bench/cases/planner.ts";
import { createCore } from "../../src/core/core.ts";
import { workerThreads } from "../../src/core/threads.ts";

const THREADS = 2;
const ROUNDS = 15;
/** Milliseconds of one variant in one round, at least. */
const ROUND_TIME = 100;

/** Milliseconds of a call, by the clock and of the processor. */
interface Cost {
  readonly wall: number;
  readonly processor: number;
}

function costOf(run: () => unknown): Cost {
  const [start, before] = [performance.now(), process.cpuUsage()];
  let calls = 0;
  for (; calls === 0 || performance.now() - start < ROUND_TIME; calls++) run();
  const [wall, { user, system }] = [performance.now() - start, process.cpuUsage(before)];
  return { wall: wall / calls, processor: (user + system) / 1000 / calls };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const create = () => createCore({ bytes: 1 << 22 });
for (const [one, shared] of await sharedPlanCases(create, workerThreads(THREADS))) {
  costOf(one.run);
  costOf(shared.run);
  const rounds = Array.from({ length: ROUNDS }, () => [costOf(one.run), costOf(shared.run)] as const);
  const single = median(rounds.map(([{ wall }]) => wall));
  const faster = median(rounds.map(([a, b]) => a.wall / b.wall));
  const dearer = median(rounds.map(([a, b]) => b.processor / a.processor));
  console.log(
    `  ${one.name.padEnd(72)} ${single.toPrecision(3).padStart(6)} ms` +
      `   ${THREADS} threads: ×${faster.toFixed(2)} as fast, ×${dearer.toFixed(3)} the processor's time`,
  );
}
