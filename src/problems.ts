export { cues } from "./models/problems/cues.ts";
export { FORK_ACTIONS, type Fork, fork } from "./models/problems/fork.ts";
export { LIGHT_DARK_ACTIONS, lightDark } from "./models/problems/lightDark.ts";
export type { Problem } from "./models/problems/problem.ts";
export { TIGER_ACTIONS, tiger } from "./models/problems/tiger.ts";
export { T_MAZE_ACTIONS, tMaze } from "./models/problems/tMaze.ts";
