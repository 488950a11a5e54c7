import { test } from "uvu";
import * as assert from "uvu/assert";
import { tMaze, tMazeStep } from "../../src/environments/tMaze.ts";
import { tools } from "../helpers/worldTools.ts";

test("the first decision leads through the corridor for nothing or past the cue for .02", () => {
  assert.equal(tMazeStep([0, 1, -1], 0), { state: [1, 1, -1], reward: 0, terminated: false });
  assert.equal(tMazeStep([0, 1, -1], 1), { state: [2, 1, -1], reward: -0.02, terminated: false });
});

test("corridor and cue lead to the fork, whatever is done", () => {
  for (const place of [1, 2])
    for (const action of [0, 1])
      assert.equal(tMazeStep([place, -1, 1], action), { state: [3, -1, 1], reward: 0, terminated: false });
});

test("the decision at the fork pays by the arm that has the reward, whatever the cue shows", () => {
  for (const shown of [-1, 1])
    for (const arm of [-1, 1])
      for (const action of [0, 1]) {
        const reward = (action === 1) === (arm === 1) ? 1 : -1;
        const expected = { state: [4 + action, arm, shown], reward, terminated: true };
        assert.equal(tMazeStep([3, arm, shown], action), expected);
      }
});

test("the place is seen at all times, the cue at the cue alone", () => {
  const world = tMaze(tools);
  for (const shown of [-1, 1])
    for (let place = 0; place < 6; place++) {
      const expected = new Array<number>(7).fill(0);
      expected[place] = 1;
      if (place === 2) expected[6] = shown;
      assert.equal(Array.from(world.setState([place, 1, shown]).observation), expected);
    }
});

test("an episode is three steps, and its info tells who looked and who was right", () => {
  const world = tMaze(tools);
  assert.equal(world.setState([0, 1, 1]).info, { isAtCue: false, success: false });
  assert.equal(world.step(1).info, { isAtCue: true, success: false });
  assert.equal(world.step(1).info, { isAtCue: false, success: false });
  const { info, terminated, truncated } = world.step(1);
  assert.equal([info, terminated, truncated], [{ isAtCue: false, success: true }, true, false]);
  world.setState([0, 1, 1]);
  for (let t = 0; t < 3; t++) assert.equal(world.step(0).info, { isAtCue: false, success: false });
});

test("following the cue is right in .95 of the mazes, any fixed arm in half of them", () => {
  const world = tMaze(tools);
  const N = 10_000;
  let [followed, right] = [0, 0];
  world.reset({ seed: 1 });
  for (let n = 0; n < N; n++) {
    world.reset();
    const shown = world.step(1).observation[6];
    world.step(0);
    if (world.step(shown > 0 ? 1 : 0).reward > 0) followed += 1 / N;
    world.reset();
    world.step(0);
    world.step(0);
    if (world.step(1).reward > 0) right += 1 / N;
  }
  // The standard error of a share p is √(p(1 − p)/N); four of them.
  assert.ok(Math.abs(followed - 0.95) < 4 * Math.sqrt((0.95 * 0.05) / N), `${followed}`);
  assert.ok(Math.abs(right - 0.5) < 4 * Math.sqrt(0.25 / N), `${right}`);
});

test.run();
