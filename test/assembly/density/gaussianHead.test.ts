import { test } from "uvu";
import * as assert from "uvu/assert";
import { gaussianHeadGradient } from "../../../src/core/heads.ts";
import { TILE } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import {
  average,
  centralDifference,
  fromTiles,
  randomRows,
  relativeError,
  toTiles,
} from "../../reference/arrays.ts";
import * as reference from "../../reference/density.ts";
import { mulberry32 } from "../../reference/kernels.ts";

const core = debugCore();

for (const [width, rows, tiles] of [
  [1, 2, 1],
  [3, 8, 2],
  [5, 12, 3],
])
  test(`gaussianHeadGradient is the central difference of the weighted loss, width ${width}, ${tiles} tiles`, () => {
    core.scope(() => {
      const N = tiles * TILE;
      const random = mulberry32(width);
      const heads = randomRows(random, N, rows, -2, 2);
      const targets = randomRows(random, N, width);
      const hasEnded = Array.from({ length: N }, () => random() < 0.3);
      const dHead = core.f32(tiles * rows * TILE).fill(7);
      const squares = gaussianHeadGradient(
        core,
        dHead,
        core.f32(toTiles(heads, rows)),
        core.f32(toTiles(targets)),
        core.f32(toTiles(hasEnded.map((ended) => [Number(ended)]))),
        { width, rows },
      );
      const isCounted = (n: number, d: number) => !(hasEnded[n] && d === width - 1);
      const gradient = fromTiles(dHead, N, rows, rows);
      heads.forEach((head, n) => {
        // the weight s = exp(½ log s²) is a constant: evaluated once, at the head itself
        const weight = targets[n].map(
          (_, d) => Number(isCounted(n, d)) * Math.exp(0.5 * reference.logVariance(head[width + d])),
        );
        const loss = (h: number[]) => reference.gaussianHeadLoss(h, targets[n], weight) / N;
        const expected = centralDifference(loss, head);
        assert.ok(relativeError(gradient[n].slice(0, 2 * width), expected.slice(0, 2 * width)) < 1e-5);
        if (hasEnded[n])
          assert.ok(Math.abs(gradient[n][width - 1]) + Math.abs(gradient[n][2 * width - 1]) === 0);
        // what follows the Gaussian belongs to others
        assert.ok(gradient[n].slice(2 * width).every((value) => value === 7));
      });
      const errors = heads.flatMap((head, n) =>
        targets[n].map((t, d) => Number(isCounted(n, d)) * (head[d] - t) ** 2),
      );
      assert.ok(Math.abs(squares / average(errors) - 1) < 1e-6);
    });
  });

test("at the target the Gaussian head's mean rests; at |m − t| = s the variance does", () => {
  const y = 0.3;
  const s = Math.exp(0.5 * reference.logVariance(y));
  const head = core.f32(
    toTiles([
      [1, y],
      [1 + s, y],
    ]),
  );
  const dHead = core.f32(128);
  const target = core.f32(toTiles([[1], [1]]));
  gaussianHeadGradient(core, dHead, head, target, core.f32(128), { width: 1, rows: 4 });
  assert.is(dHead[0], 0);
  assert.ok(Math.abs(dHead[TILE + 1] * TILE) < 1e-6);
});

test("extreme heads give finite gradients", () => {
  const head = core.f32(
    toTiles([
      [1e4, 100],
      [1e4, -100],
      [-1e4, 1e30],
      [0, -1e30],
    ]),
  );
  const dHead = core.f32(128);
  gaussianHeadGradient(core, dHead, head, core.f32(128), core.f32(128), { width: 1, rows: 4 });
  assert.ok(dHead.every(Number.isFinite));
});

test("the reward of an ending, however large or undefined, moves nothing", () => {
  const run = (reward: number) =>
    core.scope(() => {
      const head = core.f32(toTiles([[0.5, -2, 0.1, 0.3]]));
      const dHead = core.f32(128);
      const target = core.f32(toTiles([[0.2, reward]]));
      const ended = core.f32(toTiles([[1]]));
      const squares = gaussianHeadGradient(core, dHead, head, target, ended, { width: 2, rows: 4 });
      // 32 lanes of 2 coordinates; the other lanes predict their target 0
      assert.ok(Math.abs(squares * 2 * TILE - 0.09) < 1e-6);
      return fromTiles(dHead, 1, 4)[0];
    });
  const [dMean, dReward, dY, dRewardY] = run(3);
  assert.ok(dMean > 0 && dY !== 0);
  assert.ok(Math.abs(dReward) + Math.abs(dRewardY) === 0);
  for (const reward of [1e30, -1e30, Infinity, Number.NaN])
    assert.equal(run(reward), [dMean, dReward, dY, dRewardY]);
});

test("names the argument, the expected shape and what it got", () => {
  const head = core.f32(2 * 8 * TILE);
  const message = (expected: string) => (error: Error) =>
    error instanceof RangeError && error.message === expected;
  assert.throws(
    () => gaussianHeadGradient(core, head, head, core.f32(4), core.f32(256), { width: 3, rows: 8 }),
    message("target: expected [2, 4, 32] = 256 values, got 4"),
  );
  assert.throws(
    () => gaussianHeadGradient(core, head, head, core.f32(256), core.f32(4), { width: 3, rows: 8 }),
    message("ended: expected [2, 4, 32] = 256 values, got 4"),
  );
  assert.throws(
    () => gaussianHeadGradient(core, head, head, head, core.f32(256), { width: 5, rows: 8 }),
    message("rows: expected a whole number ≥ 10, got 8"),
  );
});

test("an error beyond eight pulls no harder than one of eight", () => {
  core.scope(() => {
    const gradientAt = (error: number) => {
      const dHead = core.f32(4 * TILE);
      const head = core.f32(toTiles(new Array(TILE).fill([error, 0.5, 0, 0])));
      const rest = core.f32(4 * TILE);
      const squares = gaussianHeadGradient(core, dHead, head, rest, rest, { width: 1, rows: 4 });
      return [dHead[0], dHead[TILE], squares];
    };
    for (const error of [9, -1e4, 1e30]) assert.equal(gradientAt(error), gradientAt(8 * Math.sign(error)));
    assert.not.equal(gradientAt(7.5), gradientAt(8));
  });
});

test.run();
