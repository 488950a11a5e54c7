import { test } from "uvu";
import * as assert from "uvu/assert";
import { discrete } from "../../../src/environments/environment.ts";
import { checkModel } from "../../../src/models/functions/checkModel.ts";
import type { Batch, Model } from "../../../src/models/functions/model.ts";
import { tiger } from "../../../src/models/problems/tiger.ts";
import {
  laserTag,
  lightDarkLine,
  lightDarkSteps,
  mountainHike,
  subHunt,
  vdpTag,
} from "../../../src/problems.ts";
import { functionsOfTables, walk } from "../../helpers/functions.ts";

for (const [name, model] of [
  ["LightDark(10)", lightDarkLine()],
  ["Light Dark", lightDarkSteps()],
  ["Sub Hunt", subHunt()],
  ["VDP Tag", vdpTag()],
  ["Laser Tag", laserTag({ obstacles: [13, 17, 27, 31] })],
  ["Mountain Hike", mountainHike()],
  ["tables as functions", functionsOfTables(tiger())],
  ["a walk", walk],
] as const)
  test(`finds nothing wrong with ${name}`, async () => {
    assert.equal(await checkModel(model, { draws: 2048 }), []);
  });

let kept: Float32Array = new Float32Array(0);
let calls = 0;
for (const [name, changes, message] of [
  ["sizes", { stateSize: 0 }, /^model.stateSize: expected a whole number ≥ 1, got 0$/],
  [
    "a start that is not written",
    { initial: () => {} },
    /^initial: states: expected finite numbers everywhere, got NaN at 0 of 64$/,
  ],
  [
    "rewards that are not written",
    { step: ({ next }: Batch) => void next.fill(0) },
    /^step: rewards: expected finite numbers everywhere, got NaN/,
  ],
  [
    "endings that are no probabilities",
    {
      step(batch: Batch, tools: Parameters<Model["step"]>[1]) {
        walk.step(batch, tools);
        batch.endings.fill(1.5);
      },
    },
    /^step: endings: expected probabilities in \[0, 1\], got 1.5$/,
  ],
  [
    "states that are written to",
    {
      step(batch: Batch, tools: Parameters<Model["step"]>[1]) {
        walk.step(batch, tools);
        batch.states.fill(3);
      },
    },
    /^step: states: expected what is read to stay, got 3/,
  ],
  [
    "other numbers from the same draws",
    {
      step(batch: Batch, tools: Parameters<Model["step"]>[1]) {
        walk.step(batch, tools);
        batch.next[0] += calls++;
      },
    },
    /^step: next: expected the same numbers from the same draws, got/,
  ],
  [
    "an array that is kept",
    {
      step(batch: Batch, tools: Parameters<Model["step"]>[1]) {
        walk.step(batch, tools);
        if (kept.length === batch.next.length) kept.set(batch.next);
        kept = batch.next;
      },
    },
    /^step: next: expected no array to be kept, got one that a later call wrote to$/,
  ],
  [
    "symbols beside their space",
    { observationSpace: discrete(3) },
    /^observe: observations: expected whole numbers below 3, got/,
  ],
  [
    "a density that is not normalised",
    {
      logDensity(out: Float32Array, x: Float32Array, { next }: Batch) {
        out.forEach((_, n) => {
          out[n] = -0.5 * (x[n] - next[n]) ** 2;
        });
      },
    },
    // √(2π)
    /^logDensity: expected a density whose integral is 1, got 2\.(4|5)\d* ± /,
  ],
  [
    "a density of another width",
    {
      logDensity(out: Float32Array, x: Float32Array, { next }: Batch) {
        out.forEach((_, n) => {
          out[n] = -0.5 * ((x[n] - next[n]) / 0.8) ** 2 - Math.log(0.8) - 0.9189385332046727;
        });
      },
    },
    /^logDensity: expected the deviation of what observe draws, (1|0\.9)\.?\d* in row 0, got 0\.(7|8)\d*$/,
  ],
  [
    "a density of another place",
    {
      logDensity(out: Float32Array, x: Float32Array, { next }: Batch) {
        out.forEach((_, n) => {
          out[n] = -0.5 * (x[n] - next[n] - 0.5) ** 2 - 0.9189385332046727;
        });
      },
    },
    /^logDensity: expected the mean of what observe draws, /,
  ],
  [
    "a density that looks at other steps",
    {
      logDensity(out: Float32Array, x: Float32Array, { next }: Batch) {
        out.forEach((_, n) => {
          out[n] = -0.5 * (x[n] - next[0]) ** 2 - 0.9189385332046727;
        });
      },
    },
    /^logDensity: expected the density of a step to depend on that step alone/,
  ],
] as const)
  test(`names ${name}`, async () => {
    const [first = ""] = await checkModel({ ...walk, ...changes } as Model);
    assert.match(first, message);
  });

for (const [name, logDensity, message] of [
  [
    "probabilities that do not sum to one",
    (out: Float32Array) => void out.fill(Math.log(0.6)),
    /^logDensity: expected (symbol|probabilities)/,
  ],
  [
    "the wrong probabilities",
    (out: Float32Array) => void out.fill(Math.log(0.5)),
    /^logDensity: expected symbol \d with the probability that observe draws it with, .* of 4096 draws, got 0.5$/,
  ],
] as const)
  test(`names ${name} of symbols`, async () => {
    const [first = ""] = await checkModel({ ...functionsOfTables(tiger()), logDensity });
    assert.match(first, message);
  });

test("refuses options out of range", async () => {
  try {
    await checkModel(walk, { states: 2 });
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, "states: expected a whole number in [4, 65536], got 2");
  }
});

test.run();
