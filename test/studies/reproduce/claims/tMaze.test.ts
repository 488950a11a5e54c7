import { test } from "uvu";
import * as assert from "uvu/assert";
import { runMazes } from "../../../../studies/reproduce/claims/tMaze.ts";

const mazes = 60;

test("looks at the cue where it is worth more than it costs, by the belief alone", () => {
  const looks = (informationWeight: number, conditioning: "belief" | "path") =>
    runMazes({ informationWeight, conditioning, seed: 1, mazes })["cue first"];
  // .1 is what a look costs, and .4946 β what it is worth
  assert.is(looks(0.5, "belief"), 1);
  assert.is(looks(0.05, "belief"), 0);
  assert.is(looks(0.5, "path"), 0);
});

test("who looks is right as often as the cue; the seed decides the mazes", () => {
  const success = (seed: number) =>
    runMazes({ informationWeight: 0.5, conditioning: "belief", seed, mazes }).success;
  // 4σ of 60 mazes
  assert.ok(Math.abs(success(1) - 0.95) < 4 * Math.sqrt((0.95 * 0.05) / mazes));
  assert.is(success(1), success(1));
  assert.ok(new Set([1, 2, 3, 4].map(success)).size > 1);
});

test.run();
