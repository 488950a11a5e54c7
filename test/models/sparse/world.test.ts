import { test } from "uvu";
import * as assert from "uvu/assert";
import { collectReward } from "../../../src/models/sparse/reward.ts";
import { sparseModel } from "../../../src/models/sparse/sparseModel.ts";
import { sparseOf } from "../../../src/models/sparse/tables.ts";
import { worldOf } from "../../../src/models/sparse/world.ts";
import { tMaze } from "../../../src/problems.ts";
import { generator } from "../../helpers/sparse.ts";

const dice = sparseModel({
  states: 3,
  actions: 2,
  observations: 3,
  transition: (s, a) =>
    a === 0
      ? [
          [0, 0.2],
          [1, 0.3],
          [2, 0.5],
        ]
      : [[s, 1]],
  observation: (_, next) => [
    [next, 0.75],
    [(next + 1) % 3, 0.25],
  ],
  reward: (s, a, next, o) => 1000 * s + 100 * a + 10 * next + o,
  initial: [
    [2, 0.4],
    [0, 0.6],
  ],
});

test("draws what follows with its probabilities, and pays what stands there", () => {
  const world = worldOf(dice, generator(7));
  const counts = new Map<string, number>();
  const [N, starts] = [20_000, [0, 0, 0]];
  for (let i = 0; i < N; i++) {
    const start = world.start();
    starts[start]++;
    const { state, observation, reward, isOver } = world.step(start, 0);
    assert.is(reward, 1000 * start + 10 * state + observation);
    assert.is(isOver, false);
    const key = `${state} ${observation}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  // 4 standard errors of a share are at most 4 · √(¼ / N) = .0142
  const near = (count: number | undefined, p: number) => assert.ok(Math.abs((count ?? 0) / N - p) < 0.0142);
  near(starts[0], 0.6);
  assert.is(starts[1], 0);
  for (const [state, p] of [0.2, 0.3, 0.5].entries()) {
    near(counts.get(`${state} ${state}`), 0.75 * p);
    near(counts.get(`${state} ${(state + 1) % 3}`), 0.25 * p);
  }
  assert.is(counts.size, 6);
});

test("ends by an ending, and in a state that is never left and brings nothing", () => {
  const maze = worldOf(sparseOf(tMaze()), generator(1));
  assert.equal([maze.step(0, 0).isOver, maze.step(0, 1).isOver], [false, true]);
  const stays = {
    ...dice,
    transition: sparseModel({
      states: 3,
      actions: 2,
      observations: 3,
      transition: (s) => [[s, 1]],
      observation: () => [[0, 1]],
    }).transition,
  };
  for (const [reward, expected] of [
    [() => 0, [true, true, true]],
    [(s: number) => Number(s === 1), [true, false, true]],
    [(s: number, _: number, __: number, o: number) => Number(s === 2 && o === 0), [true, true, false]],
  ] as [Parameters<typeof collectReward>[1], boolean[]][]) {
    const world = worldOf({ ...stays, reward: collectReward(stays, reward) }, generator(1));
    assert.equal(
      [0, 1, 2].map((s) => world.step(s, 0).isOver),
      expected,
    );
  }
});

test("needs a start", () => {
  const { initial: _, ...model } = dice;
  assert.throws(
    () => worldOf(model, generator(1)),
    /^initial: expected probabilities to start from, got none$/,
  );
});

test.run();
