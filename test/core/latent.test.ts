/** What the bindings of the latent model's kernels refuse. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  allocateChunk,
  allocateLatentFilter,
  allocateLatentModel,
  latentFilterStep,
  setChunk,
  setLatentFilter,
  setLatentModel,
} from "../../src/core/latent.ts";
import { TILE } from "../../src/core/tiles.ts";
import { debugCore } from "../helpers/debugCore.ts";

const core = debugCore(1 << 16);

const refuses = (work: () => void, kind: typeof Error, message: string) =>
  assert.throws(work, (error: Error) => error instanceof kind && error.message === message);

test("one kind of record is not taken for another", () => {
  const [model, chunk, filter] = [allocateLatentModel(core), allocateChunk(core), allocateLatentFilter(core)];
  const got = (name: string, { words }: typeof model, { words: wanted }: typeof model) =>
    `${name}: expected a record of ${wanted.length} fields, got one of ${words.length}`;
  refuses(() => setLatentModel(core, chunk, {}), Error, got("LatentModel", chunk, model));
  refuses(() => setChunk(core, filter, {}), Error, got("Chunk", filter, chunk));
  refuses(() => setLatentFilter(core, model, {}), Error, got("LatentFilter", model, filter));
});

test("the latent takes a positive multiple of four rows", () => {
  const model = allocateLatentModel(core);
  for (const latentSize of [6, 0, 2.5, -4])
    refuses(
      () => setLatentModel(core, model, { latentSize }),
      RangeError,
      `latentSize: expected a positive multiple of 4, got ${latentSize}`,
    );
  setLatentModel(core, model, { latentSize: 12 });
  assert.is(model.words[0], 12);
});

test("arrays must be the core's", () => {
  const outside = new Float32Array(4);
  const message = (name: string) =>
    `${name}: expected an array of this core (core.f32 or core.u32), got one outside it`;
  const model = allocateLatentModel(core);
  refuses(
    () => setLatentModel(core, model, { observationStd: outside }),
    TypeError,
    message("observationStd"),
  );
  refuses(() => setChunk(core, allocateChunk(core), { valid: outside }), TypeError, message("valid"));
  refuses(
    () => setLatentFilter(core, allocateLatentFilter(core), { noise: outside }),
    TypeError,
    message("noise"),
  );
});

test("a step of the belief takes [Z + 1, TILE] particles and [TILE] increments", () => {
  const [model, filter] = [allocateLatentModel(core), allocateLatentFilter(core)];
  setLatentModel(core, model, { latentSize: 4 });
  setLatentFilter(core, filter, { model: model.words });
  const [particles, increments] = [core.f32(5 * TILE), core.f32(TILE)];
  const short = core.f32(4 * TILE);
  const got = "expected [5, 32] = 160 values, got 128";
  refuses(() => latentFilterStep(core, filter, short, increments, particles), RangeError, `next: ${got}`);
  refuses(() => latentFilterStep(core, filter, particles, increments, short), RangeError, `previous: ${got}`);
  refuses(
    () => latentFilterStep(core, filter, particles, core.f32(8), particles),
    RangeError,
    "logIncrements: expected [32] = 32 values, got 8",
  );
  refuses(
    () => latentFilterStep(core, filter, particles, increments, new Float32Array(160)),
    TypeError,
    "previous: expected an array of this core (core.f32 or core.u32), got one outside it",
  );
});

test.run();
