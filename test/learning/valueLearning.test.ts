/** What is learned from lessons: habit (`src/learning/learner.ts`), value and its unit (`valueLearning.ts`). */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { discrete } from "../../src/environments/environment.ts";
import { distil as distilHabit, type Learner } from "../../src/learning/learner.ts";
import { allocateLessons, appendLesson, type Lessons } from "../../src/learning/lessons.ts";
import { learnValue, rescaleValue } from "../../src/learning/valueLearning.ts";
import { actionCoding } from "../../src/models/actionCoding.ts";
import type { GenerativeModel } from "../../src/models/generativeModel.ts";
import { core, normalised, predict, untrained } from "../helpers/untrained.ts";
import { average, type Rows, randomRows } from "../reference/arrays.ts";
import { crossEntropy } from "../reference/density.ts";
import { maxAbsError, mulberry32 } from "../reference/kernels.ts";

const parametersOf = ({ dynamics, habit, value, slowValue }: GenerativeModel) =>
  [dynamics, habit, value, slowValue].map(({ parameters }) => [...parameters]);

/** One update of habit and value on the same lessons. */
function distil(_: typeof core, learner: Learner, model: GenerativeModel, lessons: Lessons): number {
  const loss = distilHabit(core, learner, model, lessons);
  learnValue(core, learner, model, lessons);
  return loss;
}

/** V(x) of the value and of what follows it, in units of return. */
function valuesOf(model: GenerativeModel, states: Rows): number[] {
  const { shift, scale } = model.statistics.value;
  return [model.value, model.slowValue].flatMap((network) =>
    states.map((x) => shift[0] + (scale[0] > 0 ? predict(network, normalised(model, x))[0] / scale[0] : 0)),
  );
}

const unitOf = ({ statistics }: GenerativeModel) => 1 / statistics.value.scale[0];

/** Lessons of states x whose action lies in bin 1 where x_0 < 0 and in bin 5 elsewhere, worth 30 − 20 x_1. */
function taughtLessons(count = 200): { lessons: Lessons; states: Rows; labels: Rows; values: number[] } {
  const states = randomRows(mulberry32(4), count, 2);
  const labels = states.map(([x]) => [0, 1, 2, 3, 4, 5, 6].map((k) => Number(k === (x < 0 ? 1 : 5))));
  const values = states.map(([, y]) => 30 - 20 * y);
  const lessons = allocateLessons(core, 2, 7, count);
  states.forEach((x, i) => {
    appendLesson(lessons, Float32Array.from(x), Float32Array.from(labels[i]), values[i]);
  });
  return { lessons, states, labels, values };
}

for (const hidden of [[], [16], [9, 6]])
  test(`rescaleValue leaves the value's function and its follower's unchanged, hidden [${hidden}]`, () => {
    core.scope(() => {
      const { model, learner } = untrained({}, hidden);
      const { lessons, states, values } = taughtLessons();
      model.statistics.value.scale[0] = 1;
      for (let i = 0; i < 20; i++) distil(core, learner, model, lessons);
      const before = valuesOf(model, states);
      rescaleValue(core, learner, model, lessons, 1);
      const after = valuesOf(model, states);
      assert.ok(Math.max(...before.map(Math.abs)) > 1e-3);
      // every parameter of the last layer is rounded once more, and so are shift and scale; outputs are a few units large
      const rounding = 16 * 2 ** -24 * Math.max(...values.map(Math.abs));
      assert.ok(maxAbsError(after, before) < rounding);
      const mean = average(values);
      const size = Math.sqrt(average(values.map((value) => (value - mean) ** 2)));
      assert.ok(Math.abs(unitOf(model) / size - 1) < 1e-6);
      assert.ok(Math.abs(model.statistics.value.shift[0] - mean) < 1e-5);
      // a second time nothing is left to do
      const parameters = parametersOf(model);
      rescaleValue(core, learner, model, lessons, 1);
      parametersOf(model).forEach((now, i) => {
        assert.ok(maxAbsError(now, parameters[i]) < 1e-6);
      });
    });
  });

test("without lessons the value has no unit; nor have equal values before anything was gained: the value is theirs", () => {
  core.scope(() => {
    const { model, learner } = untrained();
    const lessons = allocateLessons(core, 2, 7, 8);
    const before = parametersOf(model);
    rescaleValue(core, learner, model, lessons, 0);
    assert.equal(parametersOf(model), before);
    for (let i = 0; i < 3; i++) appendLesson(lessons, new Float32Array(2), new Float32Array(7), 7);
    rescaleValue(core, learner, model, lessons, 0);
    assert.equal(parametersOf(model), before);
    assert.is(model.statistics.value.scale[0], 0);
    assert.equal(valuesOf(model, [[3, -1]]), [7, 7]);
  });
});

test("what differs by less than a thousandth of the unit of returns is the same; the first unit keeps the networks", () => {
  core.scope(() => {
    const { model, learner } = untrained();
    const lessons = allocateLessons(core, 2, 7, 8);
    for (const value of [5, 5 + 1e-5]) appendLesson(lessons, new Float32Array(2), new Float32Array(7), value);
    const weights = model.value.parameters.slice(0, -4);
    rescaleValue(core, learner, model, lessons, 200);
    assert.ok(Math.abs(unitOf(model) - 0.2) < 1e-6);
    assert.equal(model.value.parameters.slice(0, -4), weights);
    // what they were is the output's size at first, in units
    assert.ok(valuesOf(model, [[1, -1]]).every((value) => Math.abs(value - 5) < 0.2));
  });
});

test("distilling brings habit and value to the lessons", () => {
  core.scope(() => {
    const { model, learner } = untrained();
    const { lessons, states, labels, values } = taughtLessons();
    rescaleValue(core, learner, model, lessons, 1);
    const measure = () => ({
      crossEntropy: average(
        states.map((x, i) => crossEntropy(predict(model.habit, normalised(model, x)), labels[i])),
      ),
      valueError: Math.sqrt(
        average(valuesOf(model, states).map((v, i) => (v - values[i % values.length]) ** 2)),
      ),
    });
    const first = measure();
    // almost flat over 7 bins
    assert.ok(Math.abs(first.crossEntropy - Math.log(7)) < 0.05);
    const told: number[] = [];
    for (let i = 0; i < 400; i++) told.push(distil(core, learner, model, lessons));
    const last = measure();
    assert.ok(last.crossEntropy < 0.3 * first.crossEntropy);
    assert.ok(last.valueError < 0.3 * first.valueError);
    // what it tells is the cross-entropy of its batches
    assert.ok(Math.abs(told[0] - first.crossEntropy) < 0.1);
    assert.ok(Math.abs(average(told.slice(-20)) - last.crossEntropy) < 0.1);
  });
});

for (const valueRate of [0, 0.25, 1])
  test(`the slow value moves the share ${valueRate} of the way to the value`, () => {
    core.scope(() => {
      const { model, learner } = untrained({ valueRate });
      const { lessons } = taughtLessons();
      const before = [...model.slowValue.parameters];
      distil(core, learner, model, lessons);
      const expected = before.map((value, i) => value + valueRate * (model.value.parameters[i] - value));
      assert.ok(maxAbsError(model.slowValue.parameters, expected) < 1e-6);
      assert.ok(maxAbsError(model.value.parameters, before) > 1e-3);
    });
  });

test("choices are distilled as well: one group of as many bins as actions", () => {
  core.scope(() => {
    const { model, learner } = untrained({}, [16], actionCoding(discrete(3), 7));
    const lessons = allocateLessons(core, 2, 3, 100);
    for (const [x, y] of randomRows(mulberry32(1), 100, 2))
      appendLesson(lessons, Float32Array.of(x, y), Float32Array.of(0, Number(x < y), Number(x >= y)), 1);
    for (let i = 0; i < 300; i++) distil(core, learner, model, lessons);
    assert.ok(
      predict(model.habit, [-0.5, 0.5]).indexOf(Math.max(...predict(model.habit, [-0.5, 0.5]))) === 1,
    );
    assert.ok(
      predict(model.habit, [0.5, -0.5]).indexOf(Math.max(...predict(model.habit, [0.5, -0.5]))) === 2,
    );
  });
});
test.run();
