/** The worlds that come with the package. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { TabularModel } from "../../src/models/tabular.ts";
import {
  cues,
  FORK_ACTIONS,
  fork,
  LIGHT_DARK_ACTIONS,
  lightDark,
  T_MAZE_ACTIONS,
  TIGER_ACTIONS,
  tiger,
  tMaze,
} from "../../src/problems.ts";

for (const [name, model, actions] of [
  ["tiger", tiger(), TIGER_ACTIONS.length],
  ["tMaze", tMaze(), T_MAZE_ACTIONS.length],
  ["fork", fork({ places: [0.5, 0.5] }), FORK_ACTIONS.length],
  [
    "blurred fork",
    fork({ places: [0.5, 0.25, 0.25], rewards: [1, 2, 3], clarity: 0.4 }),
    FORK_ACTIONS.length,
  ],
  ["cues", cues([0.9, 0.8, 0.7]), 3],
  ["lightDark", lightDark(), LIGHT_DARK_ACTIONS.length],
] as [string, TabularModel, number][])
  test(`${name} is a model of ${actions} actions`, () => {
    assert.equal([model.kind, model.actions], ["tabular", actions]);
    assert.is(model.tables.value, undefined);
  });

test("a fork seen dimly shows any of its places alike", () => {
  const { observation } = fork({ places: [0.5, 0.5], clarity: 0 }).tables;
  assert.equal(observation[1][2], [0, 0, 0.5, 0.5]);
  assert.equal(observation[1][3], [0, 0, 0.5, 0.5]);
  assert.equal(fork({ places: [0.5, 0.5] }).tables.observation[1][3], [0, 0, 0, 1]);
});

test("places are seen exactly at the light, and the less the further away, round the ring", () => {
  const { observation, transition } = lightDark({ size: 8, light: 6 }).tables;
  const clarity = [6, 7, 0, 1, 2].map((x) => observation[0][x][x]);
  assert.is(clarity[0], 1);
  assert.equal(
    clarity,
    clarity.slice().sort((a, b) => b - a),
  );
  assert.is(observation[0][5][5], observation[0][7][7]);
  assert.is(transition[0][0][7], 1);
  assert.is(transition[7][1][0], 1);
});

test.run();
