import { test } from "uvu";
import * as assert from "uvu/assert";
import { createStopwatch } from "../../src/runs/stopwatch.ts";
import { episodesOf } from "../helpers/episodes.ts";

test("measures what a decision takes, of each episode anew", () => {
  let time = 0;
  const watch = createStopwatch(
    () => time,
    () => new Date(0),
  );
  const step = (acting: number, world: number, learning: number) => {
    watch.begin();
    time += acting;
    watch.acted();
    time += world;
    watch.answered();
    time += learning;
    watch.learned();
    time += 100;
  };
  step(1, 2, 3);
  step(3, 2, 30);
  const [report, next] = episodesOf([1, 2]);
  const ended = "1970-01-01T00:00:00.000Z";
  assert.equal(watch.end(report), {
    episode: 1,
    steps: 10,
    ended,
    seconds: 0.241,
    acting: 2,
    world: 2,
    learning: 16.5,
  });
  step(5, 5, 5);
  assert.equal(watch.end(next), {
    episode: 2,
    steps: 20,
    ended,
    seconds: 0.115,
    acting: 5,
    world: 5,
    learning: 5,
  });
  assert.is(watch.end(next).acting, 0);
});

test.run();
