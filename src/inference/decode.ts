import type { Core } from "../core/core.ts";
import { scalarMath, sigmoid } from "../core/math.ts";
import { mlpPredict } from "../core/mlp.ts";
import { pad4, TILE } from "../core/tiles.ts";
import type { LatentModel } from "../models/latentModel.ts";
import { unscaleRows } from "./explain.ts";

/**
 * E[x | z] of one tile of latents, in the observation space's units; probabilities where observations are categories.
 *
 * @param latents [Z][TILE]
 * @returns [X][TILE], overwritten by the next call
 */
export function decodeLatents(core: Core, model: LatentModel, latents: Float32Array): Float32Array {
  const { observation, work, sizes, scales } = model;
  const { observationSize: X, latentSize: Z, observationKind } = sizes;
  const out = work.output.subarray(0, pad4(X) * TILE);
  const { parameters, shape } = observation;
  mlpPredict(core, out, latents.subarray(0, Z * TILE), work.hidden, parameters, shape);
  if (observationKind === "bernoulli") return sigmoid(core, out, out);
  if (observationKind === "categorical") return normaliseExponents(core, out, X);
  return unscaleRows(out, scales.observation.scale, scales.observation.shift, X);
}

/** p_k = exp x_k / Σ_j exp x_j in every lane of the first `size` rows. */
function normaliseExponents(core: Core, rows: Float32Array, size: number): Float32Array {
  const { exp } = scalarMath(core);
  for (let n = 0; n < TILE; n++) {
    let top = -Infinity;
    let sum = 0;
    for (let k = 0; k < size; k++) top = Math.max(top, rows[k * TILE + n]);
    for (let k = 0; k < size; k++) sum += exp(rows[k * TILE + n] - top);
    for (let k = 0; k < size; k++) rows[k * TILE + n] = exp(rows[k * TILE + n] - top) / sum;
  }
  return rows;
}

/** [rows][TILE] as one row a particle. */
export function particleRows(rows: Float32Array, size: number): Float32Array {
  return Float32Array.from({ length: size * TILE }, (_, i) => rows[(i % size) * TILE + Math.floor(i / size)]);
}
