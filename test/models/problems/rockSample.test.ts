import { test } from "uvu";
import * as assert from "uvu/assert";
import { entriesOf, entryAt } from "../../../src/models/sparse/rows.ts";
import { ROCK_SAMPLE_ACTIONS, rockSample } from "../../../src/problems.ts";

const model = rockSample();
const OVER = 12_544;
/** The state of a cell and the rocks that are good. */
const at = (x: number, y: number, good = 0) => (y * 7 + x) * 256 + good;
const next = (s: number, a: number) =>
  entriesOf(model.transition, s * 13 + a).map((k) => model.transition.index[k]);
const reward = (s: number, a: number) => model.reward.values[s * 13 + a];
const [north, east, south, west, sample] = ROCK_SAMPLE_ACTIONS.keys();

test("has the sizes of the instance (7, 8)", () => {
  assert.equal([model.states, model.actions, model.observations, model.discount], [12_545, 13, 2, 0.95]);
  assert.is(model.names?.actions?.[5], "check-0");
  assert.equal([...model.initial.keys()].filter((s) => model.initial[s] > 0).length, 256);
  assert.is(model.initial[at(0, 3, 77)], 1 / 256);
});

test("moves by cells, stays at walls, leaves by the right edge", () => {
  const s = at(3, 3, 5);
  assert.equal(
    [north, east, south, west].map((a) => next(s, a)),
    [[at(3, 4, 5)], [at(4, 3, 5)], [at(3, 2, 5)], [at(2, 3, 5)]],
  );
  assert.equal(
    [next(at(0, 6), north), next(at(0, 0), south), next(at(0, 0), west)],
    [[at(0, 6)], [at(0, 0)], [at(0, 0)]],
  );
  assert.equal([next(at(6, 2, 9), east), reward(at(6, 2, 9), east), reward(s, east)], [[OVER], 10, 0]);
  for (let a = 0; a < 13; a++) assert.equal([next(OVER, a), reward(OVER, a)], [[OVER], 0]);
});

test("a good rock is worth 10 once, a bad one −10, no rock nothing", () => {
  // rock 3 lies at (6, 3)
  assert.equal([next(at(6, 3, 0b1001), sample), reward(at(6, 3, 0b1001), sample)], [[at(6, 3, 0b0001)], 10]);
  assert.equal([next(at(6, 3, 1), sample), reward(at(6, 3, 1), sample)], [[at(6, 3, 1)], -10]);
  assert.equal([next(at(6, 4, 255), sample), reward(at(6, 4, 255), sample)], [[at(6, 4, 255)], 0]);
});

test("a check is right with ½ (1 + 2^(−d / 20))", () => {
  const seen = (a: number, s: number, o: number) => entryAt(model.observation, a * 12_545 + s, o);
  for (const [x, y] of [
    [6, 3],
    [2, 6],
    [0, 0],
    [5, 5],
  ]) {
    const d = Math.hypot(x - 6, y - 3);
    const right = (1 + 2 ** (-d / 20)) / 2;
    for (const [good, o] of [
      [0b1000, 1],
      [0, 0],
    ])
      assert.ok(Math.abs(seen(8, at(x, y, good), o) - right) < 1e-15);
    assert.ok(Math.abs(seen(8, at(x, y, 0b1000), 0) - (1 - right)) < 1e-15);
  }
  assert.equal([seen(north, at(1, 1, 255), 0), seen(8, OVER, 0)], [1, 1]);
  const far = rockSample({ size: 50, rocks: [[49, 49]], start: [0, 0], halfDistance: 10 });
  const p = entryAt(far.observation, 5 * far.states + 1, 1);
  assert.ok(Math.abs(p - (1 + 2 ** (-Math.hypot(49, 49) / 10)) / 2) < 1e-15);
});

test("refuses cells outside the grid, and more states than tables hold", () => {
  assert.throws(
    () => rockSample({ rocks: [[7, 0]] }),
    /^rocks\[0\]: expected a whole number in \[0, 6\], got 7$/,
  );
  assert.throws(() => rockSample({ start: [0, -1] }), /^start: expected/);
  const many = Array.from({ length: 20 }, (_, i) => [i % 7, i % 5] as const);
  assert.throws(
    () => rockSample({ rocks: many }),
    /^rocks: expected at most 4194304 states in tables, got 51380225$/,
  );
  assert.throws(() => rockSample({ n: 3 } as never), /^options: expected known names, got n$/);
});

test.run();
