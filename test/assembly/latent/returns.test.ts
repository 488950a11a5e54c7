/** Returns along chunks, masks, and what was seen of a batch, against f64 twins. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { setGuide } from "../../../src/core/guide.ts";
import { lambdaReturns, maskTiles, separateSeen, setLatentModel } from "../../../src/core/latent.ts";
import { pad4, TILE } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { buildChunks, randomWorld } from "../../helpers/latent.ts";
import { shapes } from "../../helpers/latentShapes.ts";
import { randomRow } from "../../reference/arrays.ts";
import { mulberry32 } from "../../reference/kernels.ts";
import { lambdaReturn } from "../../reference/latent.ts";

const core = debugCore();

const UNITS = { rewardMean: -2, rewardStd: 3, endingMean: 5, endingStd: 0.5, valueMean: 1.5, valueStd: 4 };
const single = (t: number) => t * pad4(1) * TILE;

for (const [discount, decay, informationWeight] of [
  [0.9, 0.7, 0],
  [1, 1, 0.5],
  [0.95, 0, 2],
])
  test(`λ-returns match the f64 twin: γ = ${discount}, λ = ${decay}, β = ${informationWeight}`, () => {
    core.scope(() => {
      const shape = shapes["Gaussian, three members, eight latents, endings"];
      const { steps } = shape;
      const world = randomWorld({ ...shape, lengths: { 0: steps, 3: 3, 17: 1, 30: steps - 1, 31: 2 } });
      const { built, learner } = buildChunks(core, world);
      const { valueMean, valueStd, ...units } = UNITS;
      setLatentModel(core, built.record, units);
      setGuide(core, built.guideView.record, { valueMean, valueStd });
      const values = core.f32(randomRow(mulberry32(3), steps * pad4(1) * TILE));
      const [target, known] = [0, 1].map(() => core.f32(values.length).fill(Number.NaN));
      learner.work.pass.ratios.set(randomRow(mulberry32(4), steps * TILE));
      const sum = { discount, decay, informationWeight };
      lambdaReturns(core, target, known, values, built.guideView.record, learner.record, sum);
      for (let lane = 0; lane < TILE; lane++) {
        const length = world.shape.lengths[lane] ?? 0;
        const chunk = world.chunks[lane].slice(0, length).map((step, t) => ({
          ...step,
          reward: UNITS.rewardMean + UNITS.rewardStd * step.reward,
          endingReward: UNITS.endingMean + UNITS.endingStd * step.endingReward,
          ratio: learner.work.pass.ratios[t * TILE + lane],
          value: UNITS.valueMean + UNITS.valueStd * values[single(t) + lane],
        }));
        const expected = lambdaReturn(chunk, sum);
        for (let t = 0; t < steps; t++) {
          const isKnown = t + 1 < length;
          assert.is(known[single(t) + lane], Number(isKnown));
          if (!isKnown) continue;
          const scaled = (expected[t] - UNITS.valueMean) / UNITS.valueStd;
          // sums of at most five terms of size ten in f32, in units of 4
          assert.ok(Math.abs(target[single(t) + lane] - scaled) < 1e-6 * Math.max(1, Math.abs(scaled)));
        }
      }
    });
  });

test("maskTiles keeps or clears lanes of every row", () => {
  core.scope(() => {
    const [tiles, rows] = [3, 8];
    const random = mulberry32(5);
    const values = randomRow(random, tiles * rows * TILE);
    const mask = core.f32(tiles * pad4(1) * TILE).fill(7);
    for (let t = 0; t < tiles; t++)
      for (let n = 0; n < TILE; n++) mask[single(t) + n] = Number(random() < 0.5);
    const d = core.f32(values);
    maskTiles(core, d, mask);
    const expected = values.map((value, i) => {
      const [tile, n] = [Math.floor(i / rows / TILE), i % TILE];
      return value * mask[single(tile) + n] + 0;
    });
    assert.equal(
      [...d].map((value) => value + 0),
      expected,
    );
  });
});

test("separateSeen clears what is NaN or beyond a chunk, and tells what was seen, and what was seen completely", () => {
  core.scope(() => {
    const [tiles, rows] = [2, 8];
    const random = mulberry32(6);
    const x = randomRow(random, tiles * rows * TILE).map((value) => (random() < 0.1 ? Number.NaN : value));
    const valid = core.f32(Array.from({ length: tiles * TILE }, () => Number(random() < 0.8)));
    const observations = core.f32(x);
    const seen = core.f32(x.length).fill(9);
    const complete = core.f32(tiles * TILE).fill(9);
    separateSeen(core, observations, seen, complete, valid);
    const lane = (i: number) => Math.floor(i / rows / TILE) * TILE + (i % TILE);
    const isSeen = x.map((value, i) => !Number.isNaN(value) && valid[lane(i)] === 1);
    assert.equal([...seen], isSeen.map(Number));
    assert.equal(
      [...observations],
      x.map((value, i) => (isSeen[i] ? value : 0)),
    );
    const missed = new Set(x.map((_, i) => (isSeen[i] ? -1 : lane(i))));
    assert.equal(
      [...complete],
      Array.from(complete, (_, n) => Number(!missed.has(n))),
    );
    assert.ok(complete.includes(1) && complete.includes(0));
  });
});

test("the bindings name an array of another shape", () => {
  const [four, eight] = [core.f32(4 * TILE), core.f32(8 * TILE)];
  const [one, two] = [core.f32(TILE), core.f32(2 * TILE)];
  const { built, learner } = buildChunks(core, randomWorld(shapes["Gaussian, one member"]));
  const [guide, { record }] = [built.guideView.record, learner];
  const weights = { discount: 1, decay: 1, informationWeight: 0 };
  for (const [call, message] of [
    [() => lambdaReturns(core, four, eight, four, guide, record, weights), /^known: /],
    [() => maskTiles(core, eight, two), /^mask.length: expected a positive multiple of 128, got 64$/],
    [() => separateSeen(core, four, eight, one, one), /^seen: expected \[128\] = 128 values, got 256$/],
    [() => separateSeen(core, four, four, two, one), /^complete: expected \[1, 32\] = 32 values, got 64$/],
  ] as const)
    assert.throws(call, message);
});

test.run();
