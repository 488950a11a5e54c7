import { test } from "uvu";
import * as assert from "uvu/assert";
import { ratioMoments } from "../../../src/core/ratios.ts";
import { core, unset } from "../../helpers/ratios.ts";
import { randomRow, randomRows, sum } from "../../reference/arrays.ts";
import { maxAbsError, mulberry32, normaliseWeights } from "../../reference/kernels.ts";
import * as reference from "../../reference/ratios.ts";

test("ratioMoments are the weighted mean and s / √N, over the mean of several ratios a particle", () => {
  const random = mulberry32(2);
  const [S, N] = [3, 12];
  const rows = randomRows(random, S, N);
  const averages = rows[0].map((_, n) => sum(rows.map((row) => row[n])) / S);
  const weights = normaliseWeights(randomRow(random, N)).map(Math.fround);
  const moments = ratioMoments(core, unset(2), core.f32(rows.flat()), core.f32(weights));
  assert.ok(maxAbsError(moments, reference.ratioMoments(averages, weights)) < 1e-6);

  const equal = ratioMoments(
    core,
    unset(2),
    core.f32([1, 2, 3, 6, 9, 9, 9, NaN]),
    core.f32([0.25, 0.25, 0.25, 0.25, 0, 0, 0, 0]),
  );
  assert.ok(maxAbsError(equal, [3, Math.sqrt(14 / 3 / 4)]) < 1e-6);
});

test.run();
