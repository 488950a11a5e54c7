/** The suite of worlds for development. */
import { gamble, gusts, matching, stock } from "./chance.ts";
import { acrobot, cartPole, mountainCar, mountainCarContinuous, pendulum } from "./classic.ts";
import { arm, chase, heating, lagged, thrusters, valves } from "./control.ts";
import { catching, frogger, gather, rally } from "./games.ts";
import { balance, lander, lookout, resonance } from "./goals.ts";
import { chain, cliff, grid, keys, rooms } from "./grids.ts";
import { breeze, lamp, unseen } from "./hidden.ts";
import { cruise, market, tank, twoModes } from "./scales.ts";
import type { SuiteWorld } from "./world.ts";

export const worlds: readonly SuiteWorld[] = [
  ...[pendulum, cartPole, mountainCarContinuous, mountainCar, acrobot],
  ...[arm, valves, thrusters, heating, lagged, chase],
  ...[resonance, lander, lookout, balance],
  ...[grid, rooms, cliff, keys, chain],
  ...[catching, frogger, gather, rally],
  ...[stock, gusts, matching, gamble],
  ...[tank, market, cruise, twoModes],
  ...[unseen, breeze, lamp],
];
