import { test } from "uvu";
import * as assert from "uvu/assert";
import { subHunt } from "../../../src/models/problems/subHunt.ts";
import { nextRow, seenAfter, share, spreadOf, stepsFrom, tools } from "../../helpers/functions.ts";

const model = subHunt();
const [NORTH, EAST, WEST, PING, ENGAGE] = [0, 1, 3, 4, 5];
// 4σ of a share of 4096 draws
const CLOSE = 0.032;

test("begins in the middle, the other at the side opposite to where it heads for, at any place", () => {
  const N = 4096;
  const states = new Float32Array(6 * N);
  model.initial(states, N, tools());
  const row = (d: number) => states.subarray(d * N, (d + 1) * N);
  assert.ok(row(0).every((x) => x === 10) && row(1).every((y) => y === 10) && row(5).every((a) => a === 0));
  for (let goal = 0; goal < 4; goal++) {
    const those = [...row(4).keys()].filter((n) => row(4)[n] === goal);
    assert.ok(Math.abs(those.length / N - 0.25) < CLOSE);
    const [along, across] = goal % 2 === 0 ? [row(3), row(2)] : [row(2), row(3)];
    assert.ok(those.every((n) => along[n] === (goal < 2 ? 1 : 20)));
    assert.is(new Set(those.map((n) => across[n])).size, 20);
  }
});

test("the other goes two ahead with .5, or one ahead and one aside with .25 each", () => {
  const { next, count, rewards, endings } = stepsFrom(model, {
    state: [10, 10, 5, 5, EAST, 0],
    action: [WEST],
  });
  const went = (x: number, y: number) =>
    share(next.subarray(2 * count, 3 * count), (at, n) => at === x && next[3 * count + n] === y);
  assert.ok(Math.abs(went(7, 5) - 0.5) < CLOSE);
  assert.ok(Math.abs(went(6, 6) - 0.25) < CLOSE && Math.abs(went(6, 4) - 0.25) < CLOSE);
  assert.ok(
    next.subarray(0, count).every((x) => x === 7) && next.subarray(count, 2 * count).every((y) => y === 10),
  );
  assert.ok(rewards.every((r) => r === 0) && endings.every((e) => e === 0));
});

for (const [goal, at, isOver] of [
  [NORTH, [3, 18], true],
  [NORTH, [3, 15], false],
  [WEST, [3, 9], true],
  [WEST, [5, 9], false],
] as const)
  test(`heading ${goal} from ${at} it ${isOver ? "may be" : "is not"} there`, () => {
    const { endings } = stepsFrom(model, { state: [10, 10, ...at, goal, 0], action: [PING] });
    // straight ahead alone reaches the edge
    assert.ok(Math.abs(share(endings, (e) => e === 1) - (isOver ? 0.5 : 0)) < CLOSE);
  });

for (const [aware, at, killed] of [
  [0, [12, 10], 1],
  [1, [12, 10], 0.6],
  [0, [12, 11], 0],
] as const)
  test(`engaging at ${at} kills with ${killed} when aware is ${aware}`, () => {
    const { rewards, endings } = stepsFrom(model, { state: [10, 10, ...at, EAST, aware], action: [ENGAGE] });
    assert.ok(Math.abs(share(rewards, (r) => r === 100) - killed) < CLOSE);
    assert.equal(
      [...endings],
      [...rewards].map((r) => r / 100),
    );
  });

test("a ping shows the other's beam, and makes it aware", () => {
  const batch = stepsFrom(model, { state: [10, 10, 3, 3, NORTH, 0], action: [PING] });
  assert.ok(nextRow(batch, 5).every((aware) => aware === 1));
  // it is then at (3, 5), (2, 4) or (4, 4): beam 4, at 8.6, 10 and 8.49
  const seen = seenAfter(model, batch);
  assert.ok(Math.abs(spreadOf(seen[0]).mean - 20) < 0.04 && Math.abs(spreadOf(seen[0]).std - 0.5) < 0.03);
  const distance = 0.5 * Math.sqrt(49 + 25) + 0.25 * (Math.sqrt(64 + 36) + Math.sqrt(72));
  assert.ok(Math.abs(spreadOf(seen[4]).mean - distance) < 0.06, `${spreadOf(seen[4]).mean}`);
});

test("without a ping only what is within 3 is seen", () => {
  const far = seenAfter(model, stepsFrom(model, { state: [10, 10, 3, 3, NORTH, 0], action: [ENGAGE] }));
  for (const beam of far) {
    const { mean, std } = spreadOf(beam);
    assert.ok(Math.abs(mean - 3) < 0.32 && Math.abs(std - 5) < 0.23);
  }
  const near = stepsFrom(model, { state: [10, 10, 9, 10, EAST, 0], action: [PING] });
  near.actions.fill(WEST);
  // it is at (11, 10), (10, 11) or (10, 9), one away: beams 7, 1 and 5
  const seen = seenAfter(model, near);
  const straight = seen[7].filter((_, n) => nextRow(near, 2)[n] === 11);
  const { mean, std } = spreadOf(straight);
  assert.ok(Math.abs(mean - 1) < 0.05 && Math.abs(std - 0.5) < 0.04, `${mean}, ${std}`);
});

test("a belief is summed up by where the other is, how near, how far it has to go, and what is known of both", () => {
  const { features } = model;
  if (features === undefined) return assert.unreachable();
  const { size, write } = features;
  const summaryOf = (...states: readonly (readonly number[])[]) => {
    const N = states.length;
    const out = new Float32Array(size * N).fill(NaN);
    write(
      out,
      Float32Array.from({ length: 6 * N }, (_, i) => states[i % N][Math.floor(i / N)]),
      N,
    );
    return states.map((_, n) => Array.from({ length: size }, (_, d) => out[d * N + n]));
  };
  // x, y from here, distance, within 2, within 4, cells to go, aware, own place, its way, along it, beside it
  const [near, far, south, west] = summaryOf(
    [10, 9, 11, 9, EAST, 1],
    [10, 10, 7, 14, NORTH, 0],
    [4, 6, 4, 3, 2, 0],
    [4, 6, 9, 2, WEST, 1],
  );
  assert.equal(near, [1, 0, 1, 1, 1, 9, 1, 10, 9, 1, 0, -1, 0]);
  assert.equal(far, [-3, 4, 5, 0, 0, 6, 0, 10, 10, 0, 1, -4, 3]);
  assert.equal(south, [0, -3, 3, 0, 1, 2, 0, 4, 6, 0, -1, -3, 0]);
  assert.equal(west, [5, -4, Math.fround(Math.sqrt(41)), 0, 0, 8, 1, 4, 6, -1, 0, 5, 4]);
});

test.run();
