export { CRYING_BABY_ACTIONS, cryingBaby } from "./models/problems/cryingBaby.ts";
export { cues } from "./models/problems/cues.ts";
export { FORK_ACTIONS, type Fork, fork } from "./models/problems/fork.ts";
export {
  LASER_TAG_ACTIONS,
  laserTag,
} from "./models/problems/laserTag.ts";
export { LIGHT_DARK_ACTIONS, lightDark } from "./models/problems/lightDark.ts";
export {
  LIGHT_DARK_LINE_ACTIONS,
  type LightDarkLine,
  lightDarkLine,
} from "./models/problems/lightDarkLine.ts";
export { LIGHT_DARK_STEPS, lightDarkSteps } from "./models/problems/lightDarkSteps.ts";
export { mountainHike } from "./models/problems/mountainHike.ts";
export type { Problem, SparseProblem } from "./models/problems/problem.ts";
export {
  type Cell,
  ROCK_SAMPLE_ACTIONS,
  type RockSampleOptions,
  rockSample,
} from "./models/problems/rockSample.ts";
export { SUB_HUNT_ACTIONS, subHunt } from "./models/problems/subHunt.ts";
export { TAG_ACTIONS, tag } from "./models/problems/tag.ts";
export { TIGER_ACTIONS, tiger } from "./models/problems/tiger.ts";
export { T_MAZE_ACTIONS, tMaze } from "./models/problems/tMaze.ts";
export { vdpTag } from "./models/problems/vdpTag.ts";
