import { test } from "uvu";
import * as assert from "uvu/assert";
import { momentMatchedRatios, momentMatchedRoom } from "../../../src/core/ratios.ts";
import { core, lanes, NOTHING, unset } from "../../helpers/ratios.ts";
import { randomRow, randomRows } from "../../reference/arrays.ts";
import { maxAbsError, mulberry32, normaliseWeights } from "../../reference/kernels.ts";
import * as reference from "../../reference/ratios.ts";

for (const [D, N] of [
  [1, 4],
  [3, 8],
  [16, 40],
])
  test(`momentMatchedRatios matches the f64 reference at D=${D}, N=${N}`, () => {
    const random = mulberry32(D);
    const mean = randomRows(random, N, D, -2, 2);
    const std = randomRows(random, N, D, 0.5, 1.5);
    const weights = normaliseWeights([...randomRow(random, N - 1), NOTHING]).map(Math.fround);
    const room = unset(momentMatchedRoom(D));
    const actual = momentMatchedRatios(core, unset(N), lanes(mean), lanes(std), core.f32(weights), room);
    const expected = reference.momentMatchedRatios(mean, std, weights);
    expected[N - 1] = 0;
    // f64 throughout; weights of f32 sum to one within N 2⁻²⁵, results are rounded to f32 below 64
    assert.ok(maxAbsError(actual, expected) < 4e-6);

    const shared = mean.map(() => std[0]);
    const same = momentMatchedRatios(core, unset(N), lanes(mean), core.f32(std[0]), core.f32(weights), room);
    const alive = reference.momentMatchedRatios(mean, shared, weights).slice(0, N - 1);
    assert.ok(maxAbsError(same, alive) < 4e-6);
  });

test.run();
