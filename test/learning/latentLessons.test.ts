import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { setLatentModel } from "../../src/core/latent.ts";
import { mlpPredict } from "../../src/core/mlp.ts";
import { pad4, TILE } from "../../src/core/tiles.ts";
import {
  allocateLatentLessons,
  distilLatents,
  learnLatentValue,
  rescaleLatentValue,
} from "../../src/learning/latentLessons.ts";
import { allocateSequences, appendObservation, labelNewest } from "../../src/learning/sequences.ts";
import type { Network } from "../../src/models/network.ts";
import { buildChunks, randomWorld, type Shape } from "../helpers/latent.ts";
import { shapes } from "../helpers/latentShapes.ts";
import { average, gaussian, randomRow } from "../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../reference/kernels.ts";
import { lambdaReturn } from "../reference/latent.ts";

const core = await createCore({ bytes: 1 << 23 });

const T = 5;
const LABELS = 3;
const shape: Shape = {
  ...shapes["Gaussian, three members, eight latents, endings"],
  // one group of three bins
  A: 1,
  hidden: [16],
  steps: T,
  lengths: Object.fromEntries(Array.from({ length: TILE }, (_, lane) => [lane, 2 + (lane % 4)])),
};
const settings = {
  chunk: T,
  learningRate: 3e-3,
  annealing: 1e6,
  weightDecay: 0,
  discount: 0.9,
  returnDecay: 0.8,
  valueRate: 0.05,
  trustRegion: 0,
  imagination: 0,
};

/** A learner whose batch is at random latents, and rows with plans at every other of them. */
function prepared(labelOf: (row: number) => readonly number[], change: Partial<typeof settings> = {}) {
  const { built: model, learner } = buildChunks(core, randomWorld(shape));
  setLatentModel(core, model.record, { rewardStd: 1, endingStd: 1 });
  const lessons = allocateLatentLessons(core, model, { ...settings, ...change });
  const sequences = allocateSequences(core, shape.X, shape.A, LABELS, 40);
  for (let row = 0; row < 40; row++) {
    appendObservation(sequences, new Array(shape.X).fill(0));
    labelNewest(sequences, Float32Array.from(labelOf(row)), 10 * row);
    if (row % 2 === 1) sequences.table[(row + 1) * sequences.stride - 2] = 0;
  }
  const random = mulberry32(3);
  learner.work.pass.latents.set(Array.from(learner.work.pass.latents, () => gaussian(random)));
  learner.work.indices.set(Array.from(learner.work.indices, () => Math.floor(40 * random())));
  const isTaught = Array.from(
    learner.work.indices,
    (row, i) => row % 2 === 0 && learner.work.evidence.valid[i] === 1,
  );
  return { model, learner, lessons, sequences, isTaught };
}

/** Outputs [T · TILE][outputs] of a network at the batch's latents. */
function outputsOf(network: Network, latents: Float32Array, outputs: number): number[][] {
  return core.scope(() => {
    const out = core.f32(T * pad4(outputs) * TILE);
    mlpPredict(core, out, latents, core.f32(2 * 64 * TILE), network.parameters, network.shape);
    return Array.from({ length: T * TILE }, (_, i) =>
      Array.from({ length: outputs }, (_, o) => {
        const tile = Math.floor(i / TILE);
        return out[(tile * pad4(outputs) + o) * TILE + (i % TILE)];
      }),
    );
  });
}

const softmax = (logits: readonly number[]) => {
  const weights = logits.map(Math.exp);
  return weights.map((weight) => weight / weights.reduce((sum, value) => sum + value, 0));
};

test("distillation moves the habit to the labels of what was planned", () => {
  core.scope(() => {
    const [even, odd] = [
      [0.125, 0.25, 0.625],
      [1, 0, 0],
    ];
    const { model, learner, lessons, sequences, isTaught } = prepared((row) => (row % 2 === 0 ? even : odd));
    for (let i = 0; i < 400; i++) {
      lessons.counts.updates++;
      distilLatents(core, lessons, model, learner, sequences);
    }
    const all = outputsOf(model.habit, learner.work.pass.latents, LABELS).map(softmax);
    const taught = all.filter((_, i) => isTaught[i]);
    assert.ok(taught.length > 20 && taught.length < 80);
    const mean = [0, 1, 2].map((k) => average(taught.map((row) => row[k])));
    assert.ok(maxAbsError(mean, even) < 0.02, `${mean}`);
    assert.ok(Math.max(...taught.map((row) => maxAbsError(row, even))) < 0.1);
  });
});

test("what was not planned, or lies beyond a chunk's end, leaves the habit as it is, to the bit", () => {
  const learned = (other: readonly number[], beyond: readonly number[]) =>
    core.scope(() => {
      const { model, learner, lessons, sequences } = prepared((row) => {
        if (row % 2 === 1) return other;
        return row % 4 === 0 ? [0, 1, 0] : beyond;
      });
      // the rows of `beyond` only where no step is
      learner.work.evidence.valid.set(Array.from(learner.work.indices, (row) => Number(row % 4 !== 2)));
      for (let i = 0; i < 20; i++) {
        lessons.counts.updates++;
        distilLatents(core, lessons, model, learner, sequences);
      }
      return [...model.habit.parameters];
    });
  const parameters = learned([1, 0, 0], [1, 0, 0]);
  assert.equal(learned([0, 0, 1], [1, 0, 0]), parameters);
  assert.equal(learned([1, 0, 0], [0, 0, 1]), parameters);
  assert.ok(parameters.every(Number.isFinite));
});

test("without a plan in the batch nothing is learned", () => {
  core.scope(() => {
    const { model, learner, lessons, sequences } = prepared(() => [1, 0, 0]);
    learner.work.indices.fill(1);
    lessons.counts.updates++;
    const before = [...model.habit.parameters];
    distilLatents(core, lessons, model, learner, sequences);
    assert.equal([...model.habit.parameters], before);
  });
});

test("the value moves to the λ-returns of the slow value, and the slow value follows it", () => {
  core.scope(() => {
    const { model, learner, lessons, sequences } = prepared(() => [1, 0, 0]);
    const { evidence, pass } = learner.work;
    const informationWeight = 0.5;
    pass.ratios.set(Array.from(pass.ratios, (_, i) => Math.sin(i)));
    const slow = outputsOf(model.slowValue, pass.latents, 1).flat();
    const before = [...model.slowValue.parameters];
    lessons.counts.updates++;
    learnLatentValue(core, lessons, model, learner, sequences, informationWeight);
    const { discount, returnDecay: decay } = settings;
    const sum = { discount, decay, informationWeight };
    const expected: number[] = [];
    const actual: number[] = [];
    for (let lane = 0; lane < TILE; lane++) {
      const length = shape.lengths[lane];
      const chunk = Array.from({ length }, (_, t) => ({
        reward: evidence.rewards[t * pad4(1) * TILE + lane],
        endingReward: evidence.endingRewards[t * pad4(1) * TILE + lane],
        ended: evidence.ended[t * pad4(1) * TILE + lane],
        value: slow[t * TILE + lane],
        ratio: pass.ratios[t * TILE + lane],
      }));
      expected.push(...lambdaReturn(chunk, sum).slice(0, -1));
      for (let t = 0; t + 1 < length; t++) actual.push(lessons.target[t * pad4(1) * TILE + lane]);
    }
    assert.ok(maxAbsError(actual, expected) < 2e-6);
    // slow ← slow + rate (value − slow)
    const followed = before.map(
      (value, i) => value + settings.valueRate * (model.value.parameters[i] - value),
    );
    assert.ok(maxAbsError(model.slowValue.parameters, followed) < 1e-6);
    const missOf = () => {
      const value = outputsOf(model.value, pass.latents, 1).flat();
      const misses = value.map((v, i) => {
        const place = Math.floor(i / TILE) * pad4(1) * TILE + (i % TILE);
        return lessons.known[place] * Math.abs(v - lessons.target[place]);
      });
      return average(misses);
    };
    const missed = missOf();
    for (let i = 0; i < 300; i++) {
      lessons.counts.updates++;
      learnLatentValue(core, lessons, model, learner, sequences, 0.5);
    }
    assert.ok(missOf() < 0.3 * missed, `${missed}, then ${missOf()}`);
  });
});

test("where steps are planned anew, the value learns what their plans promised instead", () => {
  core.scope(() => {
    const { model, learner, lessons, sequences, isTaught } = prepared(() => [1, 0, 0], { imagination: 2 });
    const { shift, scale } = model.scales.value;
    [shift[0], scale[0]] = [4, 0.5];
    lessons.counts.updates++;
    const plain = prepared(() => [1, 0, 0]);
    [plain.model.scales.value.shift[0], plain.model.scales.value.scale[0]] = [4, 0.5];
    plain.lessons.counts.updates++;
    learnLatentValue(core, plain.lessons, plain.model, plain.learner, plain.sequences, 0);
    learnLatentValue(core, lessons, model, learner, sequences, 0);
    isTaught.forEach((isPlanned, i) => {
      const place = Math.floor(i / TILE) * pad4(1) * TILE + (i % TILE);
      const row = learner.work.indices[i];
      assert.is(lessons.known[place], isPlanned ? 1 : plain.lessons.known[place]);
      assert.is(lessons.target[place], isPlanned ? (10 * row - 4) * 0.5 : plain.lessons.target[place]);
    });
  });
});

test("a new unit of the value keeps both functions, and is the spread of the returns that are known", () => {
  core.scope(() => {
    const { model, learner, lessons } = prepared(() => [1, 0, 0]);
    const random = mulberry32(8);
    for (const { parameters } of [model.value, model.slowValue])
      parameters.set(randomRow(random, parameters.length));
    const unit = model.scales.value;
    unit.shift[0] = 2;
    unit.scale[0] = 0.25;
    const valuesOf = () =>
      [model.value, model.slowValue].map((network) =>
        outputsOf(network, learner.work.pass.latents, 1).map(([out]) => unit.shift[0] + out / unit.scale[0]),
      );
    rescaleLatentValue(lessons, model, { least: 0.1, first: 4 });
    assert.equal([unit.shift[0], unit.scale[0]], [2, 0.25]);
    lessons.counts.updates++;
    lessons.target.set(randomRow(random, lessons.target.length, -1, 2));
    const before = valuesOf();
    const known: number[] = [];
    for (let i = 0; i < T * TILE; i++) {
      const place = Math.floor(i / TILE) * pad4(1) * TILE + (i % TILE);
      lessons.known[place] = Number(i % 3 !== 0);
      if (i % 3 !== 0) known.push(2 + 4 * lessons.target[place]);
    }
    rescaleLatentValue(lessons, model, { least: 0.1, first: 4 });
    const mean = average(known);
    const std = Math.sqrt(average(known.map((value) => (value - mean) ** 2)));
    assert.ok(Math.abs(unit.shift[0] - mean) < 1e-6 && Math.abs(1 / unit.scale[0] - std) < 1e-6);
    valuesOf().forEach((values, n) => {
      assert.ok(maxAbsError(values, before[n]) < 1e-5 * Math.max(...before[n].map(Math.abs)));
    });
  });
});

test.run();
