/** The memory of `informationGain`: one for all calls, as large as each needs. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../../src/core/core.ts";
import {
  type InformationGainOptions,
  informationGain,
  informationGainBytes,
  informationGainIn,
} from "../../../src/inference/information/informationGain.ts";
import type { Prediction } from "../../../src/inference/information/predictions.ts";
import { randomRow, randomRows } from "../../reference/arrays.ts";
import { mulberry32 } from "../../reference/kernels.ts";

const core = await createCore({ bytes: 1 << 24 });
const random = mulberry32(1);
const N = 201;

const gaussian = (): Prediction => ({ mean: randomRows(random, 3, N), std: [1, 2, 0.5] });
const apart = (): Prediction => ({ mean: randomRows(random, 3, N), std: randomRows(random, 3, N, 1, 2) });
const outcomes = (): Prediction => ({
  logProbabilities: Array.from({ length: 5 }, () => new Array<number>(N).fill(Math.log(0.2))),
});
const density = (): Prediction => ({ logDensity: randomRow(random, N), logImportance: randomRow(random, N) });
const fresh = (make: () => Prediction) => Array.from({ length: 6 }, make);
const path = "path" as const;

for (const [name, prediction, options] of [
  ["Gaussian", gaussian(), { draws: 3 }],
  ["Gaussian, moments matched", apart(), { draws: 3, estimator: "gaussian" }],
  ["outcomes", outcomes(), {}],
  ["Gaussian along the path", gaussian(), { conditioning: path, fresh: fresh(gaussian), draws: 3 }],
  ["deviations of their own along the path", apart(), { conditioning: path, fresh: fresh(apart) }],
  ["outcomes along the path", outcomes(), { conditioning: path, fresh: fresh(outcomes) }],
  ["densities along the path", density(), { conditioning: path, fresh: fresh(density), estimator: "iwae" }],
] as [string, Prediction, InformationGainOptions][])
  test(`${name}: has room, little more, and the numbers of another core`, async () => {
    let bytes = 0;
    const counting = {
      ...core,
      f32(source: number | ArrayLike<number>) {
        bytes += ((typeof source === "number" ? source : source.length) * 4 + 15) & ~15;
        return core.f32(source);
      },
    };
    const expected = informationGainIn(counting, prediction, options);
    const room = informationGainBytes(prediction, options);
    assert.ok(room >= bytes && room < 1.6 * bytes + 1024, `${room} bytes for ${bytes}`);
    assert.equal(await informationGain(prediction, options), expected);
  });

test("grows with what is asked, and keeps its numbers", async () => {
  const wide = (columns: number): Prediction => ({ mean: [randomRow(mulberry32(3), columns)], std: [1] });
  const first = await informationGain(wide(8));
  await informationGain(wide(4096));
  assert.equal(await informationGain(wide(8)), first);
});

test.run();
