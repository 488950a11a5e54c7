/** The checks of tables; what they simulate: rollout.test.ts, what they filter: inference/belief. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { cues } from "../../src/models/problems/cues.ts";
import { type Tables, tabularModel } from "../../src/models/tabular.ts";

const pair = cues([0.9, 0.8]).tables;

test("says how many states, actions and observations there are, and keeps the tables", () => {
  const model = tabularModel(pair);
  assert.equal([model.kind, model.states, model.actions, model.observations], ["tabular", 2, 2, 2]);
  assert.is(model.tables, pair);
});

test("needs transition and observation alone", () => {
  const { transition, observation } = pair;
  assert.is(tabularModel({ transition, observation }).states, 2);
});

test("takes what does not depend on the next state as one number", () => {
  const reward = [
    [0, [1, 2]],
    [[3, 4], 0],
  ];
  assert.is(tabularModel({ ...pair, reward, ending: reward.map((row) => row.map(() => 0.5)) }).states, 2);
});

const rows = "expected rows of probabilities that sum to 1, got";
const half = [0.5, 0.5];
for (const [changes, message] of [
  [{ transition: [] }, "transition.length: expected a whole number ≥ 1, got 0"],
  [{ transition: [[], []] }, "transition[0].length: expected a whole number ≥ 1, got 0"],
  [{ transition: [[[1, 0]], [[0, 1]]] }, "observation: expected 1 entries, one for each action, got 2"],
  // [a][s][s']: two actions in three states
  [
    { transition: new Array(2).fill(new Array(3).fill([1, 0, 0])) },
    "transition: expected [s][a][s'] with as many next states as states, got [2][3][3]",
  ],
  [{ transition: [[half, half], [half]] }, "transition[1]: expected [2, 2], got 1 rows of 2"],
  [
    {
      transition: [
        [half, half],
        [half, [1]],
      ],
    },
    "transition[1]: expected [2, 2], got 2 rows of 2 or 1",
  ],
  [
    {
      transition: [
        [half, half],
        [half, [1.5, -0.5]],
      ],
    },
    `transition[1]: ${rows} [1.5,-0.5]`,
  ],
  [
    {
      transition: [
        [half, half],
        [half, [1, Number.NaN]],
      ],
    },
    "transition[1]: expected finite numbers, got [[0.5,0.5],[1,null]]",
  ],
  [{ observation: [] }, "observation: expected 2 entries, one for each action, got 0"],
  [{ observation: [pair.observation[0], [[1, 0]]] }, "observation[1]: expected [2, 2], got 1 rows of 2"],
  [{ observation: [pair.observation[0], [half, [0.5, 0.6]]] }, `observation[1]: ${rows} [0.5,0.6]`],
  [{ initial: [0.5, 0.6] }, "initial: expected probabilities that sum to 1, got [0.5,0.6]"],
  [{ initial: [1] }, "initial: expected 2 entries, one for each state, got 1"],
  [{ reward: [[0, 0]] }, "reward: expected 2 entries, one for each state, got 1"],
  [{ reward: [[0, 0], [0]] }, "reward[1]: expected 2 entries, one for each action, got 1"],
  [
    {
      reward: [
        [0, [1, 2, 3]],
        [0, 0],
      ],
    },
    "reward[0][1]: expected 2 entries, one for each next state, got 3",
  ],
  [
    {
      reward: [
        [0, Number.NaN],
        [0, 0],
      ],
    },
    "reward: expected finite numbers, got NaN",
  ],
  [
    {
      reward: [
        [0, 1e39],
        [0, 0],
      ],
    },
    "reward: expected finite numbers, got 1e+39",
  ],
  [{ ending: [[0], [0]] }, "ending[0]: expected 2 entries, one for each action, got 1"],
  [
    {
      ending: [
        [0, 1.5],
        [0, 0],
      ],
    },
    "ending: expected probabilities, got 1.5",
  ],
  [{ value: [1] }, "value: expected 2 entries, one for each state, got 1"],
  [{ value: [1, Infinity] }, "value: expected finite numbers, got Infinity"],
] as [Partial<Tables>, string][])
  test(`refuses tables with ${message}`, () => {
    assert.throws(
      () => tabularModel({ ...pair, ...changes }),
      (error: Error) => error instanceof RangeError && error.message === message,
    );
  });

for (const [changes, message] of [
  [
    { rewards: [] },
    "tables: expected transition, observation, reward, ending, initial, value alone, got rewards",
  ],
  [{ transition: undefined }, "transition: expected an array, got undefined"],
  [{ observation: undefined }, "observation: expected an array, got undefined"],
  [{ transition: [null, null] }, "transition[0]: expected an array, got null"],
  [{ observation: [[], []] }, "observation[0][0]: expected an array, got undefined"],
  [{ initial: 1 }, "initial: expected an array, got 1"],
  [{ reward: [1, 2] }, "reward[0]: expected an array, got 1"],
] as [object, string][])
  test(`refuses tables with ${message}`, () => {
    assert.throws(
      () => tabularModel({ ...pair, ...changes }),
      (error: Error) => error instanceof TypeError && error.message === message,
    );
  });

test("the compiler refuses a misspelt table", () => {
  // @ts-expect-error rewards
  assert.throws(() => tabularModel({ ...pair, rewards: [] }), TypeError);
});

test.run();
