import { test } from "uvu";
import * as assert from "uvu/assert";
import { laserTag } from "../../../src/models/problems/laserTag.ts";
import { batchOf, nextRow, seenAfter, share, stepsFrom, tools } from "../../helpers/functions.ts";

const OBSTACLES = [13, 17, 27, 31, 41, 52, 60, 65];
const model = laserTag({ obstacles: OBSTACLES });
const [NORTH, EAST, TAG] = [0, 2, 8];
const CLOSE = 0.032;

/** One state in all of the batch. */
function place(next: Float32Array, state: readonly number[]): void {
  const count = next.length / state.length;
  for (const [d, value] of state.entries()) next.fill(value, d * count, (d + 1) * count);
}

test("begins anywhere but on obstacles, robot and opponent apart from each other", () => {
  const N = 8192;
  const states = new Float32Array(4 * N);
  model.initial(states, N, tools());
  const cells = (d: number) =>
    Array.from({ length: N }, (_, n) => states[d * N + n] + 11 * states[(d + 1) * N + n]);
  for (const d of [0, 2]) {
    assert.is(new Set(cells(d)).size, 69);
    assert.not.ok(cells(d).some((cell) => OBSTACLES.includes(cell)));
  }
  const same = share(cells(0), (cell, n) => cell === cells(2)[n]);
  assert.ok(Math.abs(same - 1 / 69) < 0.006, `${same}`);
});

test("tagging pays 10 in the opponent's cell and ends it, else costs 10", () => {
  const hit = stepsFrom(model, { state: [3, 3, 3, 3], action: [TAG], count: 4 });
  assert.equal([hit.rewards[0], hit.endings[0]], [10, 1]);
  const miss = stepsFrom(model, { state: [3, 3, 4, 3], action: [TAG], count: 4 });
  assert.equal([miss.rewards[0], miss.endings[0], miss.next[0], miss.next[4]], [-10, 0, 3, 3]);
});

test("the opponent flees: .4 away along x, .4 along y, half of it to either side where it is level", () => {
  const batch = stepsFrom(model, { state: [3, 3, 6, 3], action: [NORTH] });
  const went = (x: number, y: number) =>
    share(nextRow(batch, 2), (at, n) => at === x && nextRow(batch, 3)[n] === y);
  for (const [x, y, p] of [
    [7, 3, 0.4],
    [6, 4, 0.2],
    [6, 2, 0.2],
    [6, 3, 0.2],
  ])
    assert.ok(Math.abs(went(x, y) - p) < CLOSE, `${[x, y]}: ${went(x, y)}`);
  assert.ok(nextRow(batch, 0).every((x) => x === 3) && nextRow(batch, 1).every((y) => y === 4));
  assert.ok(batch.rewards.every((r) => r === -1));
});

test("whoever is blocked stays", () => {
  // cell 13 = (2, 1) is an obstacle
  assert.is(nextRow(stepsFrom(model, { state: [1, 1, 9, 0], action: [EAST], count: 4 }), 0)[0], 1);
  // at the corner (10, 0) only away along x or y is blocked: it stays
  const corner = stepsFrom(model, { state: [5, 3, 10, 0], action: [NORTH] });
  assert.ok(nextRow(corner, 2).every((x) => x === 10) && nextRow(corner, 3).every((y) => y === 0));
});

test("lasers read ⌊(free + 1) · length − |N(0, 2.5²)|⌋, at least 0, to what is nearest", () => {
  const batch = batchOf(model, 4096);
  // robot (3, 3), opponent (6, 3): two free cells to the east
  place(batch.next, [3, 3, 6, 3]);
  const seen = seenAfter(model, batch);
  assert.is(Math.max(...seen[2]), 2);
  // P(3 − |N| ≥ 2) = P(|N(0, 1)| < .4) = .3108
  assert.ok(Math.abs(share(seen[2], (x) => x === 2) - 0.3108) < CLOSE);
  const density = new Float32Array(4096);
  const observations = new Float32Array(8 * 4096);
  for (const [d, row] of seen.entries()) observations.set(row, d * 4096);
  model.logDensity?.(density, observations, batch, tools());
  assert.ok(density.every((value) => value > -Infinity && value < 0));
  place(batch.next, [3, 3, 3, 3]);
  assert.ok(seenAfter(model, batch).every((row) => row.every((reading) => reading === -1)));
});

test("who sees everything tags at once for 10, and one move later for −1 + .95 · …", () => {
  const batch = batchOf(model, 4);
  const out = new Float32Array(4);
  place(batch.next, [3, 3, 3, 3]);
  model.value?.(out, batch, tools());
  assert.is(out[0], 10);
  batch.next.fill(9, 8, 12);
  model.value?.(out, batch, tools());
  assert.ok(out[0] < 10 && out[0] > -20, `${out[0]}`);
});

test.run();
