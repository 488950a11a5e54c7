import { shown } from "../../core/expect.ts";
import type { MujocoDescription } from "./description.ts";
import { halfCheetah } from "./tasks/halfCheetah.ts";
import { hopper, walker2d } from "./tasks/legs.ts";
import { invertedDoublePendulum, invertedPendulum } from "./tasks/pendulums.ts";
import { pusher } from "./tasks/pusher.ts";
import { reacher } from "./tasks/reacher.ts";
import { swimmer } from "./tasks/swimmer.ts";

/** The name of a ready world. */
export type MujocoTask =
  | "half-cheetah"
  | "hopper"
  | "walker2d"
  | "swimmer"
  | "reacher"
  | "pusher"
  | "inverted-pendulum"
  | "inverted-double-pendulum";

/**
 * The ready worlds: Gymnasium's tasks of version 5, as descriptions to use or to change.
 *
 * @example
 * const slow: MujocoDescription = { ...mujocoTasks.hopper, timeLimit: 200 };
 * slow.frameSkip; // 4
 */
export const mujocoTasks: Readonly<Record<MujocoTask, MujocoDescription>> = {
  "half-cheetah": halfCheetah as MujocoDescription,
  hopper: hopper as MujocoDescription,
  walker2d: walker2d as MujocoDescription,
  swimmer: swimmer as MujocoDescription,
  reacher,
  pusher,
  "inverted-pendulum": invertedPendulum,
  "inverted-double-pendulum": invertedDoublePendulum,
};

/** @throws RangeError for an unknown name, with the known ones */
export function taskOf(name: string): MujocoDescription {
  if (!Object.hasOwn(mujocoTasks, name))
    throw new RangeError(`task: expected one of ${Object.keys(mujocoTasks).join(", ")}, got ${shown(name)}`);
  return mujocoTasks[name as MujocoTask];
}
