/** Known models: their checks, and the worlds that come with the package. What they simulate: rolloutBelief.test.ts. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { type LinearGaussianPomdp, linearGaussianPomdp } from "../../src/models/linearGaussianPomdp.ts";
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
} from "../../src/models/pomdps.ts";
import { type PomdpTables, tabularPomdp } from "../../src/models/tabularPomdp.ts";

const core = await createCore({ bytes: 1 << 16 });

for (const [name, tables, actions] of [
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
] as [string, PomdpTables, number][])
  test(`${name} is a model of ${actions} actions`, () => {
    core.scope(() => {
      const model = tabularPomdp(core, tables);
      assert.equal([model.actionSize, model.stateSize, model.isDiscrete], [actions, 1, true]);
      assert.is(model.hasValue, false);
    });
  });

test("a fork seen dimly shows any of its places alike", () => {
  const { observation } = fork({ places: [0.5, 0.5], clarity: 0 });
  assert.equal(observation[1][2], [0, 0, 0.5, 0.5]);
  assert.equal(observation[1][3], [0, 0, 0.5, 0.5]);
  assert.equal(fork({ places: [0.5, 0.5] }).observation[1][3], [0, 0, 0, 1]);
});

test("places are seen exactly at the light, and the less the further away, round the ring", () => {
  const { observation, transition } = lightDark({ size: 8, light: 6 });
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

const pair = cues([0.9, 0.8]);
for (const [changes, message] of [
  [{ transition: [[[1, 0]], [[0, 1]]] }, "observation: expected 1 values, got 2"],
  [{ initial: [0.5, 0.6] }, "initial: expected probabilities that sum to 1, got 0.5 0.6"],
  [{ reward: [[0, 0]] }, "reward: expected 2 values, got 1"],
  [
    {
      reward: [
        [0, [1, 2, 3]],
        [0, 0],
      ],
    },
    "reward: expected 2 values, got 3",
  ],
  [{ ending: [[0], [0]] }, "ending: expected 2 values, got 1"],
  [{ transition: [] }, "observation: expected 0 values, got 2"],
  [{ observation: [] }, "observation: expected 2 values, got 0"],
  [{ value: [1] }, "value: expected 2 values, got 1"],
  [{ value: [1, Infinity] }, "value: expected finite numbers, got Infinity"],
  [
    {
      reward: [
        [0, Number.NaN],
        [0, 0],
      ],
    },
    "reward: expected finite numbers, got NaN",
  ],
] as [Partial<PomdpTables>, string][])
  test(`refuses tables with ${message}`, () => {
    core.scope(() => {
      assert.throws(
        () => tabularPomdp(core, { ...pair, ...changes }),
        (error: Error) => error instanceof RangeError && error.message === message,
      );
    });
  });

for (const [changes, message] of [
  [
    { rewards: [] },
    "tables: expected transition, reward, observation, initial, ending and value alone, " +
      "with transition [S][A][S'] (tabularModel's is [A][S][S']), got rewards",
  ],
  [{ reward: undefined }, "reward: expected an array, got undefined"],
] as [object, string][])
  test(`refuses tables with ${message}`, () => {
    core.scope(() => {
      assert.throws(
        () => tabularPomdp(core, { ...pair, ...changes }),
        (error: Error) => error instanceof TypeError && error.message === message,
      );
    });
  });

const system: LinearGaussianPomdp = {
  transition: [[1]],
  control: [[1, 2]],
  processNoise: [[0]],
  observation: [[1], [0.5]],
  observationStd: [1, 1],
  stateCost: [[1]],
};

test("a linear-Gaussian system is a model of continuous actions; without process noise nothing is drawn", () => {
  core.scope(() => {
    const model = linearGaussianPomdp(core, system);
    assert.equal(
      [model.actionSize, model.stateSize, model.observationWidth, model.hasValue],
      [2, 1, 2, false],
    );
    assert.is(model.simulated.words[5], 0);
    assert.is(linearGaussianPomdp(core, { ...system, processNoise: [[0.1]] }).simulated.words[5], 1);
    assert.ok(linearGaussianPomdp(core, { ...system, valueCost: [[1]] }).hasValue);
  });
});

for (const [changes, message] of [
  [{ control: [] }, "control: expected [1, 0] values, got [0, 0]"],
  [{ processNoise: [[0, 0]] }, "processNoise: expected [1, 1] values, got [1, 2]"],
  [
    {
      observation: [
        [1, 1],
        [1, 1],
      ],
    },
    "observation: expected [2, 1] values, got [2, 2]",
  ],
  [{ transition: [[Number.NaN]] }, "transition: expected finite numbers, got NaN"],
  [{ control: [[1, Infinity]] }, "control: expected finite numbers, got Infinity"],
  [{ observationStd: [1, 0] }, "observationStd: expected positive numbers, got 1 0"],
  [{ observationStd: [-1, 1] }, "observationStd: expected positive numbers, got -1 1"],
  [{ observationStd: [1, Number.NaN] }, "observationStd: expected finite numbers, got NaN"],
  [{ observationStd: [1] }, "observationStd: expected [1, 2] values, got [1, 1]"],
  [{ actionCost: [[1]] }, "actionCost: expected [2, 2] values, got [1, 1]"],
  [{ valueCost: [] }, "valueCost: expected [1, 1] values, got [0, 0]"],
] as [Partial<LinearGaussianPomdp>, string][])
  test(`refuses a system with ${message}`, () => {
    core.scope(() => {
      assert.throws(
        () => linearGaussianPomdp(core, { ...system, ...changes }),
        (error: Error) => error instanceof RangeError && error.message === message,
      );
    });
  });

for (const [changes, message] of [
  [
    { R: [[1]] },
    "system: expected transition, control, processNoise, observation, observationStd, stateCost, actionCost, " +
      "valueCost and isSquashed alone, with a factor and std of the noise (linearGaussianModel takes covariances), got R",
  ],
  [{ control: undefined }, "control: expected an array, got undefined"],
] as [object, string][])
  test(`refuses a system with ${message}`, () => {
    core.scope(() => {
      assert.throws(
        () => linearGaussianPomdp(core, { ...system, ...changes }),
        (error: Error) => error instanceof TypeError && error.message === message,
      );
    });
  });

test.run();
