/** What a planner imagined, simulated once more to be looked at. */
import type { Core } from "../core/core.ts";
import { rollout, setPlan } from "../core/planner.ts";
import { TILE, tilesFor } from "../core/tiles.ts";
import type { Memory } from "../models/network.ts";
import { longestHorizon, type Planner } from "./plan.ts";

/** The action sequences that a plan compared, and where the model led them. */
export interface Imagination {
  /** C. */
  readonly candidates: number;
  /** H. */
  readonly horizon: number;
  /** [C][H + 1][D] in the observation space's units: what one particle would see; its first is now. */
  readonly observations: Float32Array;
  /** [C] of the posterior over the sequences; they sum to one. */
  readonly weights: Float32Array;
  /** [C] what each sequence was weighed by, in rewards: discounted rewards, β times the information gain, and the value. */
  readonly scores: Float32Array;
  /** [C] the information gain's part of the scores; zeros where β is 0. */
  readonly informationScores: Float32Array;
}

/** [tiles][H + 1][stateRows][TILE] room for the states of one planner. */
export function allocatePaths(memory: Memory, { plans, settings, model }: Planner): Float32Array {
  const tiles = tilesFor(plans * settings.candidates);
  return memory.f32(tiles * (longestHorizon(settings) + 1) * model.stateRows * TILE);
}

/**
 * Writes to `paths` where the candidates of the last plan went: the same draws lead to the same states. Nothing else that
 * outlives the planner's workspaces changes.
 *
 *   scores = S(β),   informationScores = S(β) − S(0)
 *
 * @param scores the workspace that `rollout` writes its sums to
 */
export function retracePaths(
  core: Core,
  { plan, settings: { candidates } }: Planner,
  { paths, scores }: { readonly paths: Float32Array; readonly scores: Float32Array },
): Pick<Imagination, "scores" | "informationScores"> {
  const scored = (changes: Parameters<typeof setPlan>[2]) => {
    setPlan(core, plan, changes);
    rollout(core, plan);
    return scores.slice(0, candidates);
  };
  const fields = plan.words.slice();
  // the habit's actions are in the sequences by now
  const sums = scored({ keepsPaths: 1, paths, habitCandidates: 0 });
  const others = scored({ keepsPaths: 0, informationWeight: 0 });
  plan.words.set(fields);
  return { scores: sums, informationScores: sums.map((score, c) => score - others[c]) };
}

/** Rows of a tile [rows][TILE] at each step of its candidates, moved into [C][H + 1][D] by `read`. */
export function collectPaths(
  { settings: { candidates }, record: { horizon }, model: { stateRows } }: Planner,
  paths: Float32Array,
  { size, read }: { readonly size: number; readonly read: (states: Float32Array) => Float32Array },
): Float32Array {
  const out = new Float32Array(candidates * (horizon + 1) * size);
  const rowsOf = stateRows * TILE;
  for (let tile = 0; tile * TILE < candidates; tile++)
    for (let time = 0; time <= horizon; time++) {
      const at = (tile * (horizon + 1) + time) * rowsOf;
      const rows = read(paths.subarray(at, at + rowsOf));
      for (let n = 0; n < Math.min(TILE, candidates - tile * TILE); n++)
        for (let d = 0; d < size; d++)
          out[((tile * TILE + n) * (horizon + 1) + time) * size + d] = rows[d * TILE + n];
    }
  return out;
}

/** x = x̂ / scale + shift in rows of TILE, or the shift where the scale is 0; in place. */
export function unscaleRows(
  rows: Float32Array,
  scale: Float32Array,
  shift: Float32Array,
  size: number,
): Float32Array {
  for (let d = 0; d < size; d++)
    for (let n = d * TILE; n < (d + 1) * TILE; n++)
      rows[n] = (scale[d] > 0 ? rows[n] / scale[d] : 0) + shift[d];
  return rows;
}
