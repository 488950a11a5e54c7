import { test } from "uvu";
import * as assert from "uvu/assert";
import { cartPole } from "../../src/environments/cartPole.ts";
import { mountainCarContinuous } from "../../src/environments/mountainCarContinuous.ts";
import {
  cartPolePosition,
  mountainCarContinuousPosition,
  type PartialWorld,
  pendulumDistractors,
  pendulumPosition,
  pendulumVelocity,
} from "../../src/environments/partial.ts";
import { pendulum } from "../../src/environments/pendulum.ts";
import type { World, WorldTools } from "../../src/environments/world.ts";
import { tools } from "../helpers/worldTools.ts";

const cases: readonly (readonly [PartialWorld, (tools: WorldTools) => World, readonly number[]])[] = [
  [pendulumPosition, pendulum, [0, 1]],
  [pendulumVelocity, pendulum, [2]],
  [cartPolePosition, cartPole, [0, 2]],
  [mountainCarContinuousPosition, mountainCarContinuous, [0]],
];

for (const [part, createWhole, indices] of cases)
  test(`${part.title} is the whole world but for what is seen`, () => {
    const [seen, whole] = [part.create(tools), createWhole(tools)];
    const pick = (values: ArrayLike<number>) => indices.map((d) => values[d]);
    assert.is(seen.observationSpace, part.observationSpace);
    assert.equal(part.observationSpace.low, pick(whole.observationSpace.low));
    assert.equal(part.observationSpace.high, pick(whole.observationSpace.high));
    assert.equal(Array.from(seen.reset({ seed: 5 }).observation), pick(whole.reset({ seed: 5 }).observation));
    for (let isOver = false, t = 0; !isOver; t++) {
      const action = whole.actionSpace.kind === "discrete" ? t % 2 : [Math.sin(t / 7)];
      const { observation, ...rest } = seen.step(action);
      const { observation: all, ...expected } = whole.step(action);
      assert.equal(Array.from(observation), pick(all));
      assert.equal(rest, expected);
      assert.equal(seen.state(), whole.state());
      isOver = rest.terminated || rest.truncated;
    }
  });

test("the pendulum among distractors is seen as its angle, then as they are, and pays and moves as ever", () => {
  const [noisy, plain] = [pendulumDistractors.create(tools), pendulumPosition.create(tools)];
  noisy.reset({ seed: 1 });
  const distractors = noisy.state().slice(2);
  assert.is(distractors.length, 8);
  assert.is(noisy.observationSpace.low.length, 10);
  plain.setState(noisy.state().slice(0, 2));
  for (let t = 0; t < 200; t++) {
    const { observation, ...rest } = noisy.step([Math.sin(t)]);
    const { observation: angle, ...expected } = plain.step([Math.sin(t)]);
    assert.equal(rest, expected);
    assert.equal(noisy.state().slice(0, 2), plain.state());
    assert.equal(Array.from(observation).slice(0, 2), Array.from(angle));
    assert.equal(Array.from(observation).slice(2), noisy.state().slice(2).map(Math.fround));
  }
});

test.run();
