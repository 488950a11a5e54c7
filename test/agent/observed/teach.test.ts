import { test } from "uvu";
import * as assert from "uvu/assert";
import type { ObservedState } from "../../../src/agent/observed/state.ts";
import { PLANS_PER_END, teach } from "../../../src/agent/observed/teach.ts";
import { rowOf } from "../../../src/core/table.ts";
import { live, smallAgent } from "../../helpers/smallAgent.ts";

const stateOf = ({ state }: { readonly state: object }) => state as ObservedState;

/** The newest lessons of the value, from the oldest of them on. */
function newestLessons({ valueLessons }: ObservedState, count: number): number[][] {
  const { rows } = valueLessons.counts;
  return Array.from({ length: count }, (_, i) => [...rowOf(valueLessons, rows - count + i)]);
}

test("one lesson of the value in eight is an end: where it was, and the reward that came with it", async () => {
  const { agent, environment } = await smallAgent("cartpole", { valueLessons: 10_000 });
  live(agent, environment, 80);
  const state = stateOf(agent);
  const { experience, model, work, counts } = state;
  const { D, A, terminals } = experience;
  const ends = terminals.counts.rows;
  assert.ok(ends > 1, `${ends}`);
  model.statistics.value.shift[0] = 50;
  counts.taught = 0;
  const label = new Float32Array(model.sizes.coding.labels);
  const rounds = 2 * ends;
  for (let plan = 0; plan < rounds * PLANS_PER_END; plan++) teach(state, work.end.fill(plan), label, 40);
  const lessons = newestLessons(state, rounds * (PLANS_PER_END + 1));
  lessons.forEach((lesson, i) => {
    const round = Math.floor(i / (PLANS_PER_END + 1));
    if (i % (PLANS_PER_END + 1) < PLANS_PER_END) {
      assert.equal(lesson, [...new Array(D).fill(i - round), 40]);
      return;
    }
    // each end comes twice
    const row = rowOf(experience, terminals.list[(round + 1) % ends]);
    const end = Float32Array.from({ length: D }, (_, d) => row[d] + row[D + A + d]);
    assert.equal(lesson, [...end, 1], `end ${round}`);
  });
});

test("an end that is worth more than the mean value is no lesson: values beside a goal are not those of the goal", async () => {
  const { agent, environment } = await smallAgent("cartpole", { valueLessons: 10_000 });
  live(agent, environment, 80);
  const state = stateOf(agent);
  state.model.statistics.value.shift[0] = 0.5;
  const { rows } = state.valueLessons.counts;
  const label = new Float32Array(state.model.sizes.coding.labels);
  for (let plan = 0; plan < 20; plan++) teach(state, state.work.end, label, 0.5);
  assert.is(state.valueLessons.counts.rows, rows + 20);
});

test("where nothing ends, lessons are plans alone", async () => {
  const { agent, environment } = await smallAgent("pendulum", { valueLessons: 10_000 });
  live(agent, environment, 80);
  const { lessons, valueLessons } = stateOf(agent);
  assert.ok(valueLessons.counts.rows > PLANS_PER_END);
  assert.ok(lessons.counts.rows >= valueLessons.counts.rows || lessons.counts.rows === lessons.capacity);
  const newest = stateOf(agent).counts.taught;
  assert.is(valueLessons.counts.rows, newest);
});

test("a plan whose numbers went beyond f32 teaches nothing", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  live(agent, environment, 60);
  const state = stateOf(agent);
  const before = [state.lessons.counts.rows, state.valueLessons.counts.rows, state.counts.taught];
  const label = new Float32Array(state.model.sizes.coding.labels);
  for (const value of [Number.NaN, Infinity]) teach(state, state.work.end, label, value);
  assert.equal([state.lessons.counts.rows, state.valueLessons.counts.rows, state.counts.taught], before);
});

test.run();
