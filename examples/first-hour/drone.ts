/** A drone with two rotors, in a plane. It is to fly to a point and to stay there; tipping over ends the flight. */
import { type Box, box, type Environment } from "generative-agent";

/** The thrusts of both rotors, from what is seen. */
export type Controller = (observation: readonly number[]) => number[];

const GRAVITY = 9.81;
const SECONDS = 0.02; // of a step of the physics; a decision lasts five
const DECISIONS = 80;

export function createWorld(): Environment<Box, number[]> {
  let [x, z, vx, vz, tilt, spin] = [0, 0, 0, 0, 0, 0]; // metres, metres a second, radians
  let [decisions, flights] = [0, 0];
  const observation = () => [x, z, vx, vz, tilt, spin];
  return {
    observationSpace: box(new Array(6).fill(-20), new Array(6).fill(20)),
    actionSpace: box([0, 0], [1, 1]), // of the left and the right rotor; both at 0.5 hover
    reset({ seed = flights + 1 } = {}) {
      [decisions, flights] = [0, seed];
      [x, z] = [((seed * 7) % 11) / 4 - 1.25, ((seed * 5) % 9) / 4 - 1];
      [vx, vz, tilt, spin] = [0, 0, ((seed * 3) % 5) / 20 - 0.1, 0];
      return { observation: observation() };
    },
    step([left, right]) {
      for (let i = 0; i < 5; i++) {
        const lift = GRAVITY * (left + right);
        spin += SECONDS * (8 * (right - left) - 0.5 * spin);
        tilt += SECONDS * spin;
        vx += SECONDS * (-lift * Math.sin(tilt) - 0.2 * vx);
        vz += SECONDS * (lift * Math.cos(tilt) - GRAVITY - 0.2 * vz);
        x += SECONDS * vx;
        z += SECONDS * vz;
      }
      decisions++;
      const hasCrashed = Math.abs(tilt) > 1.5 || Math.hypot(x, z) > 4;
      const reward = -Math.hypot(x, z) - 0.2 * Math.abs(tilt) - (hasCrashed ? 100 : 0);
      return {
        observation: observation(),
        reward,
        terminated: hasCrashed,
        truncated: decisions >= DECISIONS,
      };
    },
  };
}

/** Three loops, one inside the other: the place asks for a tilt, the tilt for a torque; the height asks for a lift. */
export function createController(): Controller {
  return ([x, z, vx, vz, tilt, spin]) => {
    const wanted = Math.min(0.5, Math.max(-0.5, 0.15 * x + 0.2 * vx));
    const torque = 0.8 * (wanted - tilt) - 0.25 * spin;
    const lift = 0.5 - 0.2 * z - 0.2 * vz;
    return [lift - torque, lift + torque].map((thrust) => Math.min(1, Math.max(0, thrust)));
  };
}
