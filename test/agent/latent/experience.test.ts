import { test } from "uvu";
import * as assert from "uvu/assert";
import { forgetLevel, storeStep, valuedOf } from "../../../src/agent/latent/experience.ts";
import { createLatentState, type LatentState } from "../../../src/agent/latent/state.ts";
import { type LatentSettings, resolveOptions } from "../../../src/agent/options.ts";
import { rowOf } from "../../../src/core/table.ts";
import { box } from "../../../src/index.ts";
import { worthLeftOut } from "../../../src/learning/level.ts";
import { small } from "../../helpers/smallLatentAgent.ts";

const spaces = { observationSpace: box([-1e18, -1e18], [1e18, 1e18]), actionSpace: box([-1], [1]) };

const make = () =>
  createLatentState(spaces, resolveOptions({ ...small, discount: 0.9 }, spaces) as LatentSettings);

interface Step {
  readonly seen: readonly [number, number];
  readonly reward?: number;
  readonly terminated?: boolean;
}

/** One episode, as the shell hands it over. */
function remember(state: LatentState, first: readonly [number, number], steps: readonly Step[]): void {
  const [lane] = state.lanes;
  let observation = Float64Array.from(first);
  lane.counts.isRemembered = false;
  for (const { seen, reward = 0, terminated = false } of steps) {
    const nextObservation = Float64Array.from(seen);
    const rest = { action: [0], reward, terminated, truncated: false };
    storeStep(state, lane, { observation, nextObservation, ...rest }, undefined);
    observation = nextObservation;
    lane.counts.isRemembered = true;
  }
}

const column = ({ sequences }: LatentState, d: number) =>
  Array.from({ length: sequences.counts.rows }, (_, row) => rowOf(sequences, row)[d]);
const rewards = (state: LatentState) => column(state, 3).slice(1);

test("observations are counted from the first, rewards too, in f64", async () => {
  const state = await make();
  remember(
    state,
    [1.7e9, 5],
    [
      { seen: [1.7e9 + 0.25, 6], reward: 1e8 + 0.5 },
      { seen: [1.7e9 + 0.5, 7], reward: 1e8 + 1.5 },
    ],
  );
  assert.equal(state.origin.counts, [1.7e9, 5]);
  assert.equal(
    [column(state, 0), column(state, 1)],
    [
      [0, 0.25, 0.5],
      [0, 1, 2],
    ],
  );
  assert.equal([state.level.counts.first, ...rewards(state)], [1e8 + 0.5, 0, 1]);
  assert.equal([state.counts.rewardLow, state.counts.rewardHigh], [1e8 + 0.5, 1e8 + 1.5]);
});

test("what was not seen at first is counted from where it is", async () => {
  const state = await make();
  remember(
    state,
    [Number.NaN, 1],
    [{ seen: [Number.NaN, 2] }, { seen: [100, Number.NaN] }, { seen: [103, 1] }],
  );
  assert.equal(state.origin.counts, [100, 1]);
  assert.equal(column(state, 0), [Number.NaN, Number.NaN, 0, 3]);
  assert.equal(column(state, 1), [0, 1, Number.NaN, 0]);
});

test("what was acted at before there was an origin is counted from it as well", async () => {
  const state = await make();
  const [lane, evaluation] = state.lanes;
  lane.observation.set([64, 5]);
  lane.counts.chosenBy = "chance";
  remember(state, [64, 5], [{ seen: [65, 5] }]);
  assert.equal(
    [[...lane.observation], [...evaluation.observation]],
    [
      [0, 0],
      [0, 0],
    ],
  );
});

for (const [name, at] of [
  ["at first", 0],
  ["at the third reading", 2],
] as const)
  test(`a fault ${name} sets no scale, and nothing is counted from it`, async () => {
    const state = await make();
    const seen = [10, 11, 10, 12, 11, 10].map((x, i): [number, number] => [i === at ? 1e9 : x, 1]);
    remember(
      state,
      seen[0],
      seen.slice(1).map((next) => ({ seen: next })),
    );
    assert.is(state.origin.counts[0], at === 0 ? 11 : 10);
    const { mean, squares, seen: count } = state.readings;
    assert.is(count.counts[0], 6);
    assert.ok(Math.abs(mean.counts[0]) < 10 && Math.sqrt(squares.counts[0] / 6) < 10, `${mean.counts[0]}`);
  });

test("a faulty reward among the first counts as one of eight deviations, and nothing is counted from it", async () => {
  for (const at of [0, 3]) {
    const state = await make();
    const given = [1, 2, 1, 3, 2, 2].map((reward, i) => (i === at ? -1e9 : reward));
    remember(
      state,
      [0, 0],
      given.map((reward, i) => ({ seen: [i, i], reward })),
    );
    assert.is(state.level.counts.first, at === 0 ? 2 : 1);
    const { continuing } = state.sequences.counts;
    assert.is(continuing.count, 6);
    assert.ok(Math.sqrt(continuing.squares / 6) < 10);
    // stored as it came
    assert.ok(Math.abs(rewards(state)[at] + state.level.counts.first + 1e9) < 64);
    assert.is(rewards(state)[5] + state.level.counts.first, 2);
  }
});

test("the first end counts values from 0: they mean what they meant", async () => {
  const state = await make();
  const [lane] = state.lanes;
  remember(state, [0, 0], [{ seen: [1, 1], reward: 4 }]);
  lane.counts.chosenBy = "plan";
  lane.planner.info[0] = 7;
  const row = rowOf(state.sequences, 0);
  row[row.length - 2] = 1;
  row[row.length - 1] = 3;
  assert.equal([...valuedOf(state).planned()], [3]);
  const worth = worthLeftOut(state.level);
  assert.ok(Math.abs(worth - 40) < 1e-9);
  forgetLevel(state);
  assert.is(worthLeftOut(state.level), 0);
  assert.equal([...valuedOf(state).planned()], [Math.fround(3 + worth)]);
  assert.is(lane.planner.info[0], Math.fround(7 + worth));
  assert.is(state.model.scales.value.shift[0], Math.fround(worth));
  forgetLevel(state);
  assert.equal([...valuedOf(state).planned()], [Math.fround(3 + worth)]);
});

test.run();
