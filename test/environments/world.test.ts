import { test } from "uvu";
import * as assert from "uvu/assert";
import { cartPole, cartPoleDescription } from "../../src/environments/cartPole.ts";
import { cartPoleSwingUp } from "../../src/environments/cartPoleSwingUp.ts";
import { pendulum } from "../../src/environments/pendulum.ts";
import { createWorld, type Dynamics } from "../../src/environments/world.ts";
import { tools } from "../helpers/worldTools.ts";

/** The observations of a start and five steps. */
function begin(world: ReturnType<typeof pendulum>, seed?: number): number[][] {
  const first = world.reset(seed === undefined ? {} : { seed });
  const rest = Array.from({ length: 5 }, () => world.step([1]));
  return [first, ...rest].map(({ observation }) => Array.from(observation));
}

test("a seed repeats an episode exactly, noise and all, and another seed gives another", () => {
  for (const make of [pendulum, cartPoleSwingUp]) {
    const first = begin(make(tools), 7);
    const world = make(tools);
    begin(world, 8);
    assert.equal(begin(world, 7), first);
    assert.not.equal(begin(world, 8), first);
  }
});

test("without a seed the generator goes on, and begins with that of seed 0", () => {
  const world = pendulum(tools);
  const first = begin(world);
  const second = begin(world);
  assert.not.equal(second, first);
  assert.equal(begin(world, 0), first);
  assert.equal(begin(world), second);
});

test("observations are float32 and new at each step", () => {
  const world = pendulum(tools);
  const { observation } = world.reset({ seed: 1 });
  const copy = Array.from(observation);
  const next = world.step([0]).observation;
  assert.instance(observation, Float32Array);
  assert.instance(next, Float32Array);
  assert.is.not(next, observation);
  assert.equal(Array.from(observation), copy);
});

test("a step needs an episode under way", () => {
  const world = cartPole(tools);
  const message = (got: string) => (error: Error) =>
    error.message === `step: expected reset() first, got ${got}` && error.constructor === Error;
  assert.throws(() => world.step(0), message("no episode"));
  world.setState([2.39, 5, 0, 0]);
  assert.is(world.step(0).terminated, true);
  assert.throws(() => world.step(0), message("an episode that has ended"));
  world.reset();
  assert.is(world.step(0).terminated, false);
});

test("a wrong action leaves the episode as it was", () => {
  const world = cartPole(tools);
  world.reset({ seed: 1 });
  const before = world.state();
  assert.throws(() => world.step(2), "action: expected a whole number in [0, 1], got 2");
  assert.equal(world.state(), before);
});

test("a step on which the world ends is not truncated too", () => {
  const last = (terminated: boolean) => {
    const dynamics: Dynamics = {
      size: 1,
      start: () => [0],
      step: (state) => ({ state, reward: 0, terminated }),
      observe: (state) => state,
    };
    const world = createWorld({ ...cartPoleDescription, timeLimit: 1 }, dynamics, tools.random);
    world.reset();
    return world.step(0);
  };
  assert.is(last(true).truncated, false);
  assert.is(last(false).truncated, true);
});

test("the state can be read and set, and is a copy both ways", () => {
  const world = pendulum(tools);
  assert.throws(() => world.state(), "state: expected reset() first, got no episode");
  const state = [0, 1];
  const { observation } = world.setState(state);
  assert.equal(Array.from(observation), [1, 0, 1]);
  state[0] = 3;
  assert.equal(world.state(), [0, 1]);
  assert.throws(() => world.setState([1]), "state: expected [2] numbers, got 1");
  assert.throws(() => world.setState([0, Infinity]), "state[1]: expected a finite number, got Infinity");
});

test("setting the state draws nothing from a world without measurement noise", () => {
  const world = pendulum(tools);
  const fresh = begin(pendulum(tools));
  world.setState([0, 0]);
  assert.equal(begin(world), fresh);
});

test("setting the state begins the time limit anew", () => {
  const world = pendulum(tools);
  world.reset({ seed: 1 });
  for (let t = 0; t < 150; t++) world.step([0]);
  world.setState([0, 0]);
  for (let t = 1; t <= 200; t++) assert.is(world.step([0]).truncated, t === 200);
});

test("a copy is plain data, of an episode that is over too", () => {
  const world = pendulum(tools);
  assert.throws(() => world.save(), "save: expected reset() first, got no episode");
  world.reset({ seed: 4 });
  for (let t = 1; t <= 200; t++) world.step([0]);
  const saved = world.save();
  assert.equal(Object.keys(saved), ["state", "steps", "isOver", "seed", "drawn"]);
  assert.equal([saved.steps, saved.isOver, saved.seed], [200, true, 4]);
  const other = pendulum(tools);
  other.load(saved);
  assert.throws(() => other.step([0]), "step: expected reset() first, got an episode that has ended");
});

for (const [wrong, message] of [
  [undefined, "saved: expected an episode of this world, got undefined"],
  ["pendulum", 'saved: expected an episode of this world, got "pendulum"'],
  [{ state: [1] }, "state: expected [2] numbers, got 1"],
  [{ state: [1, Number.NaN] }, "state[1]: expected a finite number, got NaN"],
  [{ state: [1, 2], steps: -1 }, "steps: expected a whole number ≥ 0, got -1"],
  [{ state: [1, 2], steps: 0, seed: 0, drawn: 2 }, "isOver: expected true or false, got undefined"],
] as const)
  test(`what is no copy is refused, and changes nothing: ${JSON.stringify(wrong)}`, () => {
    const world = pendulum(tools);
    world.reset({ seed: 1 });
    const before = world.save();
    assert.throws(
      () => world.load(wrong),
      (error: Error) => error.message === message,
    );
    assert.equal(world.save(), before);
  });

test.run();
