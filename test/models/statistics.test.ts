import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Core } from "../../src/core/core.ts";
import {
  allocateStatistics,
  refreshRewardScales,
  refreshStatistics,
  type Statistics,
} from "../../src/models/statistics.ts";
import { debugCore } from "../helpers/debugCore.ts";
import { average, type Rows, randomRows } from "../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../reference/kernels.ts";
import { columnMoments } from "../reference/linalg.ts";

const core = debugCore();

/** The statistics of states and changes that lie in one table, with a column of something else between. */
function refreshed(core: Core, states: Rows, changes: Rows, count = states.length): Statistics {
  const D = states[0].length;
  const stride = 2 * D + 1;
  const table = core.f32(states.flatMap((x, i) => [...x, 99, ...changes[i]]));
  const statistics = allocateStatistics(core, D, 2);
  const state = { table, stride, offset: 0, width: D };
  refreshStatistics(core, statistics, { state, change: { table, stride, offset: D + 1, width: D } }, count);
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

for (const D of [1, 3, 5])
  test(`states are centred and scaled, changes scaled by their root mean square, actions left alone, D=${D}`, () => {
    core.scope(() => {
      const random = mulberry32(D);
      const states = randomRows(random, 60, D, -3, 10);
      const changes = randomRows(random, 60, D, -0.1, 0.3);
      const statistics = refreshed(core, states, changes, 50);
      const seen = columnMoments(states.slice(0, 50));
      const rms = changes[0].map((_, d) => Math.sqrt(average(changes.slice(0, 50).map((dx) => dx[d] ** 2))));
      const close = (actual: Float32Array, expected: number[]) =>
        assert.ok(maxAbsError(actual, expected) < 1e-6 * Math.max(...expected.map(Math.abs)));
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

test("a coordinate that never varies keeps the scale 1, and so does one that never moves", () => {
  core.scope(() => {
    const random = mulberry32(2);
    const states = randomRows(random, 20, 2).map(([x]) => [x, 4]);
    const changes = randomRows(random, 20, 2).map(([dx]) => [0, dx]);
    const { inputShift, inputScale, targetScale, stepScale } = refreshed(core, states, changes);
    assert.is(inputShift[1], 4);
    assert.is(inputScale[1], 1);
    assert.is(targetScale[0], 1);
    assert.is(stepScale[0], inputScale[0]);
    assert.ok(Math.abs(stepScale[1] * targetScale[1] - 1) < 1e-6);
  });
});

test("the rewards of steps and of endings have scales of their own; equal ones keep the scale 1", () => {
  core.scope(() => {
    const statistics = allocateStatistics(core, 2, 1);
    statistics.targetScale.set([3, 4]);
    refreshRewardScales(statistics, { mean: -0.5, std: 0.25 }, { mean: 100, std: 20 });
    const { targetShift, targetScale, ending } = statistics;
    assert.equal([...targetShift, ...targetScale], [0, 0, -0.5, 3, 4, 4]);
    assert.equal([ending.shift[0], ending.scale[0]], [100, Math.fround(0.05)]);
    refreshRewardScales(statistics, { mean: -1, std: 0 }, { mean: 7, std: 1e-9 });
    assert.equal([...targetShift, ...targetScale], [0, 0, -1, 3, 4, 1]);
    assert.equal([ending.shift[0], ending.scale[0]], [7, 1]);
  });
});
test.run();
