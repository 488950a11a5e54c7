import { test } from "uvu";
import * as assert from "uvu/assert";
import { compressed } from "../../src/core/compress.ts";
import type { Core } from "../../src/core/core.ts";
import {
  allocateStatistics,
  includeRow,
  refreshRewardScales,
  refreshStatistics,
  type Statistics,
  scaleChoices,
} from "../../src/models/statistics.ts";
import { debugCore } from "../helpers/debugCore.ts";
import { average, type Rows, randomRows } from "../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../reference/kernels.ts";
import { columnMoments } from "../reference/linalg.ts";

const core = debugCore();

/** The statistics of rows, one after the other. */
function refreshed(core: Core, states: Rows, changes: Rows, count = states.length): Statistics {
  const statistics = allocateStatistics(core, states[0].length, 2);
  for (let i = 0; i < count; i++) {
    const parts = { state: core.f32(states[i]), change: core.f32(changes[i]) };
    includeRow(core, statistics, parts, 1000);
  }
  refreshStatistics(statistics);
  return statistics;
}

test("before any experience nothing is shifted or scaled", () => {
  const { inputShift, inputScale, targetShift, targetScale, stepScale, ending } = allocateStatistics(
    core,
    3,
    2,
  );
  assert.equal([...inputShift, ...targetShift, ...ending.shift], new Array(10).fill(0));
  assert.equal([...inputScale, ...targetScale, ...stepScale, ...ending.scale], new Array(13).fill(1));
});

test("one-hots have the units of choices that are all as probable, whatever was seen of them", () => {
  core.scope(() => {
    // a number, then a one-hot of four of which two were never seen
    const states = [
      [2, 0, 0, 0, 0],
      [4, -1, 1, 0, 0],
      [3, -1, 1, 0, 0],
    ];
    const changes = states.map((row) => row.map((x) => x / 2));
    const statistics = refreshed(core, states, changes);
    const before = [statistics.inputShift[0], statistics.inputScale[0], statistics.targetScale[0]];
    scaleChoices(statistics, [0, 4, 4, 4, 4], [0, 1, 0, 0, 0]);
    const { inputShift, inputScale, targetScale, stepScale } = statistics;
    assert.equal([inputShift[0], inputScale[0], targetScale[0]], before);
    // counted from an origin with the first choice
    assert.equal([...inputShift.subarray(1, 5)], [-0.75, 0.25, 0.25, 0.25]);
    for (let d = 1; d < 5; d++) {
      const scaled = [0, 1].map((x) => (x - 0.25) * inputScale[d]);
      // mean 0 and mean square 1 where one in four is 1
      assert.ok(Math.abs(3 * scaled[0] + scaled[1]) < 1e-6);
      assert.ok(Math.abs((3 * scaled[0] ** 2 + scaled[1] ** 2) / 4 - 1) < 1e-6);
      // two of four numbers change, by 1 each
      assert.ok(Math.abs(targetScale[d] ** 2 * (2 / 4) - 1) < 1e-6);
      assert.ok(Math.abs(stepScale[d] - inputScale[d] / targetScale[d]) < 1e-6);
    }
  });
});

for (const D of [1, 3, 5])
  test(`states are centred and scaled, changes scaled by their root mean square, actions left alone, D=${D}`, () => {
    core.scope(() => {
      const random = mulberry32(D);
      const states = randomRows(random, 60, D, -3, 10);
      const changes = randomRows(random, 60, D, -0.1, 0.3);
      const statistics = refreshed(core, states, changes, 50);
      const seen = columnMoments(states.slice(0, 50));
      const rms = changes[0].map((_, d) => Math.sqrt(average(changes.slice(0, 50).map((dx) => dx[d] ** 2))));
      // every row rounds once
      const close = (actual: Float32Array, expected: number[]) =>
        assert.ok(maxAbsError(actual, expected) < 50 * 2 ** -24 * Math.max(...expected.map(Math.abs)));
      close(statistics.inputShift, [...seen.mean, 0, 0]);
      close(statistics.inputScale, [...seen.std.map((s) => 1 / s), 1, 1]);
      close(statistics.targetScale, [...rms.map((s) => 1 / s), 1]);
      assert.ok(statistics.targetShift.every((shift) => shift === 0));
      // one unit of the scaled change moves the scaled state by stepScale
      close(
        statistics.stepScale,
        rms.map((s, d) => s / seen.std[d]),
      );
    });
  });

test("what never varied has the scale 0: it is not read, and not predicted to vary", () => {
  core.scope(() => {
    const random = mulberry32(2);
    const states = randomRows(random, 20, 2).map(([x]) => [x, 4]);
    const changes = randomRows(random, 20, 2).map(([dx]) => [0, dx]);
    const { inputShift, inputScale, targetScale, stepScale } = refreshed(core, states, changes);
    assert.is(inputShift[1], 4);
    assert.is(inputScale[1], 0);
    assert.is(targetScale[0], 0);
    assert.equal([...stepScale], [0, 0]);
  });
});

test("one reading moves no scale far", () => {
  core.scope(() => {
    const random = mulberry32(4);
    const states = randomRows(random, 101, 1);
    const changes = randomRows(random, 101, 1);
    const scalesOf = (spike: number, change: number) => {
      const [x, dx] = [states.slice(), changes.slice()];
      [x[100], dx[99], dx[100]] = [[spike], [change], [-change]];
      return refreshed(core, x, dx);
    };
    const clean = scalesOf(states[100][0], changes[100][0]);
    for (const spike of [50, -1e4, 1e12]) {
      const { inputScale, targetScale, inputShift } = scalesOf(spike, spike);
      assert.ok(inputScale[0] > 0.75 * clean.inputScale[0]);
      // two changes of sixteen deviations each: (1 + 256 / 101) in the square, twice
      assert.ok(targetScale[0] > 0.25 * clean.targetScale[0]);
      assert.ok(Math.abs(inputShift[0] - clean.inputShift[0]) * clean.inputScale[0] < 0.1);
    }
  });
});

test("what goes on moves them: another place is followed", () => {
  core.scope(() => {
    const random = mulberry32(5);
    const states = [...randomRows(random, 100, 1), ...randomRows(random, 100, 1, 1000, 1002)];
    const { inputShift, inputScale } = refreshed(core, states, states);
    assert.ok(1 / inputScale[0] > 250 && inputShift[0] > 200);
  });
});

const unbounded = { least: -1e30, most: Infinity };

test("rewards beyond 32 deviations are compressed, so that the furthest is one of 32", () => {
  core.scope(() => {
    const statistics = allocateStatistics(core, 2, 1);
    const none = { mean: 0, std: 0 };
    const slopesOf = (lowest: number, highest: number) => {
      refreshRewardScales(statistics, { mean: 10, std: 2, lowest, highest, ...unbounded }, none);
      const { low, high } = statistics.slopes;
      return [low[0], high[0]];
    };
    assert.equal(slopesOf(10 - 2 * 32, 10 + 2 * 32), [1, 1]);
    assert.equal(slopesOf(10 - 2 * 104, 10 + 2 * (8 + 24e3)), [0.25, Math.fround(1e-3)]);
    assert.ok(Math.abs(compressed(8 + 24e3, statistics.slopes) - 32) < 1e-4);
  });
});

test("rewards are learned within what they count as", () => {
  core.scope(() => {
    const statistics = allocateStatistics(core, 2, 1);
    const none = { mean: 0, std: 0 };
    const learned = (low: number, high: number) => {
      const [least, most] = [10 - 2 * low, 10 + 2 * high];
      refreshRewardScales(statistics, { mean: 10, std: 2, lowest: least, highest: most, least, most }, none);
      return [-1e30, -9, -1, 1, 9, 1e30].map((x) => Math.round(1e3 * compressed(x, statistics.slopes)) / 1e3);
    };
    assert.equal(learned(8, 4), [-8, -8, -1, 1, 4, 4]);
    // (104 − 8) deviations on 24
    assert.equal(learned(104, 0.5), [-32, -8.25, -1, 0.5, 0.5, 0.5]);
    assert.equal(learned(32, 104), [-32, -9, -1, 1, 8.25, 32]);
    // bounds of units that there are none of bound nothing
    const same = { mean: 3, std: 0, lowest: 3, highest: 3, least: 3, most: Infinity };
    refreshRewardScales(statistics, same, none);
    assert.is(compressed(-1e30, statistics.slopes), -1e30);
  });
});

test("however little varies has a scale of its own", () => {
  core.scope(() => {
    const random = mulberry32(3);
    const states = randomRows(random, 20, 1);
    const tiny = states.map(([x]) => [x * 2 ** -40]);
    const scales = [states, tiny].map((rows) => refreshed(core, rows, rows).inputScale[0]);
    assert.is(scales[1], scales[0] * 2 ** 40);
  });
});

test("the rewards of steps and of endings have scales of their own; equal ones have the scale 0", () => {
  core.scope(() => {
    const statistics = allocateStatistics(core, 2, 1);
    statistics.targetScale.set([3, 4]);
    refreshRewardScales(
      statistics,
      { mean: -0.5, std: 0.25, lowest: -1, highest: 1, ...unbounded },
      { mean: 100, std: 20 },
    );
    const { targetShift, targetScale, ending } = statistics;
    assert.equal([...targetShift, ...targetScale], [0, 0, -0.5, 3, 4, 4]);
    assert.equal([ending.shift[0], ending.scale[0]], [100, Math.fround(0.05)]);
    refreshRewardScales(
      statistics,
      { mean: -1, std: 0, lowest: -1, highest: -1, ...unbounded },
      { mean: 7, std: 0 },
    );
    assert.equal([...targetShift, ...targetScale], [0, 0, -1, 3, 4, 0]);
    assert.equal([ending.shift[0], ending.scale[0]], [7, 0]);
  });
});
test.run();
