/** Each part of a description is asked for what it says. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { MujocoDescription } from "../../../src/adapters/mujoco/description.ts";
import { mujocoEnvironment } from "../../../src/adapters/mujoco/environment.ts";
import { messageOf } from "../../helpers/folder.ts";

const xml = `<mujoco><option timestep=".01"/><worldbody><body><joint name="rail" type="slide" axis="1 0 0"/><geom size=".1" mass="1"/></body></worldbody>
  <actuator><motor joint="rail" ctrllimited="true" ctrlrange="-1 1"/></actuator></mujoco>`;

const still: MujocoDescription = { xml, reward: () => 0 };

test("sees all positions and velocities, one substep a step, for ever, where nothing is said", async () => {
  const world = await mujocoEnvironment(still);
  assert.equal([...world.reset().observation], [0, 0]);
  for (let t = 0; t < 300; t++) {
    const { observation, terminated, truncated } = world.step(Float32Array.of(1));
    assert.not.ok(terminated || truncated);
    assert.ok(Math.abs(observation[1] - 0.01 * (t + 1)) < 1e-6);
  }
  world.close();
});

test("a frame skip is so many substeps, a time limit so many steps", async () => {
  const world = await mujocoEnvironment({ ...still, frameSkip: 5, timeLimit: 3 });
  world.reset();
  assert.equal(
    [1, 2, 3].map(() => world.step(Float32Array.of(0)).truncated),
    [false, false, true],
  );
  assert.ok(Math.abs(world.physics.time - 0.15) < 1e-12);
  world.close();
});

test("an end on the last step is an end", async () => {
  const world = await mujocoEnvironment({ ...still, timeLimit: 1, terminated: () => true });
  world.reset();
  const { terminated, truncated } = world.step(Float32Array.of(0));
  assert.equal([terminated, truncated], [true, false]);
  world.close();
});

test("the reward knows the action as float32 and what was before the step", async () => {
  const seen: unknown[] = [];
  const world = await mujocoEnvironment<number>({
    xml,
    before: ({ positions }) => positions[0],
    reset: ({ positions }, { random }) => {
      positions[0] = 2 + random.uniform();
    },
    reward(physics, { action, before }) {
      seen.push(action[0], before);
      return physics.positions[0] - before;
    },
  });
  const [x] = world.reset({ seed: 1 }).observation;
  assert.ok(x >= 2 && x < 3);
  const { reward } = world.step(Float32Array.of(0.1));
  assert.equal(seen[0], Math.fround(0.1));
  assert.ok(Math.abs((seen[1] as number) - x) < 1e-6);
  assert.ok(reward > 0 && reward < 1e-3);
  world.close();
});

test("tools draw and compute alike wherever they are", async () => {
  const world = await mujocoEnvironment({
    ...still,
    observe: (_, { random, math }) => [random.normal(), math.sin(1)],
  });
  const [first, sine] = world.reset({ seed: 5 }).observation;
  assert.is(sine, Math.fround(Math.sin(1)));
  assert.is.not(world.step(Float32Array.of(0)).observation[0], first);
  assert.is(world.reset({ seed: 5 }).observation[0], first);
  world.close();
});

test("what is no description is refused by the name of its part", async () => {
  const refused = async (description: unknown, message: RegExp) => {
    assert.match(await messageOf(() => mujocoEnvironment(description as MujocoDescription)), message);
  };
  await refused({ xml }, /^reward: expected a function, got undefined$/);
  await refused(undefined, /^reward: expected a function, got undefined$/);
  await refused({ ...still, frameSkip: 0 }, /^frameSkip: expected a whole number .*, got 0$/);
  await refused({ ...still, timeLimit: 1.5 }, /^timeLimit: expected a whole number .*, got 1\.5$/);
  await refused({ ...still, xml: "<mujoco/>" }, /^xml: expected a model with actuators, got none$/);
  const unbounded = xml.replace(/ctrllimited.*?gear|ctrllimited="true" ctrlrange="-1 1"/, 'name="push"');
  await refused(
    { ...still, xml: unbounded },
    /^xml: expected a ctrlrange of every actuator, since actions are bounded, got none of push$/,
  );
  await refused("ant", /^task: expected one of half-cheetah, .*, got "ant"$/);
});

test.run();
