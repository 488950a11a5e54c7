import { test } from "uvu";
import * as assert from "uvu/assert";
import { endingHeadGradient } from "../../../src/core/heads.ts";
import { TILE } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { centralDifference, fromTiles, randomRows, relativeError, toTiles } from "../../reference/arrays.ts";
import * as reference from "../../reference/density.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";

const core = debugCore();

for (const [row, rows, tiles, offset] of [
  [0, 4, 1, 0],
  [6, 8, 3, 1.7],
])
  test(`endingHeadGradient is the central difference of its loss, rows ${row} and ${row + 1} of ${rows}, offset ${offset}`, () => {
    const N = tiles * TILE;
    const random = mulberry32(row + 1);
    const heads = randomRows(random, N, rows, -4, 4);
    const ended = Array.from({ length: N }, () => [random() < 0.3 ? 1 : 0]);
    // half of the errors lie beyond ±1
    const rewards = randomRows(random, N, 1, -4, 4);
    const dHead = core.f32(tiles * rows * TILE).fill(7);
    const [head, t, g] = [toTiles(heads, rows), toTiles(ended), toTiles(rewards)].map((x) => core.f32(x));
    endingHeadGradient(core, dHead, head, t, g, { offset, row, rows });
    const gradient = fromTiles(dHead, N, rows, rows);
    const expected = heads.map((h, n) =>
      centralDifference(
        ([logit, v]) => reference.endingLoss([logit + offset, v], ended[n][0], rewards[n][0]) / N,
        h.slice(row, row + 2),
      ),
    );
    for (const k of [0, 1]) {
      const of = (rows: number[][], column: number) => rows.map((values) => values[column]);
      assert.ok(relativeError(of(gradient, row + k), of(expected, k)) < 1e-5);
    }
    // what precedes and follows the ending belongs to others
    assert.ok(gradient.every((d) => d.every((value, r) => r === row || r === row + 1 || value === 7)));
  });

test("where the world goes on, no reward of an ending is learned; where it ends, its error is clipped to ±1", () => {
  const heads = [1e30, 3, 0.5, 0, -0.5, -3, -1e30].map((v) => [0, v]);
  const run = (ended: number) =>
    core.scope(() => {
      const dHead = core.f32(128).fill(7);
      const t = core.f32(toTiles(heads.map(() => [ended])));
      endingHeadGradient(core, dHead, core.f32(toTiles(heads)), t, core.f32(128), {
        offset: 0,
        row: 0,
        rows: 4,
      });
      return fromTiles(dHead, heads.length, 2).map((d) => d.map((value) => value * TILE));
    });
  const clipped = [1, 1, 0.5, 0, -0.5, -1, -1];
  assert.equal(
    run(1),
    clipped.map((error) => [-0.5, error]),
  );
  assert.ok(run(0).every(([dLogit, dReward]) => dLogit === 0.5 && Math.abs(dReward) === 0));
});

test("extreme logits of ending give finite gradients, right in their limits", () => {
  const heads = [1e30, 100, -100, -1e30].map((logit) => [logit, 0]);
  const dHead = core.f32(128);
  const [head, t] = [core.f32(toTiles(heads)), core.f32(toTiles([[1], [0], [1], [0]]))];
  endingHeadGradient(core, dHead, head, t, core.f32(128), { offset: 0, row: 0, rows: 4 });
  const logits = fromTiles(dHead, 4, 1).flat();
  assert.ok(maxAbsError(logits, [0, 1 / TILE, -1 / TILE, 0]) < 1e-8);
});

test("names the argument, the expected shape and what it got", () => {
  const head = core.f32(2 * 8 * TILE);
  const message = (expected: string) => (error: Error) =>
    error instanceof RangeError && error.message === expected;
  const column = core.f32(256);
  assert.throws(
    () => endingHeadGradient(core, head, head, column, column, { offset: 0, row: 7, rows: 8 }),
    message("row: expected a whole number in [0, 6], got 7"),
  );
  assert.throws(
    () => endingHeadGradient(core, head, head, core.f32(4), column, { offset: 0, row: 6, rows: 8 }),
    message("ended: expected [2, 4, 32] = 256 values, got 4"),
  );
  assert.throws(
    () => endingHeadGradient(core, head, head, column, core.f32(4), { offset: 0, row: 6, rows: 8 }),
    message("reward: expected [2, 4, 32] = 256 values, got 4"),
  );
});

test.run();
