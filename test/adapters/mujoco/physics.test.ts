import { test } from "uvu";
import * as assert from "uvu/assert";
import { loadEngine } from "../../../src/adapters/mujoco/engine.ts";
import { createSimulation } from "../../../src/adapters/mujoco/physics.ts";
import { mujocoTasks } from "../../../src/adapters/mujoco/tasks.ts";

const mujoco = await loadEngine();
const ARM = `<mujoco><option gravity="0 0 -10" timestep=".001"/><worldbody>
  <body name="ball" pos="0 0 5"><freejoint name="free"/><geom name="shell" size=".1" mass="2"/></body>
  <body name="arm" pos="1 2 3"><joint name="hinge" axis="0 1 0" ref="0"/><geom name="rod" type="capsule" fromto="0 0 0 0 0 1" size=".02"/>
    <site name="tip" pos="0 0 1"/></body></worldbody>
  <actuator><motor name="turn" joint="hinge" ctrllimited="true" ctrlrange="-2 3"/></actuator>
  <sensor><jointpos name="angle" joint="hinge"/><framepos name="place" objtype="site" objname="tip"/></sensor></mujoco>`;

test("reads joints, bodies, geoms, sites and sensors by their names", () => {
  const { physics, start, controls, close } = createSimulation(mujoco, ARM);
  start(() => {
    physics.joint("hinge").position[0] = Math.PI / 2;
    physics.joint("free").velocity[2] = 1;
  });
  assert.equal(controls, [{ name: "turn", low: -2, high: 3 }]);
  assert.equal([...physics.body("ball").position], [0, 0, 5]);
  assert.equal([...physics.body("ball").orientation], [1, 0, 0, 0]);
  assert.equal([...physics.geom("shell").position], [0, 0, 5]);
  assert.is(physics.geom("rod").rotation.length, 9);
  assert.is(physics.joint("free").position.length, 7);
  assert.is(physics.joint("free").velocity.length, 6);
  const tip = [...physics.site("tip")];
  assert.ok(Math.abs(tip[0] - 2) < 1e-12 && Math.abs(tip[2] - 3) < 1e-12, `${tip}`);
  assert.equal([...physics.sensor("place")], tip);
  assert.equal([...physics.sensor("angle")], [Math.PI / 2]);
  close();
});

test("falls as bodies fall", () => {
  const { physics, start, advance, close } = createSimulation(mujoco, ARM);
  start();
  advance([0], 500);
  assert.ok(Math.abs(physics.time - 0.5) < 1e-9);
  // semi-implicit Euler: z = z₀ − g h² n (n + 1)/2
  assert.ok(Math.abs(physics.joint("free").position[2] - (5 - (10 * 1e-6 * 500 * 501) / 2)) < 1e-9);
  close();
});

test("a name that is not there is refused with those that are", () => {
  const { physics, close } = createSimulation(mujoco, ARM);
  for (const [ask, message] of [
    [() => physics.joint("knee"), 'joint: expected one of free, hinge, got "knee"'],
    [() => physics.body("knee"), 'body: expected one of world, ball, arm, got "knee"'],
    [() => physics.geom("knee"), 'geom: expected one of shell, rod, got "knee"'],
    [() => physics.site("knee"), 'site: expected one of tip, got "knee"'],
    [() => physics.sensor("knee"), 'sensor: expected one of angle, place, got "knee"'],
  ] as const)
    assert.throws(ask, (error: Error) => error instanceof RangeError && error.message === message);
  close();
});

test("what MuJoCo cannot load is refused in MuJoCo's words", () => {
  const refused = (xml: unknown, words: RegExp, files?: Record<string, Uint8Array>) =>
    assert.throws(() => createSimulation(mujoco, xml as string, files), words);
  refused(3, /^xml: expected the text of a model, got 3$/);
  refused("", /^xml: expected a model that MuJoCo can load, got .*empty file/);
  refused("<mujoco", /^xml: expected a model that MuJoCo can load, got .*XML parse error/);
  refused("<mujoco><worldbody><geom/></worldbody></mujoco>", /size 0 must be positive in geom/);
  refused(`<mujoco><asset><mesh file="a.obj"/></asset></mujoco>`, /Error opening file 'a\.obj'/);
  refused(`<mujoco/>`, /^files\["a"\]: expected a Uint8Array, got "text"$/, { a: "text" as never });
});

test("a model may refer to files that come with it", () => {
  const obj = "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 2 3 4\nf 1 4 3\n";
  const xml = `<mujoco><asset><mesh name="a" file="a.obj"/></asset><worldbody><body name="stone"><freejoint/>
    <geom type="mesh" mesh="a"/></body></worldbody></mujoco>`;
  const { physics, close } = createSimulation(mujoco, xml, { "a.obj": new TextEncoder().encode(obj) });
  assert.is(physics.positions.length, 7);
  close();
});

test("a simulation that grows beyond all bounds is an error", () => {
  const { start, advance, close } = createSimulation(
    mujoco,
    `<mujoco><option timestep=".5"/><worldbody><body><joint name="a" type="slide" damping="-1e3"/><geom size=".1" mass="1"/></body></worldbody>
     <actuator><motor joint="a" ctrllimited="true" ctrlrange="-1 1" gear="1e6"/></actuator></mujoco>`,
  );
  start();
  assert.throws(
    () => advance([1], 1000),
    /^step: expected a stable simulation, got one that MuJoCo gave up at /,
  );
  close();
});

test("goes on from a copy to the bit, also where contacts are", () => {
  const { physics, start, advance, save, load, close } = createSimulation(mujoco, mujocoTasks.hopper.xml);
  start();
  const action = (t: number) => [Math.cos(t), Math.sin(2 * t), Math.cos(3 * t)];
  for (let t = 0; t < 60; t++) advance(action(t), 4);
  const copy = save();
  const play = () => {
    for (let t = 60; t < 90; t++) advance(action(t), 4);
    return [...physics.positions, ...physics.velocities];
  };
  const first = play();
  load(copy);
  assert.equal(play(), first);
  close();
});

test("a thousand simulations that are closed leave the memory as large as one hundred did", () => {
  const bytes = () => {
    const one = createSimulation(mujoco, mujocoTasks["half-cheetah"].xml);
    const { byteLength } = one.physics.positions.buffer;
    one.close();
    return byteLength;
  };
  for (let n = 0; n < 100; n++) bytes();
  const before = bytes();
  for (let n = 0; n < 900; n++) bytes();
  assert.is(bytes(), before);
});

test("views are whole after the memory has grown", () => {
  const { physics, start, close } = createSimulation(mujoco, mujocoTasks.hopper.xml);
  start();
  const { buffer } = physics.positions;
  const others = [];
  while (physics.positions.buffer === buffer && others.length < 500)
    others.push(createSimulation(mujoco, mujocoTasks.pusher.xml));
  assert.is.not(physics.positions.buffer, buffer, "the memory did not grow");
  assert.is(physics.positions.length, 6);
  assert.is(physics.joint("rootz").position[0], 1.25);
  for (const other of others) other.close();
  close();
});

test("whatever is asked of a closed one is an error; closing twice is none", () => {
  const { physics, start, advance, close } = createSimulation(mujoco, ARM);
  close();
  close();
  for (const ask of [() => start(), () => advance([0], 1), () => physics.time, () => physics.body("ball")])
    assert.throws(ask, /^world: expected an open one, got one that was closed$/);
});

test.run();
