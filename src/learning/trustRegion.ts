import { follow } from "../core/adam.ts";
import type { Core } from "../core/core.ts";
import { type Groups, softmaxHead } from "../core/heads.ts";
import { mlpPredict, widestHidden } from "../core/mlp.ts";
import { pad4, TILE } from "../core/tiles.ts";
import type { Memory, Network } from "../models/network.ts";

/**
 * A trust region of distillation: the habit p moves towards the plans q, but stays close to where it slowly comes from.
 *
 *   (1 − ρ) KL(q ‖ p) + ρ KL(p̄ ‖ p) = cross-entropy of p against (1 − ρ) q + ρ p̄, up to a constant
 *
 * with p̄ a copy of the habit that follows it, and ρ = `trustRegion`; 0 leaves it out.
 */
export interface TrustRegion {
  /** Parameters of p̄. */
  readonly slow: Float32Array;
  readonly work: {
    /** [tiles][pad4(labels)][TILE] p̄ at a batch. */
    readonly probabilities: Float32Array;
    readonly hidden: Float32Array;
  };
}

/** @param tiles of the batches that the habit learns from */
export function allocateTrustRegion(
  memory: Memory,
  { widths, parameters }: Network,
  tiles: number,
): TrustRegion {
  return {
    slow: memory.f32(parameters.length),
    work: {
      probabilities: memory.f32(tiles * pad4(widths[widths.length - 1]) * TILE),
      hidden: memory.f32(2 * widestHidden(widths) * TILE),
    },
  };
}

/** Share of the way that p̄ moves to the habit at each update. */
const RATE = 0.02;

/**
 * Draws the labels of one update towards p̄, and lets p̄ follow the habit; at the first update it begins there.
 *
 *   label ← (1 − ρ) label + ρ p̄
 *
 * @param label  [tiles][pad4(labels)][TILE]  changed
 * @param input  [tiles][pad4(inputs)][TILE]         what the habit sees of the batch
 */
export function anchorLabels(
  core: Core,
  { slow, work: { probabilities, hidden } }: TrustRegion,
  habit: Network,
  label: Float32Array,
  input: Float32Array,
  groups: Groups,
  { share, step }: { readonly share: number; readonly step: number },
): void {
  if (share === 0) return;
  if (step <= 1) slow.set(habit.parameters);
  mlpPredict(core, probabilities, input, hidden, slow, habit.shape);
  softmaxHead(core, probabilities, probabilities, groups);
  follow(core, label, probabilities, share);
  follow(core, slow, habit.parameters, RATE);
}
