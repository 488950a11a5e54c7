import type { MujocoDescription } from "../description.ts";
import { controlCost, difference, evenly, norm, shaken } from "./terms.ts";

const aim = (name: string, axis: string, ref: number): string =>
  `<joint name="${name}" type="slide" axis="${axis}" armature="0" damping="0" range="-.27 .27" ref="${ref}"/>`;

const link = (name: string): string =>
  `<geom name="${name}" type="capsule" fromto="0 0 0 .1 0 0" size=".01"/>`;

/** The numbers of Gymnasium's model, without what is only looked at. */
const xml = `<mujoco model="reacher">
<compiler angle="radian" inertiafromgeom="true"/>
<option integrator="RK4" timestep=".01"/>
<default><joint armature="1" damping="1" limited="true"/><geom contype="0" friction="1 .1 .1"/></default>
<worldbody>
  <body name="body0" pos="0 0 .01">${link("link0")}
    <joint name="joint0" axis="0 0 1" limited="false"/>
    <body name="body1" pos=".1 0 0">
      <joint name="joint1" axis="0 0 1" range="-3 3"/>${link("link1")}
      <body name="fingertip" pos=".11 0 0"><geom name="fingertip" size=".01"/></body>
    </body>
  </body>
  <body name="target" pos=".1 -.1 .01">
    ${aim("target_x", "1 0 0", 0.1)}
    ${aim("target_y", "0 1 0", -0.1)}
    <geom name="target" conaffinity="0" size=".009"/>
  </body>
</worldbody>
<actuator>
  <motor joint="joint0" ctrllimited="true" ctrlrange="-1 1" gear="200"/>
  <motor joint="joint1" ctrllimited="true" ctrlrange="-1 1" gear="200"/>
</actuator>
</mujoco>`;

/**
 * Gymnasium's Reacher-v5: bring the tip of an arm of two links to a target. Observes cosines, sines and speeds of both joints, the target,
 * and the way from it to the tip.
 *
 *   reward = −‖tip − target‖ − Σ a²
 *
 * @see https://gymnasium.farama.org/environments/mujoco/reacher
 */
export const reacher: MujocoDescription = {
  ...{ xml, frameSkip: 2, timeLimit: 50 },
  reset(physics, { random }) {
    shaken(physics, evenly(random, [0.1, 0.005]));
    // uniform in a disc of .2 m
    let [x, y] = [1, 1];
    while (norm([x, y]) >= 0.2) [x, y] = [random.uniform(-0.2, 0.2), random.uniform(-0.2, 0.2)];
    physics.positions.set([x, y], 2);
    physics.velocities.fill(0, 2);
  },
  observe(physics, { math }) {
    const [first, second, x, y] = physics.positions;
    const [dx, dy] = difference(physics, "fingertip", "target");
    const turns = [math.cos(first), math.cos(second), math.sin(first), math.sin(second)];
    return [...turns, x, y, ...physics.velocities.subarray(0, 2), dx, dy];
  },
  reward: (physics, { action }) => -norm(difference(physics, "fingertip", "target")) - controlCost(1, action),
};
