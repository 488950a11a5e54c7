import { test } from "uvu";
import * as assert from "uvu/assert";
import type { MujocoDescription } from "../../../src/adapters/mujoco/description.ts";
import { mujocoEnvironment } from "../../../src/adapters/mujoco/environment.ts";
import { type MujocoTask, mujocoTasks } from "../../../src/adapters/mujoco/tasks.ts";
import { checkEnvironment } from "../../../src/environments/check.ts";
import { checkCopies } from "../../../src/models/functions/modelOf.ts";

for (const task of Object.keys(mujocoTasks) as MujocoTask[])
  test(`${task} is an environment without fault, whose copies go on to the bit`, async () => {
    const world = await mujocoEnvironment(task);
    assert.equal(await checkEnvironment(world), []);
    const size = world.actionSpace.low.length;
    const action = (time: number) => Array.from({ length: size }, (_, d) => Math.sin(time + d));
    assert.equal(checkCopies(world, action), []);
    world.close();
  });

test("a copy goes on in another world, draws and rewards included", async () => {
  const noisy: MujocoDescription = {
    ...mujocoTasks["half-cheetah"],
    observe: (physics, { random }) => [physics.time, random.normal()],
  };
  const [world, other] = [await mujocoEnvironment(noisy), await mujocoEnvironment(noisy)];
  world.reset({ seed: 4 });
  for (let t = 0; t < 20; t++) world.step(new Float32Array(6).fill(t % 2));
  other.load(structuredClone(world.save()));
  for (let t = 0; t < 20; t++) assert.equal(other.step(new Float32Array(6)), world.step(new Float32Array(6)));
  assert.equal(other.save(), world.save());
  assert.equal(other.reset().observation, world.reset().observation);
  world.close();
  other.close();
});

test("steps and copies are refused where there is no episode", async () => {
  const world = await mujocoEnvironment("inverted-pendulum");
  assert.throws(() => world.step(Float32Array.of(0)), /^step: expected reset\(\) first, got no episode$/);
  assert.throws(() => world.save(), /^save: expected reset\(\) first, got no episode$/);
  world.reset({ seed: 1 });
  while (!world.step(Float32Array.of(3)).terminated);
  assert.throws(
    () => world.step(Float32Array.of(0)),
    /^step: expected reset\(\) first, got an episode that has ended$/,
  );
  assert.throws(() => world.step(Float32Array.of(0)), /./);
  world.close();
  assert.throws(() => world.reset(), /^world: expected an open one, got one that was closed$/);
});

test("what is no episode of the world is refused", async () => {
  const world = await mujocoEnvironment("inverted-pendulum");
  world.reset({ seed: 1 });
  const saved = world.save();
  const refused = (part: object | undefined, message: RegExp) =>
    assert.throws(() => world.load(part && { ...saved, ...part }), message);
  refused(undefined, /^saved: expected an episode of this world, got undefined$/);
  refused({ state: [1, 2] }, /^saved: expected an episode of this world, got /);
  refused({ state: new Float64Array(3) }, /^state: expected \[\d+\] numbers, got 3$/);
  refused({ state: saved.state.map(() => Number.NaN) }, /^state\[0\]: expected a finite number, got NaN$/);
  refused({ steps: -1 }, /^steps: expected /);
  refused({ isOver: 1 }, /^isOver: expected /);
  world.load(saved);
  world.close();
});

test("a world without a seed begins as that of seed 0, and then goes on drawing", async () => {
  const [world, other] = [await mujocoEnvironment("swimmer"), await mujocoEnvironment("swimmer")];
  const first = world.reset().observation;
  assert.equal(other.reset({ seed: 0 }).observation, first);
  assert.not.equal(world.reset().observation, first);
  world.close();
  other.close();
});

test.run();
