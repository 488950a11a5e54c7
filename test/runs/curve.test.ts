import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type Curve,
  interquartileCurve,
  lastSteps,
  learningCurve,
  median,
  curveOf as quantityCurve,
  resample,
  returnAt,
  smooth,
} from "../../src/runs/curve.ts";
import { episodesOf } from "../helpers/episodes.ts";
import { messageOf } from "../helpers/folder.ts";

const curveOf = (...points: readonly (readonly [steps: number, value: number])[]): Curve =>
  points.map(([steps, value]) => ({ steps, return: value }));

test("a learning curve leaves out the episode that was cut short, unless it is the only one", () => {
  const [first, second] = episodesOf([5, 6]);
  const cut = { ...second, truncated: false };
  assert.equal(learningCurve([first, cut]), curveOf([10, 5]));
  assert.equal(learningCurve([cut]), curveOf([20, 6]));
  assert.equal(learningCurve([]), []);
  assert.is(lastSteps(learningCurve([])), 0);
});

test("between two points a return lies on their line, outside it stays", () => {
  const curve = curveOf([10, 0], [20, 10], [40, -10]);
  const expected = [
    [0, 0],
    [10, 0],
    [15, 5],
    [20, 10],
    [30, 0],
    [40, -10],
    [99, -10],
  ];
  for (const [steps, value] of expected) assert.is(returnAt(curve, steps), value);
});

test("smoothing keeps a straight line, its ends and the places of the points", () => {
  const line = curveOf([1, 1], [2, 2], [3, 3], [4, 4], [5, 5]);
  assert.equal(smooth(line, 2), line);
  const peak = smooth(curveOf([1, 0], [2, 9], [3, 0], [4, 0]), 1);
  assert.equal(peak, curveOf([1, 0], [2, 3], [3, 3], [4, 0]));
});

test("resampling takes the ends of equal parts", () => {
  assert.equal(resample(curveOf([0, 0], [10, 10]), 5), [2, 4, 6, 8, 10]);
});

test("the interquartile mean of curves is taken where all of them are, with its interval", () => {
  const curves = [
    curveOf([0, 0], [10, 10]),
    curveOf([2, 4], [8, 4]),
    curveOf([0, 9], [10, 9]),
    curveOf([0, -50], [10, -50]),
  ];
  const band = interquartileCurve(curves, 3);
  assert.equal(
    band.map((point) => [point.steps, point.return]),
    [
      [2, 3],
      [5, 4.5],
      [8, 6],
    ],
  );
  for (const point of band) assert.ok(point.low < point.return && point.return < point.high);
  assert.equal(interquartileCurve([curveOf([0, 0], [1, 1]), curveOf([2, 2], [3, 3])], 3), []);
});

test("a quantity of episodes is drawn where it is a number", () => {
  const [first, second, third] = episodesOf([1, 2, 3]);
  const errors = [first, { ...second, modelError: Number.NaN }, { ...third, modelError: 4 }];
  assert.equal(
    quantityCurve(errors, ({ modelError }) => modelError),
    curveOf([10, 0.25], [30, 4]),
  );
});

test("the median is the middle value, or the mean of the two in the middle", async () => {
  assert.is(median([10, 9, 100]), 10);
  assert.is(median([4, 1, 3, 2]), 2.5);
  assert.is(await messageOf(() => median([])), "values: expected one or more, got none");
});

test.run();
