import type { MujocoDescription } from "../description.ts";
import type { Physics } from "../physics.ts";
import { clipped, controlCost, evenly, shaken, speed } from "./terms.ts";

/**
 * One leg of three limbs below a torso. Names end in `side`. All numbers are those of Gymnasium's models, with the last digits
 * they have there, for the same bits.
 */
function leg(
  side: string,
  foot: { readonly x: number; readonly half: number; readonly grip: number },
): string {
  const { x, half, grip } = foot;
  const hinge = (limb: string, pos: string, range: string) =>
    `<joint name="${limb}${side}_joint" axis="0 -1 0" pos="${pos}" range="${range}"/>`;
  return `<body name="thigh${side}" pos="0 0 -0.19999999999999996">${hinge("thigh", "0 0 0", "-150 0")}
  <geom name="thigh${side}_geom" type="capsule" friction=".9" pos="0 0 -0.22500000000000009" size=".05 0.22500000000000003"/>
  <body name="leg${side}" pos="0 0 -0.70000000000000007">${hinge("leg", "0 0 .25", "-150 0")}
    <geom name="leg${side}_geom" type="capsule" friction=".9" size=".04 .25"/>
    <body name="foot${side}" pos="${x} 0 -.35">${hinge("foot", `${-x} 0 .1`, "-45 45")}
      <geom name="foot${side}_geom" type="capsule" friction="${grip}" pos="${-x / 2} 0 .1" quat="${QUARTER}" size=".06 ${half}"/>
    </body>
  </body>
</body>`;
}

/** A quarter turn about −y. */
const QUARTER = "0.70710678118654757 0 -0.70710678118654746 0";

function motors(sides: readonly string[], gear: number): string {
  return sides
    .flatMap((side) => ["thigh", "leg", "foot"].map((limb) => `${limb}${side}_joint`))
    .map((name) => `<motor joint="${name}" ctrllimited="true" ctrlrange="-1 1" gear="${gear}"/>`)
    .join("");
}

function body(name: string, defaults: string, floor: string, legs: string, actuators: string): string {
  return `<mujoco model="${name}">
<compiler angle="degree" inertiafromgeom="true"/>
<option integrator="RK4" timestep=".002"/>
<default>${defaults}
  <default class="root"><joint armature="0" damping="0" limited="false"/></default>
</default>
<worldbody>
  <geom name="floor" type="plane" conaffinity="1" condim="3" size="${floor}"/>
  <body name="torso" pos="0 0 1.25">
    <joint class="root" name="rootx" type="slide" axis="1 0 0" pos="0 0 -1.25"/>
    <joint class="root" name="rootz" type="slide" axis="0 0 1" pos="0 0 -1.25" ref="1.25"/>
    <joint class="root" name="rooty" axis="0 1 0"/>
    <geom name="torso_geom" type="capsule" friction=".9" size=".05 0.19999999999999996"/>
    ${legs}
  </body>
</worldbody>
<actuator>${actuators}</actuator>
</mujoco>`;
}

const hopperBody = body(
  "hopper",
  `<joint armature="1" damping="1" limited="true"/>
  <geom contype="1" conaffinity="1" condim="1" margin=".001" solimp=".8 .8 .01" solref=".02 1"/>`,
  "20 20 .125",
  leg("", { x: 0.13, half: 0.195, grip: 2 }),
  motors([""], 200),
);

const walkerFoot = { x: 0.2, half: 0.1, grip: 1.9 };

const walker2dBody = body(
  "walker2d",
  `<joint armature=".01" damping=".1" limited="true"/>
  <geom contype="1" conaffinity="0" friction=".7 .1 .1"/>`,
  "40 40 40",
  leg("", walkerFoot) + leg("_left", walkerFoot),
  motors(["", "_left"], 100),
);

/** What both tasks share. @param isHealthy the world ends when it is not, and 1 is paid while it is */
function task(xml: string, isHealthy: (physics: Physics) => boolean): MujocoDescription<number> {
  return {
    ...{ xml, frameSkip: 4, timeLimit: 1000 },
    reset: (physics, { random }) => shaken(physics, evenly(random, 5e-3)),
    before: ({ positions }) => positions[0],
    observe: ({ positions, velocities }) => [...positions.subarray(1), ...clipped(velocities, 10)],
    reward: (physics, { action, before }) =>
      speed(physics, before, 4) + Number(isHealthy(physics)) - controlCost(1e-3, action),
    terminated: (physics) => !isHealthy(physics),
  };
}

/**
 * Gymnasium's Hopper-v5: hop forward without falling. Observes the positions but the first one, and the velocities within ±10.
 *
 *   reward = Δx/Δt + 1 − 1e-3 Σ a²;   ends when z ≤ .7, |angle| ≥ .2, or any |number| from the angle on ≥ 100
 *
 * @see https://gymnasium.farama.org/environments/mujoco/hopper
 */
export const hopper: MujocoDescription<number> = task(hopperBody, ({ positions, velocities }) => {
  const isBounded = (value: number) => Math.abs(value) < 100;
  const [, z, angle] = positions;
  return (
    z > 0.7 && Math.abs(angle) < 0.2 && positions.subarray(2).every(isBounded) && velocities.every(isBounded)
  );
});

/**
 * Gymnasium's Walker2d-v5: walk forward without falling. Observes the positions but the first one, and the velocities within ±10.
 *
 *   reward = Δx/Δt + 1 − 1e-3 Σ a²;   ends when z is not in (.8, 2), or |angle| ≥ 1
 *
 * @see https://gymnasium.farama.org/environments/mujoco/walker2d
 */
export const walker2d: MujocoDescription<number> = task(walker2dBody, ({ positions: [, z, angle] }) => {
  return z > 0.8 && z < 2 && Math.abs(angle) < 1;
});
