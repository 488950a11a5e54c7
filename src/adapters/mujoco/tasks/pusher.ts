import type { MujocoDescription } from "../description.ts";
import { controlCost, difference, norm } from "./terms.ts";

const hinge = (name: string, axis: string, range: string, damping: number): string =>
  `<joint name="r_${name}_joint" axis="${axis}" range="${range}" damping="${damping}"/>`;

const capsule = (fromto: string, size: number, rest = ""): string =>
  `<geom type="capsule" fromto="${fromto}" size="${size}" ${rest}/>`;

const ball = (pos: string, size: number): string => `<geom pos="${pos}" size="${size}"/>`;

/** A body inside of the one before it. */
const nested = (parts: readonly (readonly [name: string, pos: string, content: string])[]): string =>
  parts.reduceRight(
    (inner, [name, pos, content]) => `<body name="${name}" pos="${pos}">${content}${inner}</body>`,
    "",
  );

const TOUCHES = `contype="1" conaffinity="1"`;

const arm = nested([
  [
    "r_shoulder_pan_link",
    "0 -.6 0",
    ball("-.06 .05 .2", 0.05) +
      ball(".06 .05 .2", 0.05) +
      ball("-.06 .09 .2", 0.03) +
      ball(".06 .09 .2", 0.03) +
      capsule("0 0 -.4 0 0 .2", 0.1) +
      hinge("shoulder_pan", "0 0 1", "-2.2854 1.714602", 1),
  ],
  [
    "r_shoulder_lift_link",
    ".1 0 0",
    capsule("0 -.1 0 0 .1 0", 0.1) + hinge("shoulder_lift", "0 1 0", "-.5236 1.3963", 1),
  ],
  [
    "r_upper_arm_roll_link",
    "0 0 0",
    capsule("-.1 0 0 .1 0 0", 0.02) + hinge("upper_arm_roll", "1 0 0", "-1.5 1.7", 0.1),
  ],
  ["r_upper_arm_link", "0 0 0", capsule("0 0 0 .4 0 0", 0.06)],
  [
    "r_elbow_flex_link",
    ".4 0 0",
    capsule("0 -.02 0 0 .02 0", 0.06) + hinge("elbow_flex", "0 1 0", "-2.3213 0", 0.1),
  ],
  [
    "r_forearm_roll_link",
    "0 0 0",
    capsule("-.1 0 0 .1 0 0", 0.02) + hinge("forearm_roll", "1 0 0", "-1.5 1.5", 0.1),
  ],
  ["r_forearm_link", "0 0 0", capsule("0 0 0 .291 0 0", 0.05)],
  [
    "r_wrist_flex_link",
    ".321 0 0",
    capsule("0 -.02 0 0 .02 0", 0.01) + hinge("wrist_flex", "0 1 0", "-1.094 0", 0.1),
  ],
  [
    "r_wrist_roll_link",
    "0 0 0",
    hinge("wrist_roll", "1 0 0", "-1.5 1.5", 0.1) +
      `<body name="tips_arm">${ball(".1 -.1 0", 0.01)}${ball(".1 .1 0", 0.01)}</body>` +
      capsule("0 -.1 0 0 .1 0", 0.02, TOUCHES) +
      capsule("0 -.1 0 .1 -.1 0", 0.02, TOUCHES) +
      capsule("0 .1 0 .1 .1 0", 0.02, TOUCHES),
  ],
]);

const slides = (name: string): string =>
  ["0 1 0", "1 0 0"]
    .map(
      (axis, d) =>
        `<joint name="${name}_slide${"yx"[d]}" type="slide" axis="${axis}" range="-10.3213 10.3" damping=".5"/>`,
    )
    .join("");

const motors = [
  ...["shoulder_pan", "shoulder_lift", "upper_arm_roll", "elbow_flex", "forearm_roll", "wrist_flex"],
  "wrist_roll",
]
  .map((name) => `<motor joint="r_${name}_joint" ctrllimited="true" ctrlrange="-2 2"/>`)
  .join("");

/** The numbers of Gymnasium's model of version 5, without what is only looked at. */
const xml = `<mujoco model="pusher">
<compiler angle="radian" inertiafromgeom="true"/>
<option gravity="0 0 0" iterations="20" timestep=".01"/>
<default>
  <joint armature=".04" damping="1" limited="true"/>
  <geom friction=".8 .1 .1" density="300" margin=".002" condim="1" contype="0" conaffinity="0"/>
</default>
<worldbody>
  <geom name="table" type="plane" pos="0 .5 -.325" size="1 1 .1" ${TOUCHES}/>
  ${arm}
  <body name="object" pos=".45 -.05 -.275">
    <geom type="cylinder" size=".05 .05 .05" density=".01" contype="1"/>${slides("obj")}
  </body>
  <body name="goal" pos=".45 -.05 -.323">
    <geom type="cylinder" size=".08 .001 .1" density=".00001"/>${slides("goal")}
  </body>
</worldbody>
<actuator>${motors}</actuator>
</mujoco>`;

/**
 * Gymnasium's Pusher-v5: push an object to a goal by an arm of seven joints. Observes the joints' positions and speeds, and where hand, object and
 * goal are.
 *
 *   reward = −‖object − goal‖ − .5 ‖object − hand‖ − .1 Σ a²
 *
 * @see https://gymnasium.farama.org/environments/mujoco/pusher
 */
export const pusher: MujocoDescription = {
  ...{ xml, frameSkip: 5, timeLimit: 100 },
  reset(physics, { random }) {
    let [y, x] = [0, 0];
    while (norm([y, x]) <= 0.17) [y, x] = [random.uniform(-0.3, 0), random.uniform(-0.2, 0.2)];
    physics.positions.set([y, x, 0, 0], 7);
    for (let d = 0; d < 7; d++) physics.velocities[d] = random.uniform(-0.005, 0.005);
  },
  observe: (physics) => [
    ...physics.positions.subarray(0, 7),
    ...physics.velocities.subarray(0, 7),
    ...["tips_arm", "object", "goal"].flatMap((name) => [...physics.body(name).position]),
  ],
  reward: (physics, { action }) =>
    -norm(difference(physics, "object", "goal")) -
    controlCost(0.1, action) -
    0.5 * norm(difference(physics, "object", "tips_arm")),
};
