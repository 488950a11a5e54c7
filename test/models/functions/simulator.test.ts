import { test } from "uvu";
import * as assert from "uvu/assert";
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
