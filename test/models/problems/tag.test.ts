import { test } from "uvu";
import * as assert from "uvu/assert";
import { entriesOf } from "../../../src/models/sparse/rows.ts";
import { TAG_ACTIONS, tag } from "../../../src/problems.ts";

const model = tag();
const [north, south, east, west, capture] = TAG_ACTIONS.keys();
/** Where robot and opponent go, with the probabilities to a digit. */
const after = (robot: number, opponent: number, a: number) =>
  Object.fromEntries(
    entriesOf(model.transition, (robot * 30 + opponent) * 5 + a).map((k) => {
      const s = model.transition.index[k];
      return [`${Math.floor(s / 30)} ${s % 30}`, Math.round(model.transition.value[k] * 10) / 10];
    }),
  );

test("has the sizes of the problem, and begins anywhere", () => {
  assert.equal([model.states, model.actions, model.observations, model.discount], [870, 5, 30, 0.95]);
  assert.equal(model.initial.filter((p) => p > 0).length, 841);
});

test("the robot moves where no wall is", () => {
  const to = (robot: number, a: number) => Object.keys(after(robot, 27, a))[0].split(" ")[0];
  assert.equal([to(0, north), to(0, south), to(0, east), to(0, west)], ["10", "0", "1", "0"]);
  assert.equal([to(9, east), to(10, west), to(15, north), to(18, north)], ["9", "10", "20", "18"]);
  assert.equal([to(20, south), to(22, east), to(26, north), to(23, north)], ["15", "22", "26", "26"]);
});

test("the opponent flees along each line with .4, to either side of its own with .2 each, and stays with .2", () => {
  assert.equal(after(0, 12, east), { "1 13": 0.4, "1 12": 0.6 });
  assert.equal(after(12, 2, west), { "11 1": 0.2, "11 3": 0.2, "11 2": 0.6 });
  assert.equal(after(5, 16, north), { "15 17": 0.4, "15 21": 0.4, "15 16": 0.2 });
  assert.equal(after(24, 24, east), { "25 23": 0.2, "25 25": 0.2, "25 21": 0.2, "25 27": 0.2, "25 24": 0.2 });
});

test("to catch ends it in the opponent's cell, and costs elsewhere", () => {
  const reward = (robot: number, opponent: number, a: number) =>
    model.reward.values[(robot * 30 + opponent) * 5 + a];
  assert.equal([after(4, 4, capture), after(4, 5, capture)], [{ "4 29": 1 }, { "4 5": 1 }]);
  assert.equal(
    [reward(4, 4, capture), reward(4, 5, capture), reward(4, 4, north), reward(4, 29, north)],
    [10, -10, -1, 0],
  );
  assert.equal(after(4, 29, north), { "4 29": 1 });
});

test("the robot sees its cell, or the opponent in it", () => {
  const seen = (robot: number, opponent: number) =>
    entriesOf(model.observation, robot * 30 + opponent).map((k) => model.observation.index[k]);
  assert.equal([seen(7, 8), seen(7, 7), seen(7, 29)], [[7], [29], [7]]);
});

test.run();
