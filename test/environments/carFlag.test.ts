import { test } from "uvu";
import * as assert from "uvu/assert";
import { carFlag, carFlagStep } from "../../src/environments/carFlag.ts";
import { tools } from "../helpers/worldTools.ts";

test("the force accelerates, clipped to ±1, up to a speed of .07", () => {
  assert.equal(carFlagStep([0.1, 0.01, 1], 0.5), {
    state: [0.1 + (0.01 + 0.0015 * 0.5), 0.01 + 0.0015 * 0.5, 1],
    reward: -1,
    terminated: false,
  });
  assert.equal(carFlagStep([0.1, 0.01, 1], 7), carFlagStep([0.1, 0.01, 1], 1));
  assert.equal(carFlagStep([0.1, 0.01, 1], -7), carFlagStep([0.1, 0.01, 1], -1));
  assert.is(carFlagStep([0, 0.0695, 1], 1).state[1], 0.07);
  assert.is(carFlagStep([0, -0.0695, 1], -1).state[1], -0.07);
});

test("either flag ends the episode, at −5 in hell and for nothing in heaven", () => {
  for (const heaven of [-1, 1])
    for (const flag of [-1, 1]) {
      const { reward, terminated } = carFlagStep([0.96 * flag, 0.05 * flag, heaven], 0);
      assert.equal([reward, terminated], [heaven === flag ? 0 : -5, true]);
      const before = carFlagStep([0.94 * flag, 0.05 * flag, heaven], 0);
      assert.equal([before.reward, before.terminated], [-1, false]);
    }
});

test("heaven's side is seen within .2 of the priest, at .5, alone", () => {
  const world = carFlag(tools);
  const direction = (position: number, heaven: number) =>
    world.setState([position, 0, heaven]).observation[2];
  for (const heaven of [-1, 1]) {
    for (const position of [0.31, 0.5, 0.69]) assert.is(direction(position, heaven), heaven);
    for (const position of [-0.5, 0, 0.29, 0.71, 0.95]) assert.is(direction(position, heaven), 0);
  }
  assert.equal(Array.from(world.setState([0.5, 0.03, -1]).observation), [0.5, 0.03, -1].map(Math.fround));
});

test("going to a flag at once returns −36 or −41 from the middle, and asking first succeeds", () => {
  const world = carFlag(tools);
  const drive = (heaven: number, force: (direction: number) => number) => {
    let { observation } = world.setState([0, 0, heaven]);
    for (let sum = 0; ; ) {
      const step = world.step([force(observation[2])]);
      observation = step.observation;
      sum += step.reward;
      if (step.terminated || step.truncated) return [sum, step.info?.success] as const;
    }
  };
  assert.equal(
    [1, -1].map((heaven) => drive(heaven, () => 1)),
    [
      [-36, true],
      [-41, false],
    ],
  );
  const asking = (heaven: number) => {
    let known = 0;
    return drive(heaven, (direction) => {
      known ||= direction;
      return known || 1;
    });
  };
  assert.equal(asking(1), [-36, true]);
  const [sum, success] = asking(-1);
  assert.ok(success === true && sum < -70);
});

test("starts are spread over ±.2, at rest, heaven on either side, and an episode lasts 160 steps", () => {
  const world = carFlag(tools);
  world.reset({ seed: 2 });
  const N = 2000;
  const starts = Array.from({ length: N }, () => {
    world.reset();
    return world.state();
  });
  const positions = starts.map(([position]) => position);
  assert.ok(Math.max(...positions.map(Math.abs)) <= 0.2);
  assert.ok(Math.max(...positions) > 0.198 && Math.min(...positions) < -0.198);
  assert.ok(starts.every(([, velocity, heaven]) => velocity === 0 && Math.abs(heaven) === 1));
  const right = starts.filter(([, , heaven]) => heaven === 1).length / N;
  assert.ok(Math.abs(right - 0.5) < 4 * Math.sqrt(0.25 / N));
  for (let t = 1; t <= 160; t++) assert.is(world.step([0]).truncated, t === 160);
});

test.run();
