import type { MujocoDescription } from "../description.ts";
import { controlCost, shaken, speed } from "./terms.ts";

const limb = (name: string, pos: string, joint: string, geom: string, rest = ""): string =>
  `<body name="${name}" pos="${pos}"><joint name="${name}" axis="0 1 0" ${joint}/>` +
  `<geom name="${name}" type="capsule" ${geom}/>${rest}</body>`;

const geom = (turn: number, pos: string, half: number): string =>
  `axisangle="0 1 0 ${turn}" pos="${pos}" size=".046 ${half}"`;

const joint = (damping: number, range: string, stiffness: number): string =>
  `damping="${damping}" range="${range}" stiffness="${stiffness}"`;

const hindFoot = limb("bfoot", "-.28 0 -.14", joint(3, "-.4 .785", 120), geom(-0.27, ".03 0 -.097", 0.094));
const hindShin = limb(
  "bshin",
  ".16 0 -.25",
  joint(4.5, "-.785 .785", 180),
  geom(-2.03, "-.14 0 -.07", 0.15),
  hindFoot,
);
const hindLeg = limb(
  "bthigh",
  "-.5 0 0",
  joint(6, "-.52 1.05", 240),
  geom(-3.8, ".1 0 -.13", 0.145),
  hindShin,
);
const foreFoot = limb("ffoot", ".13 0 -.18", joint(1.5, "-.5 .5", 60), geom(-0.6, ".045 0 -.07", 0.07));
const foreShin = limb(
  "fshin",
  "-.14 0 -.24",
  joint(3, "-1.2 .87", 120),
  geom(-0.6, ".065 0 -.09", 0.106),
  foreFoot,
);
const foreLeg = limb(
  "fthigh",
  ".5 0 0",
  joint(4.5, "-1 .7", 180),
  geom(0.52, "-.07 0 -.12", 0.133),
  foreShin,
);

const motors = Object.entries({ bthigh: 120, bshin: 90, bfoot: 60, fthigh: 120, fshin: 60, ffoot: 30 })
  .map(([name, gear]) => `<motor name="${name}" joint="${name}" gear="${gear}"/>`)
  .join("");

/** The numbers of Gymnasium's model, without what is only looked at. */
const xml = `<mujoco model="half-cheetah">
<compiler angle="radian" inertiafromgeom="true" settotalmass="14"/>
<option timestep=".01"/>
<default>
  <joint armature=".1" damping=".01" limited="true" solimplimit="0 .8 .03" solreflimit=".02 1" stiffness="8"/>
  <geom contype="1" conaffinity="0" friction=".4 .1 .1" solimp="0 .8 .01" solref=".02 1"/>
  <motor ctrllimited="true" ctrlrange="-1 1"/>
  <default class="root"><joint armature="0" damping="0" limited="false" stiffness="0"/></default>
</default>
<worldbody>
  <geom name="floor" type="plane" conaffinity="1" size="40 40 40"/>
  <body name="torso" pos="0 0 .7">
    <joint class="root" name="rootx" type="slide" axis="1 0 0"/>
    <joint class="root" name="rootz" type="slide" axis="0 0 1"/>
    <joint class="root" name="rooty" axis="0 1 0"/>
    <geom name="torso" type="capsule" fromto="-.5 0 0 .5 0 0" size=".046"/>
    <geom name="head" type="capsule" ${geom(0.87, ".6 0 .1", 0.15)}/>
    ${hindLeg}
    ${foreLeg}
  </body>
</worldbody>
<actuator>${motors}</actuator>
</mujoco>`;

/**
 * Gymnasium's HalfCheetah-v5: run forward. Observes the positions but the first one, and the velocities.
 *
 *   reward = Δx/Δt − .1 Σ a²
 *
 * @see https://gymnasium.farama.org/environments/mujoco/half_cheetah
 */
export const halfCheetah: MujocoDescription<number> = {
  ...{ xml, frameSkip: 5, timeLimit: 1000 },
  reset: (physics, { random }) =>
    shaken(physics, { position: () => random.uniform(-0.1, 0.1), velocity: () => 0.1 * random.normal() }),
  before: ({ positions }) => positions[0],
  observe: ({ positions, velocities }) => [...positions.subarray(1), ...velocities],
  reward: (physics, { action, before }) => speed(physics, before, 5) - controlCost(0.1, action),
};
