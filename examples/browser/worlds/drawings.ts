import type { Sheet } from "../page/sheet.ts";
import { drawCartPole } from "./cartPole.ts";
import { drawMountainCar } from "./mountainCar.ts";
import { drawPendulum } from "./pendulum.ts";
import type { Scene } from "./scene.ts";
import { drawTMaze } from "./tMaze.ts";

/** The drawing of each task's world. */
export const drawings: Readonly<Record<string, (sheet: Sheet, scene: Scene) => void>> = {
  pendulum: drawPendulum,
  "pendulum-position": drawPendulum,
  "mountain-car-continuous": drawMountainCar,
  "cartpole-swingup": drawCartPole,
  "t-maze": drawTMaze,
};
