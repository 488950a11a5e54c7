import { test } from "uvu";
import * as assert from "uvu/assert";
import { valueBoundsOf } from "../../../src/agent/observed/readiness.ts";
import type { ObservedState } from "../../../src/agent/observed/state.ts";
import { referenceOf, worthLeftOut } from "../../../src/learning/level.ts";
import { live, smallAgent } from "../../helpers/smallAgent.ts";

const stateOf = ({ state }: { readonly state: object }) => state as ObservedState;

test("the first observation and the first reward are what later ones are counted from, in f64", async () => {
  const { agent } = await smallAgent("pendulum");
  const transition = {
    observation: [1e9 + 0.25, 0, -1e12],
    action: [0],
    reward: 1e9,
    nextObservation: [1e9 + 0.5, 0, -1e12 + 1],
    terminated: false,
    truncated: false,
  };
  agent.remember(transition);
  agent.remember({ ...transition, observation: [1e9 + 0.75, 1, -1e12 + 3], reward: 1e9 + 0.125 });
  const { experience, origin, level, counts } = stateOf(agent);
  assert.equal(origin.counts, [1e9 + 0.25, 0, -1e12]);
  assert.is(level.counts.first, 1e9);
  const [first, second] = [0, 1].map((row) => [...experience.table.subarray(row * 9, row * 9 + 9)]);
  assert.equal(first, [0, 0, 0, 0, 0.25, 0, 1, 0, 0]);
  assert.equal(second, [0.5, 1, 3, 0, -0.25, -1, -2, 0.125, 0]);
  assert.equal([counts.rewardLow, counts.rewardHigh], [1e9, 1e9 + 0.125]);
});

test("at the first end all values become those of rewards counted from 0, the running plan's too", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  live(agent, environment, 60);
  const { level, valueLessons, model } = stateOf(agent);
  const worth = worthLeftOut(level);
  assert.ok(worth < -50);
  const [before] = valueLessons.table.subarray(3, 4);
  const shift = model.statistics.value.shift[0];
  const { observation } = environment.reset({ seed: 9 });
  agent.reset();
  const action = agent.act(observation, { explore: true });
  const { value = 0 } = agent.explain().plan ?? {};
  const rows = valueLessons.counts.rows;
  const step = environment.step(action);
  agent.remember({ ...step, observation, action, nextObservation: step.observation, terminated: true });
  assert.is(level.counts.isOpen, false);
  assert.is(worthLeftOut(level), 0);
  const close = (actual: number, expected: number) =>
    assert.ok(Math.abs(actual - expected) < 1e-4 * Math.abs(expected), `${actual}, ${expected}`);
  close(valueLessons.table[3], before + worth);
  close(model.statistics.value.shift[0], shift + worth);
  // what was explained is what the lesson says
  assert.is(valueLessons.counts.rows, rows + 1);
  close(valueLessons.table[4 * rows + 3], value);
});

test("what simulated rewards and values are kept within follows what rewards count as", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  live(agent, environment, 60);
  const state = stateOf(agent);
  const steps = 1 / (1 - agent.options.discount);
  // the range of what rewards were so far, and three tenths of their spread beyond
  const bounds = valueBoundsOf(state);
  const { rewardLow, rewardHigh } = state.counts;
  const spread = bounds[1] - bounds[0] - (rewardHigh - rewardLow) * steps;
  // rounded to f32
  assert.ok(spread > 0 && spread < 0.6001 * (rewardHigh - rewardLow) * steps, `${bounds}`);
  assert.ok(bounds[0] < (rewardLow - referenceOf(state.level)) * steps, `${bounds}`);
  const transition = {
    ...{ observation: [1, 0, 0], action: [0], nextObservation: [1, 0, 0] },
    ...{ terminated: false, truncated: false },
  };
  agent.learn({ ...transition, reward: -1e6 });
  const { mean, count, squares } = state.experience.counts.continuing;
  const std = Math.sqrt(squares / count);
  // eight deviations below the mean, and three tenths of the range beyond
  const [low, high] = valueBoundsOf(state);
  const [least, most] = [state.level.counts.first + mean - 8 * std, state.counts.rewardHigh];
  const margin = 0.3 * Math.min(most - least, 8 * std);
  const expected = (least - margin - referenceOf(state.level)) * steps;
  assert.ok(Math.abs(low - expected) < 1e-6 * Math.abs(expected), `${low}, ${expected}`);
  assert.ok(Math.abs(high - (most + margin - referenceOf(state.level)) * steps) < 1e-6 * Math.abs(high));
  // a promise counts in full
  agent.learn({ ...transition, reward: 1e6 });
  assert.ok(valueBoundsOf(state)[1] > 1e6 * steps);
  // an end is worth nothing, and its reward counts as it is
  agent.learn({ ...transition, reward: -1e7, terminated: true });
  assert.ok(valueBoundsOf(state)[0] < -1e7 * steps);
});

test("values have no bounds where information counts as well, or nothing is discounted", async () => {
  for (const options of [{ informationWeight: 1 }, { discount: 1 }]) {
    const { agent, environment } = await smallAgent("pendulum", options);
    live(agent, environment, 30);
    assert.equal(valueBoundsOf(stateOf(agent)), [0, 0]);
  }
});

test.run();
