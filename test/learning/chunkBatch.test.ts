import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { TILE } from "../../src/core/tiles.ts";
import { drawChunks } from "../../src/learning/chunkBatch.ts";
import type { ChunkSettings } from "../../src/learning/chunkLearning.ts";
import { allocateSequences, appendObservation } from "../../src/learning/sequences.ts";
import { buildChunks, randomWorld } from "../helpers/latent.ts";
import { shapes } from "../helpers/latentShapes.ts";

const core = await createCore({ bytes: 1 << 23 });
const [shape] = Object.values(shapes);
const { X, A, steps } = shape;

/** Three episodes of which the second is longer than a chunk; numbers say where they come from: episode, step, dimension. */
const LENGTHS = [3, steps + 4, 5];
const numberOf = (episode: number, t: number, d: number) => 100 * episode + t + d / 10;

function batch(settings: Partial<ChunkSettings> = {}, updates = 1) {
  const { built, learner } = buildChunks(core, randomWorld(shape), settings);
  const sequences = allocateSequences(core, X, A, 2, 64);
  LENGTHS.forEach((length, episode) => {
    for (let t = 0; t < length; t++) {
      const observation = Array.from({ length: X }, (_, d) => numberOf(episode, t, d));
      const action = Array.from({ length: A }, (_, d) => -numberOf(episode, t, d));
      const previous = { action, reward: 1000 * episode + t, terminated: episode === 2 && t === length - 1 };
      appendObservation(sequences, observation, t === 0 ? undefined : previous);
    }
  });
  const { scales } = built;
  scales.observation.shift.fill(50);
  scales.observation.scale.fill(0.5);
  scales.reward.scale[0] = 2;
  scales.ending.shift[0] = 7;
  const ends = core.u32(TILE);
  learner.counts.updates = updates;
  drawChunks(core, learner, sequences, { scales, isSpoilt: built.isSpoilt, ends });
  return { evidence: learner.work.evidence, indices: learner.work.indices, ends };
}

const pitchOf = (size: number) => (size + 3) & ~3;
const at = (rows: Float32Array, size: number, t: number, n: number, d = 0) =>
  rows[(t * pitchOf(size) + d) * TILE + n];

/** Where a row of the table is: its episode and its step. */
function placeOf(row: number): readonly [episode: number, t: number] {
  const episode = row < LENGTHS[0] ? 0 : row < LENGTHS[0] + LENGTHS[1] ? 1 : 2;
  return [episode, row - LENGTHS.slice(0, episode).reduce((sum, length) => sum + length, 0)];
}

test("the evidence of a step is its row, scaled; what is beyond the episode does not count", () => {
  const { evidence, indices } = batch();
  let [counted, endings] = [0, 0];
  for (let n = 0; n < TILE; n++)
    for (let t = 0; t < steps; t++) {
      const [episode, step] = placeOf(indices[t * TILE + n]);
      const isValid = evidence.valid[t * TILE + n] === 1;
      // the first step's action and reward are no part of a chunk
      assert.is(at(evidence.outcomeSeen, 1, t, n), Number(isValid && t > 0));
      for (let d = 0; d < X; d++) assert.is(at(evidence.seen, X, t, n, d), Number(isValid));
      if (!isValid) continue;
      counted++;
      for (let d = 0; d < X; d++) {
        const expected = 0.5 * (numberOf(episode, step, d) - 50);
        assert.ok(Math.abs(at(evidence.observations, X, t, n, d) - expected) < 1e-4);
      }
      if (t === 0) continue;
      for (let d = 0; d < A; d++)
        assert.ok(Math.abs(at(evidence.previousActions, A, t, n, d) + numberOf(episode, step, d)) < 1e-4);
      const reward = 1000 * episode + step;
      assert.equal(
        [at(evidence.rewards, 1, t, n), at(evidence.endingRewards, 1, t, n)],
        [2 * reward, reward - 7],
      );
      const ended = Number(episode === 2 && step === LENGTHS[2] - 1);
      assert.is(at(evidence.ended, 1, t, n), ended);
      endings += ended;
    }
  assert.ok(counted > TILE * 3 && endings > 0, `${counted} steps, ${endings} endings`);
});

test("a chunk is of one episode, in its order", () => {
  const { evidence, indices } = batch();
  for (let n = 0; n < TILE; n++)
    for (let t = 1; t < steps; t++)
      if (evidence.valid[t * TILE + n] === 1)
        assert.is(indices[t * TILE + n], indices[(t - 1) * TILE + n] + 1, `chunk ${n}, step ${t}`);
});

test("each update draws other chunks, the same ones again; the discriminative bound explains nothing seen", () => {
  const endsOf = (updates: number) => [...batch({}, updates).ends];
  assert.equal(endsOf(1), endsOf(1));
  assert.not.equal(endsOf(1), endsOf(2));
  const { evidence } = batch({ bound: "discriminative" });
  assert.ok(evidence.seen.every((value) => value === 0));
  assert.ok(evidence.observations.some((value) => value !== 0));
});

test.run();
