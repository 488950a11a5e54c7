import { test } from "uvu";
import * as assert from "uvu/assert";
import { readPomdp } from "../../../src/models/pomdp/readPomdp.ts";

const SIDES = {
  discount: "discount: 0.9",
  states: "states: a b c",
  actions: "actions: 2",
  observations: "observations: 1",
};
const TABLES = "T: * uniform\nO: * uniform\n";

function read(changes: Partial<Record<keyof typeof SIDES | "start" | "values", string>>) {
  const lines = Object.values({ ...SIDES, ...changes }).filter((line) => line !== "");
  return readPomdp([...lines, TABLES].join("\n"));
}

test("the lines come in any order, the start before the states", () => {
  const { states, actions, observations, discount } = SIDES;
  const orders = [
    [states, actions, observations, discount, "start: b"],
    ["start: b", observations, discount, actions, states],
    [discount, "start: b", states, observations, "values: reward", actions],
  ];
  const [first, ...others] = orders.map((lines) => readPomdp(`${lines.join("\n")}\n${TABLES}`));
  for (const other of others) assert.equal(other, first);
  assert.equal([first.states, first.actions, first.names], [3, 2, { states: ["a", "b", "c"] }]);
});

for (const [start, expected] of [
  ["", [1 / 3, 1 / 3, 1 / 3]],
  ["start: uniform", [1 / 3, 1 / 3, 1 / 3]],
  ["start: 0.2 0.3 0.5", [0.2, 0.3, 0.5]],
  ["start:\n2e-1\n0.3 5.e-1", [0.2, 0.3, 0.5]],
  ["start: b", [0, 1, 0]],
  ["start: 2", [0, 0, 1]],
  ["start include: a c", [0.5, 0, 0.5]],
  ["start include : 1 a", [0.5, 0.5, 0]],
  ["start exclude: a", [0, 0.5, 0.5]],
  ["start exclude: 0 1", [0, 0, 1]],
] as const)
  test(`reads ${JSON.stringify(start)}`, () => {
    assert.equal([...read({ start }).initial], expected);
  });

test("names may be numbers in order, and begin with digits", () => {
  assert.equal(read({ states: "states: 0 1 2" }).names, undefined);
  assert.equal(read({ states: "states: 1st 2nd 3rd" }).names, { states: ["1st", "2nd", "3rd"] });
});

test("one state has a vector of one", () => {
  assert.equal([...read({ states: "states: 1", start: "start: 1.0" }).initial], [1]);
  assert.equal([...read({ states: "states: 1", start: "start: 0" }).initial], [1]);
});

for (const [changes, message] of [
  [{ states: "states: 0" }, /^line 2: expected a number of states ≥ 1 or their names, got 0$/],
  [{ states: "states: 2.5" }, /^line 2: expected a number of states ≥ 1 or their names, got 2.5$/],
  [{ states: "states: a a" }, /^line 2: expected states of different names, got a$/],
  [{ states: "states: a 7" }, /^line 2: expected a name of one of the states, .* got 7$/],
  [{ states: "states: a uniform" }, /^line 2: expected a name of one of the states, .* got uniform$/],
  [{ states: "states:" }, /^line 3: expected a number of states or their names, got actions$/],
  [{ states: "states a b" }, /^line 2: expected a colon after states, got a$/],
  [{ states: "states: a b\nstates: 2" }, /^line 3: expected states once, got states$/],
  [{ states: "" }, /^line 4: expected states: before the tables, got T$/],
  [{ observations: "" }, /^line 5: expected observations: before the tables, got O$/],
  [{ discount: "" }, /^line 4: expected discount: before the tables, got T$/],
  [{ discount: "discount: 1.5" }, /^line 1: expected a discount between 0 and 1, got 1.5$/],
  [{ discount: "discount: x" }, /^line 1: expected a discount between 0 and 1, got x$/],
  [{ values: "values: gain" }, /^line 5: expected reward or cost, got gain$/],
  [{ start: "start: d" }, /^line 5: expected one of the states a, b, c, got d$/],
  [{ start: "start: 3" }, /^line 5: expected one of the states a, b, c, got 3$/],
  [{ start: "start: 0.5 0.5" }, /^line 5: expected 3 probabilities after start, one for each state, got 2$/],
  [{ start: "start: 0.5 0.5 b" }, /^line 5: expected a probability in \[0, 1\], got b$/],
  [
    { start: "start: 0.5 0.4 0" },
    /^line 5: expected a start of probabilities that sum to 1 within 0.00001, got a sum of 0.9$/,
  ],
  [{ start: "start exclude: a b c" }, /^line 5: expected a state that is not excluded, got none$/],
  [{ start: "start:" }, /^line 5: expected states or probabilities after start, got none$/],
  [{ start: "start include a" }, /^line 5: expected a colon after start include, got a$/],
  [
    { start: "begin: a" },
    /^line 5: expected discount, values, .*, T, O or R after the numbers of observations, got begin$/,
  ],
] as [Parameters<typeof read>[0], RegExp][])
  test(`refuses ${message}`, () => {
    assert.throws(() => read(changes), message);
  });

test.run();
