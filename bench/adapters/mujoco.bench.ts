/** Steps of the ready worlds of MuJoCo per second of one core, and what a copy and going back to it cost. */
import { mujocoEnvironment } from "../../src/adapters/mujoco/environment.ts";
import { type MujocoTask, mujocoTasks } from "../../src/adapters/mujoco/tasks.ts";

const STEPS = 3000;
const REPEATS = 5;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Microseconds of CPU that one call takes, the median of several runs. */
function cost(run: () => void): number {
  return median(
    Array.from({ length: REPEATS }, () => {
      const before = process.cpuUsage().user;
      for (let t = 0; t < STEPS; t++) run();
      return (process.cpuUsage().user - before) / STEPS;
    }),
  );
}

for (const task of Object.keys(mujocoTasks) as MujocoTask[]) {
  const world = await mujocoEnvironment(task);
  const actions = Array.from({ length: 64 }, (_, t) =>
    Float32Array.from({ length: world.actionSpace.low.length }, (_, d) => Math.sin(t * (d + 1))),
  );
  let seed = 0;
  let t = 0;
  let isOver = true;
  const step = cost(() => {
    if (isOver) world.reset({ seed: seed++ });
    const { terminated, truncated } = world.step(actions[t++ % actions.length]);
    isOver = terminated || truncated;
  });
  world.reset({ seed: 1 });
  const saved = world.save();
  const [save, load] = [cost(() => world.save()), cost(() => world.load(saved))];
  console.log(
    `${task.padEnd(26)}${Math.round(1e6 / step)
      .toLocaleString("en")
      .padStart(
        8,
      )} steps/s   save ${save.toFixed(0).padStart(3)} µs   load ${load.toFixed(0).padStart(3)} µs`,
  );
  world.close();
}
