import { test } from "uvu";
import * as assert from "uvu/assert";
import { categoricalHeadGradient, softmaxHead } from "../../../src/core/heads.ts";
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

for (const [groups, tiles] of [
  [[2], 1],
  [[21], 2],
  [[5, 5, 5], 3],
  [[3, 2, 2, 7, 1, 3], 2],
] as const)
  test(`the categorical head of groups of ${groups} matches the f64 reference over ${tiles} tiles`, () => {
    core.scope(() => {
      const N = tiles * TILE;
      const width = sum(groups);
      const rows = pad4(width);
      const random = mulberry32(width);
      const heads = randomRows(random, N, width, -5, 5);
      const group = (values: number[], g: number) =>
        values.slice(sum(groups.slice(0, g)), sum(groups.slice(0, g + 1)));
      const each = <Result>(f: (g: number) => Result) => groups.map((_, g) => f(g));
      const labels = randomRows(random, N, width, 0, 1).map((row) =>
        each((g) => group(row, g).map((t) => Math.fround(t / sum(group(row, g))))).flat(),
      );
      const head = core.f32(toTiles(heads));

      const p = softmaxHead(core, core.f32(head.length).fill(7), head, groups);
      const probabilities = heads.flatMap((h) => each((g) => reference.softmax(group(h, g))).flat());
      assert.ok(maxAbsError(fromTiles(p, N, width).flat(), probabilities) < 1e-6);
      const inPlace = core.f32(head);
      softmaxHead(core, inPlace, inPlace, groups);
      assert.equal(fromTiles(inPlace, N, width), fromTiles(p, N, width));

      const dHead = core.f32(head.length).fill(7);
      const value = categoricalHeadGradient(core, dHead, head, core.f32(toTiles(labels)), groups);
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
  categoricalHeadGradient(core, dHead, core.f32(toTiles(logits)), core.f32(toTiles(labels)), [3]);
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
    () => softmaxHead(core, core.f32(256), head, [4, 4]),
    message("out: expected [2, 8, 32] = 512 values, got 256"),
  );
  assert.throws(
    () => categoricalHeadGradient(core, head, head, core.f32(256), [4, 4]),
    message("target: expected [2, 8, 32] = 512 values, got 256"),
  );
});

test.run();
