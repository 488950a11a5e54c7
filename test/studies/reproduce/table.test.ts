import { test } from "uvu";
import * as assert from "uvu/assert";
import { jsonLines, markdown, quantile, type Row, rowsOf, worst } from "../../../studies/reproduce/table.ts";

const results = [
  { task: "cart", seed: 2, figures: { "steps to 475": Infinity, "planner return": -2.5 } },
  { task: "cart", seed: 10, figures: { "steps to 475": 900, "planner return": -1 } },
  { task: "cart", seed: 1, figures: { "steps to 475": 700, "planner return": -10.12345 } },
  { task: "habit", seed: 1, figures: { "time, µs": 1.5 } },
];

test("quantiles are linear between the neighbours in order of size", () => {
  assert.is(quantile([10, 2, 9], 0.5), 9);
  assert.is(quantile([4, 1, 2, 3], 0.5), 2.5);
  assert.is(quantile([4, 1, 2, 3], 0.25), 1.75);
  assert.is(quantile([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 0.75), 75);
  assert.is(quantile([7], 0.25), 7);
  assert.equal([quantile([3, 1, 2], 0), quantile([3, 1, 2], 1)], [1, 3]);
});

test("a quantile is infinite as soon as an infinite neighbour has a part in it, and no sooner", () => {
  assert.is(quantile([1, 2, Infinity], 0.5), 2);
  assert.is(quantile([1, Infinity], 0.5), Infinity);
  assert.is(quantile([Infinity, Infinity, Infinity, 1], 0.75), Infinity);
  assert.ok(Number.isNaN(quantile([], 0.5)));
});

test("leaves the values as they came", () => {
  const values = [3, 1, 2];
  quantile(values, 0.5);
  assert.equal(values, [3, 1, 2]);
});

test("a row is a metric of a task over its seeds, in the order of tasks, metrics and seeds", () => {
  assert.equal(rowsOf(results, ["habit", "cart", "never run"]), [
    { task: "habit", metric: "time, µs", values: [1.5], median: 1.5, quartiles: [1.5, 1.5] },
    {
      task: "cart",
      metric: "steps to 475",
      values: [700, Infinity, 900],
      median: 900,
      quartiles: [800, Infinity],
    },
    {
      task: "cart",
      metric: "planner return",
      values: [-10.12345, -2.5, -1],
      median: -2.5,
      quartiles: [-6.311725, -1.75],
    },
  ]);
});

test("a metric that a seed does not have counts the others", () => {
  const [row] = rowsOf([...results, { task: "habit", seed: 2, figures: {} }], ["habit"]);
  assert.equal(row.values, [1.5]);
});

test("the worst is the lowest return, episode, share of success or R², and the highest of all else", () => {
  const row = (metric: string): Row => ({
    task: "",
    metric,
    values: [2, 1, 3],
    median: 2,
    quartiles: [1, 3],
  });
  for (const metric of [
    "planner return",
    "habit's worst episode",
    "success, 50 mazes",
    "cue first, 50 mazes",
    "R² of ω",
  ])
    assert.is(worst(row(metric)), 1);
  for (const metric of [
    "steps to −200",
    "time, µs",
    "habit below planner",
    "trials to upright",
    "R² of the distractors",
  ])
    assert.is(worst(row(metric)), 3);
});

test("the table is Markdown with even columns, and tells how many seeds got there", () => {
  assert.is(
    markdown(rowsOf(results, ["cart", "habit"])),
    [
      "| task  | metric         | median |      quartiles |  worst |  seeds |",
      "| ----- | -------------- | -----: | -------------: | -----: | -----: |",
      "| cart  | steps to 475   |    900 |        800 … ∞ |      ∞ | 2 of 3 |",
      "| cart  | planner return |   −2.5 | −6.312 … −1.75 | −10.12 |      3 |",
      "| habit | time, µs       |    1.5 |      1.5 … 1.5 |    1.5 |      1 |",
    ].join("\n"),
  );
});

test("JSON has one object a row, null where something was not reached", () => {
  const lines = jsonLines(rowsOf(results, ["cart", "habit"])).split("\n");
  assert.equal(JSON.parse(lines[0]), {
    task: "cart",
    metric: "steps to 475",
    values: [700, null, 900],
    median: 900,
    quartiles: [800, null],
  });
  assert.is(lines.length, 3);
});

test.run();
