export type { MujocoDescription, MujocoStep, MujocoTools, Plain } from "./adapters/mujoco/description.ts";
export {
  type MujocoOptions,
  type MujocoWorld,
  mujocoEnvironment,
  type SavedMujoco,
} from "./adapters/mujoco/environment.ts";
export type { BodyView, GeomView, JointView, Physics } from "./adapters/mujoco/physics.ts";
export { type MujocoTask, mujocoTasks } from "./adapters/mujoco/tasks.ts";
export type { ScalarMath } from "./core/math.ts";
export type { Random } from "./core/random.ts";
