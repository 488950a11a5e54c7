/** A room above a slow, heated floor. It is to be at 21 degrees by day and at 17 by night, and heating costs. */
import { type Box, box, type Environment } from "generative-agent";

/** How far to open the valve, from what is seen. */
export type Controller = (observation: readonly number[]) => number[];

const QUARTERS = 96; // a day in quarters of an hour

/** Degrees that are wanted at an hour of the day. */
const wantedAt = (hour: number) => (hour >= 6 && hour < 22 ? 21 : 17);

export function createWorld(): Environment<Box, number[]> {
  let [air, floor, quarter, days] = [0, 0, 0, 0];
  const hour = () => (quarter / 4) % 24;
  const outside = () => 4 + 5 * Math.sin((2 * Math.PI * (hour() - 9)) / 24);
  // air and floor against what is wanted, the weather, and how long until the wanted temperature changes
  const observation = () => {
    const wanted = wantedAt(hour());
    const change = hour() < 6 ? 6 : hour() < 22 ? 22 : 30;
    return [air - wanted, floor - wanted, outside(), wanted, change - hour()];
  };
  return {
    observationSpace: box([-30, -30, -30, 10, 0], [30, 60, 40, 30, 24]),
    actionSpace: box([0], [1]), // how far the valve of the floor's heating is open
    reset({ seed = days + 1 } = {}) {
      days = seed;
      [air, floor, quarter] = [14 + (seed % 7), 16 + (seed % 5), 0];
      return { observation: observation() };
    },
    step([valve]) {
      floor += 2 * valve - 0.08 * (floor - air);
      air += 0.1 * (floor - air) + 0.04 * (outside() - air);
      quarter++;
      const reward = -Math.abs(air - wantedAt(hour())) - 0.5 * valve;
      return { observation: observation(), reward, terminated: false, truncated: quarter >= QUARTERS };
    },
  };
}

/** A thermostat: proportional, with the share of the valve that holds 21 degrees. */
export function createController(): Controller {
  return ([above]) => [Math.min(1, Math.max(0, 0.3 - 0.5 * above))];
}
