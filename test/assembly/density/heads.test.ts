import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  categoricalHeadGradient,
  endingHeadGradient,
  gaussianHeadGradient,
  softmaxHead,
} from "../../../src/core/heads.ts";
import { pad4, TILE } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import {
  average,
  centralDifference,
  fromTiles,
  randomRows,
  relativeError,
  sum,
  toTiles,
} from "../../reference/arrays.ts";
import * as reference from "../../reference/density.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";

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

for (const [groups, bins, tiles] of [
  [1, 2, 1],
  [1, 21, 2],
  [3, 5, 3],
])
  test(`the categorical head of ${groups} × ${bins} matches the f64 reference over ${tiles} tiles`, () => {
    core.scope(() => {
      const N = tiles * TILE;
      const rows = pad4(groups * bins);
      const random = mulberry32(bins);
      const width = groups * bins;
      const heads = randomRows(random, N, width, -5, 5);
      const group = (values: number[], g: number) => values.slice(g * bins, (g + 1) * bins);
      const each = <Result>(f: (g: number) => Result) => Array.from({ length: groups }, (_, g) => f(g));
      const labels = randomRows(random, N, width, 0, 1).map((row) =>
        each((g) => group(row, g).map((t) => Math.fround(t / sum(group(row, g))))).flat(),
      );
      const head = core.f32(toTiles(heads));

      const p = softmaxHead(core, core.f32(head.length).fill(7), head, { groups, bins });
      const probabilities = heads.flatMap((h) => each((g) => reference.softmax(group(h, g))).flat());
      assert.ok(maxAbsError(fromTiles(p, N, width).flat(), probabilities) < 1e-6);
      const inPlace = core.f32(head);
      softmaxHead(core, inPlace, inPlace, { groups, bins });
      assert.equal(fromTiles(inPlace, N, width), fromTiles(p, N, width));

      const dHead = core.f32(head.length).fill(7);
      const value = categoricalHeadGradient(core, dHead, head, core.f32(toTiles(labels)), { groups, bins });
      const loss = (h: number[], n: number) =>
        sum(each((g) => reference.crossEntropy(group(h, g), group(labels[n], g))));
      const gradient = fromTiles(dHead, N, width);
      for (const n of [0, 1, N - 1]) {
        const expected = centralDifference((h) => loss(h, n) / N, heads[n]);
        assert.ok(relativeError(gradient[n], expected) < 1e-5);
      }
      assert.ok(Math.abs(value / average(heads.map(loss)) - 1) < 2e-6);
      // nothing but the logits' rows is written
      const padding = fromTiles(dHead, N, rows - width, rows, width).flat();
      assert.ok(padding.every((d) => d === 7));
    });
  });

test("the categorical gradient vanishes at the label, sums to zero, and ignores a common shift", () => {
  const logits = [
    [0, Math.log(2), Math.log(5)],
    [1000, 1001, 1002],
    [-1000, -999, -998],
    [0, 1, 2],
  ];
  const labels = [
    [1 / 8, 2 / 8, 5 / 8],
    [1, 0, 0],
    [1, 0, 0],
    [1, 0, 0],
  ];
  const dHead = core.f32(128);
  const groups = { groups: 1, bins: 3 };
  categoricalHeadGradient(core, dHead, core.f32(toTiles(logits)), core.f32(toTiles(labels)), groups);
  const [atLabel, high, low, plain] = fromTiles(dHead, 4, 3);
  assert.ok(maxAbsError(atLabel, [0, 0, 0]) < 1e-8);
  assert.ok(Math.abs(sum(plain)) < 1e-8);
  assert.equal([high, low], [plain, plain]);
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
  assert.throws(
    () => softmaxHead(core, core.f32(256), head, { groups: 2, bins: 4 }),
    message("out: expected [2, 8, 32] = 512 values, got 256"),
  );
  assert.throws(
    () => categoricalHeadGradient(core, head, head, core.f32(256), { groups: 2, bins: 4 }),
    message("target: expected [2, 8, 32] = 512 values, got 256"),
  );
});
test.run();
