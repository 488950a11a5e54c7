import { test } from "uvu";
import * as assert from "uvu/assert";
import { pendulum } from "../../../src/environments/pendulum.ts";
import {
  type EpisodeStatistics,
  recordEpisodeStatistics,
} from "../../../src/environments/wrappers/recordEpisodeStatistics.ts";
import { timeLimit } from "../../../src/environments/wrappers/timeLimit.ts";
import { line } from "../../helpers/line.ts";
import { tools } from "../../helpers/worldTools.ts";
import { expectWrapper } from "../../helpers/wrapped.ts";

test("tells of an episode with its last step, and keeps the newest ones", () => {
  const world = recordEpisodeStatistics(timeLimit(line(), 3), 2);
  for (const seed of [1, 2, 3]) {
    world.reset({ seed });
    assert.is(world.step([0]).info, undefined);
    world.step([0]);
    const { info = {} } = world.step([0]);
    const { r, l, t } = info.episode as EpisodeStatistics;
    assert.equal([r, l], [-3 * seed, 3]);
    assert.ok(t >= 0 && t < 60);
  }
  assert.is(world.episodeCount, 3);
  assert.equal(world.returnQueue, [-6, -9]);
  assert.equal(world.lengthQueue, [3, 3]);
  assert.is(world.timeQueue.length, 2);
});

test("an episode that is left is not counted", () => {
  const world = recordEpisodeStatistics(timeLimit(line(), 3));
  world.reset({ seed: 4 });
  world.step([0]);
  world.reset({ seed: 1 });
  for (let t = 0; t < 3; t++) world.step([0]);
  assert.equal([world.episodeCount, world.returnQueue], [1, [-3]]);
});

test("keeps what the world tells in its info", () => {
  const world = recordEpisodeStatistics(
    timeLimit(
      line((answer) => ({ ...answer, info: { lamp: "on" } })),
      1,
    ),
  );
  world.reset({ seed: 0 });
  assert.is(world.step([0]).info?.lamp, "on");
});

test("answers at once or later, copies its sums, and shares no array", () =>
  expectWrapper((world) => recordEpisodeStatistics(world)));

test("goes on summing from a copy", () => {
  const [world, other] = [1, 2].map(() => recordEpisodeStatistics(timeLimit(pendulum(tools), 4)));
  const played = () => {
    for (let t = 0; t < 2; t++) world.step([1]);
  };
  world.reset({ seed: 1 });
  played();
  other.load?.(world.save?.());
  played();
  for (let t = 0; t < 2; t++) other.step([1]);
  assert.equal(other.returnQueue, world.returnQueue);
  assert.equal(other.lengthQueue, [4]);
});

test("its queues cannot be changed from outside", () => {
  const world = recordEpisodeStatistics(timeLimit(line(), 1));
  world.reset();
  world.step([0]);
  (world.lengthQueue as number[]).push(7);
  assert.equal(world.lengthQueue, [1]);
});

test("says what is wrong with its arguments", () => {
  assert.throws(() => recordEpisodeStatistics(line(), 0), /most: expected a whole number ≥ 1, got 0/);
  assert.throws(() => recordEpisodeStatistics(Promise.resolve(line()) as never), /got a Promise/);
});

test.run();
