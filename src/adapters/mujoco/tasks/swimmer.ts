import type { MujocoDescription } from "../description.ts";
import { controlCost, evenly, shaken, speed } from "./terms.ts";

const segment = (from: string): string => `<geom type="capsule" density="1000" fromto="${from}" size=".1"/>`;

const rotor = (name: string): string =>
  `<joint name="${name}" axis="0 0 1" limited="true" range="-100 100"/>`;

/** The numbers of Gymnasium's model, without what is only looked at. */
const xml = `<mujoco model="swimmer">
<compiler angle="degree" inertiafromgeom="true"/>
<option density="4000" viscosity=".1" integrator="RK4" timestep=".01"/>
<default><geom contype="0" conaffinity="0"/><joint armature=".1"/></default>
<worldbody>
  <body name="torso">${segment("1.5 0 0 .5 0 0")}
    <joint name="slider1" type="slide" axis="1 0 0"/>
    <joint name="slider2" type="slide" axis="0 1 0"/>
    <joint name="free_body_rot" axis="0 0 1"/>
    <body name="mid" pos=".5 0 0">${segment("0 0 0 -1 0 0")}${rotor("motor1_rot")}
      <body name="back" pos="-1 0 0">${segment("0 0 0 -1 0 0")}${rotor("motor2_rot")}</body>
    </body>
  </body>
</worldbody>
<actuator>
  <motor joint="motor1_rot" ctrllimited="true" ctrlrange="-1 1" gear="150"/>
  <motor joint="motor2_rot" ctrllimited="true" ctrlrange="-1 1" gear="150"/>
</actuator>
</mujoco>`;

/**
 * Gymnasium's Swimmer-v5: swim forward. Observes the positions but the first two, and the velocities.
 *
 *   reward = Δx/Δt − 1e-4 Σ a²
 *
 * @see https://gymnasium.farama.org/environments/mujoco/swimmer
 */
export const swimmer: MujocoDescription<number> = {
  ...{ xml, frameSkip: 4, timeLimit: 1000 },
  reset: (physics, { random }) => shaken(physics, evenly(random, 0.1)),
  before: ({ positions }) => positions[0],
  observe: ({ positions, velocities }) => [...positions.subarray(2), ...velocities],
  reward: (physics, { action, before }) => speed(physics, before, 4) - controlCost(1e-4, action),
};
