import { test } from "uvu";
import * as assert from "uvu/assert";
import { box } from "../../../src/environments/environment.ts";
import type { Model } from "../../../src/models/functions/model.ts";
import { createSimulator } from "../../../src/models/functions/simulator.ts";
import { lightDarkLine } from "../../../src/models/problems/lightDarkLine.ts";
import { core, walk } from "../../helpers/functions.ts";

const source = { seed: 1, stream: 9 };

test("walks a world step by step, the same from the same seed", () => {
  const played = () => {
    const world = createSimulator(core, lightDarkLine(), source);
    world.reset();
    const from = world.state[0];
    const up = world.step(2);
    const seen = up.observation[0];
    const stop = world.step(1);
    return [from, world.state[0], up.reward, up.terminated, seen, stop.reward, stop.terminated];
  };
  const [from, to, reward, terminated, , stopped, isOver] = played();
  assert.equal(
    [to, reward, terminated, Math.abs(Number(stopped)), isOver],
    [Number(from) + 1, 0, false, 100, true],
  );
  assert.equal(played(), played());
});

test("each number of the state is its own, in every step", () => {
  const still: Model = {
    ...{ observationSpace: box([0, 0, 0], [9, 9, 9]), actionSpace: box([0, 0], [9, 9]), stateSize: 3 },
    initial(states, count) {
      for (let d = 0; d < 3; d++) states.fill(d + 1, d * count, (d + 1) * count);
    },
    step({ count, states, actions, next, rewards }) {
      next.set(states);
      for (let n = 0; n < count; n++) rewards[n] = 10 * actions[n] + actions[count + n];
    },
  };
  const world = createSimulator(core, still, source);
  world.reset();
  for (let i = 0; i < 3; i++) {
    assert.is(world.step([2, 5]).reward, 25);
    assert.equal([...world.state], [1, 2, 3]);
  }
});

test("episodes differ, and a state that is seen is the observation", () => {
  const { observe, logDensity, ...seen } = walk;
  assert.type(observe, "function");
  assert.type(logDensity, "function");
  const world = createSimulator(core, seen, source);
  const starts = Array.from({ length: 8 }, () => {
    world.reset();
    return world.state[0];
  });
  assert.is(new Set(starts).size, 8);
  assert.equal([...world.step([0.5]).observation], [...world.state]);
});

test.run();
