import type { MujocoDescription } from "../description.ts";
import { clipped, evenly, shaken } from "./terms.ts";

const QUARTER = "0.707 0 0.707 0";

/** All numbers are those of Gymnasium's models, without what is only looked at. */
const cart = (poles: string, slider: string): string => `<body name="cart">
    <joint name="slider" type="slide" axis="1 0 0" limited="true" range="-1 1" ${slider}/>
    <geom name="cart" type="capsule" quat="${QUARTER}" size=".1 .1"/>
    ${poles}
  </body>`;

const invertedPendulumBody = `<mujoco model="inverted-pendulum">
<compiler inertiafromgeom="true"/>
<option integrator="RK4" timestep=".02"/>
<default><joint damping="1" limited="true"/><geom contype="0" friction="1 .1 .1"/></default>
<worldbody>
  <geom name="rail" type="capsule" quat="${QUARTER}" size=".02 1"/>
  ${cart(
    `<body name="pole">
      <joint name="hinge" axis="0 1 0" range="-90 90"/>
      <geom name="cpole" type="capsule" fromto="0 0 0 .001 0 .6" size=".049"/>
    </body>`,
    "",
  )}
</worldbody>
<actuator><motor name="slide" joint="slider" ctrllimited="true" ctrlrange="-3 3" gear="100"/></actuator>
</mujoco>`;

const invertedDoublePendulumBody = `<mujoco model="inverted-double-pendulum">
<compiler inertiafromgeom="true"/>
<option gravity="1e-5 0 -9.81" integrator="RK4" timestep=".01"/>
<default><joint damping=".05"/><geom contype="0" friction="1 .1 .1"/></default>
<worldbody>
  <geom name="floor" type="plane" pos="0 0 -3" size="40 40 40"/>
  <geom name="rail" type="capsule" quat="${QUARTER}" size=".02 1"/>
  ${cart(
    `<body name="pole">
      <joint name="hinge" axis="0 1 0"/>
      <geom name="cpole" type="capsule" fromto="0 0 0 0 0 .6" size=".045"/>
      <body name="pole2" pos="0 0 .6">
        <joint name="hinge2" axis="0 1 0"/>
        <geom name="cpole2" type="capsule" fromto="0 0 0 0 0 .6" size=".045"/>
        <site name="tip" pos="0 0 .6" size=".01"/>
      </body>
    </body>`,
    `margin=".01"`,
  )}
</worldbody>
<actuator><motor name="slide" joint="slider" ctrllimited="true" ctrlrange="-1 1" gear="500"/></actuator>
</mujoco>`;

/**
 * Gymnasium's InvertedPendulum-v5: keep a pole upright on a cart. Observes positions and velocities.
 *
 *   reward = 1, on the last step 0;   ends when |angle| > .2
 *
 * @see https://gymnasium.farama.org/environments/mujoco/inverted_pendulum
 */
export const invertedPendulum: MujocoDescription = {
  ...{ xml: invertedPendulumBody, frameSkip: 2, timeLimit: 1000 },
  reset: (physics, { random }) => shaken(physics, evenly(random, 0.01)),
  reward: (physics) => Number(!hasFallen(physics.positions[1])),
  terminated: (physics) => hasFallen(physics.positions[1]),
};

const hasFallen = (angle: number): boolean => !(Math.abs(angle) <= 0.2);

/**
 * Gymnasium's InvertedDoublePendulum-v5: keep two poles upright on a cart. Observes x, sines and cosines of both angles, the
 * velocities within ±10, and the force of the rail's ends within ±10.
 *
 *   reward = 10 · [goes on] − (.01 x² + (y − 2)²) − (1e-3 ω₁² + 5e-3 ω₂²), tip (x, y);   ends when y ≤ 1
 *
 * @see https://gymnasium.farama.org/environments/mujoco/inverted_double_pendulum
 */
export const invertedDoublePendulum: MujocoDescription = {
  ...{ xml: invertedDoublePendulumBody, frameSkip: 5, timeLimit: 1000 },
  reset: (physics, { random }) =>
    shaken(physics, { position: () => random.uniform(-0.1, 0.1), velocity: () => 0.1 * random.normal() }),
  observe: ({ positions: [x, first, second], velocities, constraintForces }, { math }) => [
    ...[x, math.sin(first), math.sin(second), math.cos(first), math.cos(second)],
    ...clipped(velocities, 10),
    ...clipped(constraintForces.subarray(0, 1), 10),
  ],
  reward(physics) {
    const [x, , y] = physics.site("tip");
    const [, first, second] = physics.velocities;
    const distance = 0.01 * x * x + (y - 2) * (y - 2);
    const motion = 1e-3 * first * first + 5e-3 * second * second;
    return 10 * Number(y > 1) - distance - motion;
  },
  terminated: (physics) => physics.site("tip")[2] <= 1,
};
