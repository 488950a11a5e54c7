import type { Core } from "./core.ts";
import { expectMultiple, expectShape } from "./expect.ts";
import { allocateFields, type Instance, setFields, wordsOf } from "./fields.ts";
import {
  CHUNK,
  type ChunkValues,
  LATENT_FILTER,
  LATENT_MODEL,
  type LatentFilterValues,
  type LatentModelValues,
} from "./generated/records.ts";
import { pad4, TILE } from "./tiles.ts";

const FILTER_WORDS = wordsOf(LATENT_FILTER);

export const allocateLatentModel = (memory: Pick<Core, "u32">) => allocateFields(memory, LATENT_MODEL);
export const allocateChunk = (memory: Pick<Core, "u32">) => allocateFields(memory, CHUNK);
export const allocateLatentFilter = (memory: Pick<Core, "u32">) => allocateFields(memory, LATENT_FILTER);

/** Sets fields of a latent model. @throws RangeError when `latentSize` is no multiple of 4 */
export function setLatentModel(core: Core, record: Instance, values: Partial<LatentModelValues>): void {
  if (values.latentSize !== undefined) expectMultiple("latentSize", values.latentSize, 4);
  setFields(core, record, LATENT_MODEL, values);
}

/** Sets fields of a batch of chunks. */
export function setChunk(core: Core, record: Instance, values: Partial<ChunkValues>): void {
  setFields(core, record, CHUNK, values);
}

/** Sets fields of a step of the belief. */
export function setLatentFilter(core: Core, record: Instance, values: Partial<LatentFilterValues>): void {
  setFields(core, record, LATENT_FILTER, values);
}

/** Binding of `assembly/latent/bound.ts`. */
export function chunkBound({ kernels }: Core, { words }: Instance): void {
  kernels.chunkBound(words.byteOffset);
}

/** Binding of `assembly/latent/filter.ts`; shapes as there. */
export function latentFilterStep(
  { kernels }: Core,
  { words }: Instance,
  next: Float32Array,
  logIncrements: Float32Array,
  previous: Float32Array,
): void {
  const rows = latentSizeOf(words) + 1;
  expectShape("next", next, [rows, TILE], kernels.memory);
  expectShape("logIncrements", logIncrements, [TILE], kernels.memory);
  expectShape("previous", previous, [rows, TILE], kernels.memory);
  kernels.latentFilterStep(words.byteOffset, next.byteOffset, logIncrements.byteOffset, previous.byteOffset);
}

/** Binding of `assembly/latent/returns.ts`; shapes as there. */
export function lambdaReturns(
  { kernels }: Core,
  target: Float32Array,
  known: Float32Array,
  values: Float32Array,
  guide: Instance,
  chunk: Instance,
  {
    discount,
    decay,
    informationWeight,
  }: { readonly discount: number; readonly decay: number; readonly informationWeight: number },
): void {
  expectMultiple("values.length", values.length, pad4(1) * TILE);
  expectShape("target", target, [values.length], kernels.memory);
  expectShape("known", known, [values.length], kernels.memory);
  expectShape("values", values, [target.length], kernels.memory);
  kernels.lambdaReturns(
    target.byteOffset,
    known.byteOffset,
    values.byteOffset,
    guide.words.byteOffset,
    chunk.words.byteOffset,
    discount,
    decay,
    informationWeight,
  );
}

/** Binding of `assembly/latent/returns.ts`; shapes as there. */
export function maskTiles({ kernels }: Core, d: Float32Array, mask: Float32Array): void {
  expectMultiple("mask.length", mask.length, pad4(1) * TILE);
  const tiles = mask.length / pad4(1) / TILE;
  const rows = d.length / tiles / TILE;
  expectShape("mask", mask, [tiles, pad4(1), TILE], kernels.memory);
  expectShape("d", d, [tiles, rows, TILE], kernels.memory);
  kernels.maskTiles(d.byteOffset, mask.byteOffset, rows, tiles);
}

/** Binding of `assembly/latent/returns.ts`; shapes as there. */
export function separateSeen(
  { kernels }: Core,
  observations: Float32Array,
  seen: Float32Array,
  complete: Float32Array,
  valid: Float32Array,
): void {
  expectMultiple("valid.length", valid.length, TILE);
  const tiles = valid.length / TILE;
  const rows = observations.length / tiles / TILE;
  expectShape("observations", observations, [tiles, rows, TILE], kernels.memory);
  expectShape("seen", seen, [observations.length], kernels.memory);
  expectShape("complete", complete, [tiles, TILE], kernels.memory);
  expectShape("valid", valid, [tiles, TILE], kernels.memory);
  kernels.separateSeen(
    observations.byteOffset,
    seen.byteOffset,
    complete.byteOffset,
    valid.byteOffset,
    rows,
    tiles,
  );
}

/** Z of a filter's model, whose record begins with it. */
function latentSizeOf(filter: Uint32Array): number {
  return new Uint32Array(filter.buffer, filter[FILTER_WORDS.model], 1)[0];
}
