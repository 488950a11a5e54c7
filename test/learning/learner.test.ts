import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { mlpPredictRow, widestHidden } from "../../src/core/mlp.ts";
import { pad4 } from "../../src/core/tiles.ts";
import { box, discrete } from "../../src/environments/environment.ts";
import {
  allocateExperience,
  appendRow,
  changeColumns,
  deviation,
  type Experience,
  stateColumns,
} from "../../src/learning/experience.ts";
import {
  allocateLearner,
  distil,
  type Learner,
  type LearnerSettings,
  learnDynamics,
  rescaleValue,
  valueScale,
} from "../../src/learning/learner.ts";
import { allocateLessons, appendLesson, type Lessons } from "../../src/learning/lessons.ts";
import { actionCoding } from "../../src/models/actionCoding.ts";
import { allocateModel, type GenerativeModel, initialiseModel } from "../../src/models/generativeModel.ts";
import type { Network } from "../../src/models/network.ts";
import { refreshRewardScales, refreshStatistics } from "../../src/models/statistics.ts";
import { average, type Rows, randomRow, randomRows } from "../reference/arrays.ts";
import { crossEntropy } from "../reference/density.ts";
import { maxAbsError, mulberry32 } from "../reference.ts";

const core = await createCore({ bytes: 1 << 22 });
const coding = actionCoding(box([-1], [1]), 7);
const defaults = { batch: 64, learningRate: 3e-3, weightDecay: 0, valueRate: 0.01 };

/** An untrained model of two coordinates and its learner. */
function untrained(settings: Partial<LearnerSettings> = {}, hidden = [16], actions = coding) {
  const model = allocateModel(core, {
    observationSize: 2,
    coding: actions,
    members: 2,
    hidden,
    activation: "silu",
  });
  initialiseModel(core, model, [1, 2]);
  return { model, learner: allocateLearner(core, model, { ...defaults, ...settings }, [1, 2]) };
}

/** The outputs of a network for one row of inputs. */
function predict({ widths, shape, members }: Network, x: readonly number[], member = 0): number[] {
  return core.scope(() => {
    const outputs = widths[widths.length - 1];
    const hidden = core.f32(2 * widestHidden(widths));
    const out = core.f32(pad4(outputs));
    return [...mlpPredictRow(core, out, core.f32(x), hidden, members[member], shape).subarray(0, outputs)];
  });
}

const parametersOf = ({ dynamics, habit, value, slowValue }: GenerativeModel) =>
  [dynamics, habit, value, slowValue].map(({ parameters }) => [...parameters]);

/** What the networks see of a state. */
const normalised = ({ statistics }: GenerativeModel, x: readonly number[]) =>
  x.map((value, d) => (value - statistics.inputShift[d]) * statistics.inputScale[d]);

/** V(x) of the value and of what follows it, in units of return. */
function valuesOf(model: GenerativeModel, learner: Learner, states: Rows): number[] {
  return [model.value, model.slowValue].flatMap((network) =>
    states.map((x) => valueScale(learner) * predict(network, normalised(model, x))[0]),
  );
}

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
      for (let i = 0; i < 20; i++) distil(core, learner, model, lessons);
      const before = valuesOf(model, learner, states);
      rescaleValue(core, learner, model, lessons);
      const after = valuesOf(model, learner, states);
      assert.ok(Math.max(...before.map(Math.abs)) > 1e-3);
      // every parameter of the last layer is rounded once more, and so is the scale
      const rounding = 8 * 2 ** -24 * Math.max(...before.map(Math.abs));
      assert.ok(maxAbsError(after, before) < rounding);
      const size = Math.sqrt(average(values.map((value) => value * value)));
      assert.ok(Math.abs(valueScale(learner) / size - 1) < 1e-6);
      // a second time nothing is left to do
      const parameters = parametersOf(model);
      rescaleValue(core, learner, model, lessons);
      parametersOf(model).forEach((now, i) => {
        assert.ok(maxAbsError(now, parameters[i]) < 1e-6);
      });
    });
  });

test("without lessons the value's unit stays 1; of worthless ones it is 1/1000", () => {
  core.scope(() => {
    const { model, learner } = untrained();
    const lessons = allocateLessons(core, 2, 7, 8);
    const before = parametersOf(model);
    rescaleValue(core, learner, model, lessons);
    assert.equal(parametersOf(model), before);
    assert.is(valueScale(learner), 1);
    appendLesson(lessons, new Float32Array(2), new Float32Array(7), 0);
    rescaleValue(core, learner, model, lessons);
    assert.ok(Math.abs(valueScale(learner) - 1e-3) < 1e-9);
  });
});

test("distilling brings habit and value to the lessons", () => {
  core.scope(() => {
    const { model, learner } = untrained();
    const { lessons, states, labels, values } = taughtLessons();
    rescaleValue(core, learner, model, lessons);
    const measure = () => ({
      crossEntropy: average(
        states.map((x, i) => crossEntropy(predict(model.habit, normalised(model, x)), labels[i])),
      ),
      valueError: Math.sqrt(
        average(valuesOf(model, learner, states).map((v, i) => (v - values[i % values.length]) ** 2)),
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

/** The world of the tests: x' = x + A x + b a, worth c x + a; beyond x_0 = 0.7 it ends, worth 50 + 5 x_1. */
const world = {
  change: ([x, y]: readonly number[], a: number) => [0.3 * y - 0.1 * x + 0.05 * a, 0.2 * a - 0.1 * y],
  ends: ([x]: readonly number[]) => x > 0.7,
  reward: (state: readonly number[], a: number) =>
    world.ends(state) ? 50 + 5 * state[1] : 0.5 * state[0] - state[1] + a,
};

/** Experience of the world at random states, with the scales that follow from it. */
function lived({ statistics }: GenerativeModel, count: number, ends = world.ends): Experience {
  const experience = allocateExperience(core, 2, 1, count);
  const random = mulberry32(9);
  for (let i = 0; i < count; i++) {
    const [x, y, a] = randomRow(random, 3);
    const terminated = ends([x, y]);
    const reward = terminated ? world.reward([x, y], a) : 0.5 * x - y + a;
    const row = appendRow(experience, { reward, terminated });
    row.set([x, y, a, ...world.change([x, y], a), reward, Number(terminated)]);
  }
  refreshStatistics(
    core,
    statistics,
    { state: stateColumns(experience), change: changeColumns(experience) },
    count,
  );
  const moments = ({ continuing, ending }: Experience["counts"]) =>
    [continuing, ending].map((of) => ({ mean: of.mean, std: deviation(of) }));
  const [continuing, ending] = moments(experience.counts);
  refreshRewardScales(statistics, continuing, ending);
  return experience;
}

/** What a member says of a state and an action, in the world's units. */
function prophecy(model: GenerativeModel, member: number, x: readonly number[], a: number) {
  const { targetShift, targetScale, ending } = model.statistics;
  const head = predict(model.dynamics, [...normalised(model, x), a], member);
  const [m0, m1, r] = head.slice(0, 3).map((m, d) => m / targetScale[d] + targetShift[d]);
  const pEnd = 1 / (1 + Math.exp(-head[6]));
  return { change: [m0, m1], reward: r, pEnd, brought: head[7] / ending.scale[0] + ending.shift[0] };
}

test("the dynamics learn a linear world, where it ends, and what an ending brings", () => {
  core.scope(() => {
    const { model, learner } = untrained();
    const experience = lived(model, 500);
    const errors: number[] = [];
    for (let i = 0; i < 800; i++) errors.push(learnDynamics(core, learner, model, experience));
    // in standard deviations of the targets; untrained it is about 1
    assert.ok(errors[0] > 0.5);
    assert.ok(average(errors.slice(-20)) < 0.1, `${average(errors.slice(-20))}`);
    const random = mulberry32(77);
    for (const member of [0, 1])
      for (let i = 0; i < 50; i++) {
        const [x, y, a] = randomRow(random, 3, -0.9, 0.9);
        // the edge itself is learned less sharply
        if (Math.abs(x - 0.7) < 0.15) continue;
        const said = prophecy(model, member, [x, y], a);
        assert.ok(maxAbsError(said.change, world.change([x, y], a)) < 0.05);
        const hasEnded = world.ends([x, y]);
        assert.is(said.pEnd > 0.5, hasEnded);
        if (hasEnded) assert.ok(Math.abs(said.brought - world.reward([x, y], a)) < 3, `${said.brought}`);
        else assert.ok(Math.abs(said.reward - world.reward([x, y], a)) < 0.2, `${said.reward}`);
      }
  });
});

test("members learn from different batches, the same ones for the same seed", () => {
  const run = (seed: [number, number]) =>
    core.scope(() => {
      const { model } = untrained();
      model.dynamics.members[1].set(model.dynamics.members[0]);
      const learner = allocateLearner(core, model, defaults, seed);
      const experience = lived(model, 100);
      for (let i = 0; i < 3; i++) learnDynamics(core, learner, model, experience);
      return model.dynamics.members.map((member) => [...member]);
    });
  const [first, second] = run([1, 2]);
  assert.ok(maxAbsError(first, second) > 1e-4);
  assert.equal(run([1, 2]), [first, second]);
  assert.not.equal(run([3, 2])[0], first);
});

test("as long as nothing has ended, the outputs that speak of endings are not touched", () => {
  core.scope(() => {
    const { model, learner } = untrained({}, []);
    const experience = lived(model, 100, () => false);
    const said = () => [0, 1].map((member) => predict(model.dynamics, [0.3, -0.2, 0.5], member));
    const before = said();
    for (let i = 0; i < 5; i++) learnDynamics(core, learner, model, experience);
    said().forEach((head, member) => {
      assert.equal(head.slice(6), before[member].slice(6));
      assert.ok(maxAbsError(head.slice(0, 6), before[member].slice(0, 6)) > 1e-3);
    });
  });
});

test("a rare ending is visited often: an eighth of every batch", () => {
  core.scope(() => {
    const { model, learner } = untrained();
    let seen = 0;
    // the 900th of 1000 rows ends the world
    const experience = lived(model, 1000, () => ++seen === 900);
    learnDynamics(core, learner, model, experience);
    assert.equal([...listedRows(learner)], new Array(8).fill(899));
    assert.ok(average(learner.ended) * 4 * learner.settings.batch >= 8);
  });
});

/** The rows of the last batch that were drawn from the list. */
function listedRows({ indices }: Learner): Uint32Array {
  return indices.subarray((indices.length * 7) / 8);
}

test("when the only ending has been forgotten, batches are drawn from all rows again", () => {
  core.scope(() => {
    const { model, learner } = untrained();
    const experience = lived(model, 64, ([x, y]) => x > 0.5 && y > 0.5);
    assert.ok(experience.counts.listed > 0);
    for (let i = 0; i < 64; i++) {
      const row = appendRow(experience, { reward: 0, terminated: false });
      row.fill(0);
    }
    assert.is(experience.counts.listed, 0);
    assert.ok(Number.isFinite(learnDynamics(core, learner, model, experience)));
    assert.ok(new Set(listedRows(learner)).size > 1);
    assert.ok(learner.ended.every((ended) => ended === 0));
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
