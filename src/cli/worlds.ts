/** The worlds of the command line: the built-in ones, and those of the optional physics. */
import { mujocoEnvironment } from "../adapters/mujoco/environment.ts";
import { type MujocoTask, mujocoTasks } from "../adapters/mujoco/tasks.ts";
import type { Environment } from "../environments/environment.ts";
import { createEnvironment } from "../environments/registry.ts";

/** Before the names of tasks that run on MuJoCo. */
const PHYSICS = "mujoco/";

/** Names of the tasks that run on MuJoCo. */
export const physicsTasks: readonly string[] = Object.keys(mujocoTasks).map((task) => `${PHYSICS}${task}`);

/**
 * A world by the name of its task.
 *
 * @throws RangeError for an unknown name, with the known ones; Error when it needs a package that is not installed
 */
export function createWorld(task: string): Promise<Environment> {
  if (!task.startsWith(PHYSICS)) return createEnvironment(task);
  return mujocoEnvironment(task.slice(PHYSICS.length) as MujocoTask);
}
