import type { Network } from "../baseline/mlp.ts";

/** Work that is compared. */
export const WORKS = ["forward 1", "forward 32", "forward 1024", "plan", "train"] as const;
export type Work = (typeof WORKS)[number];

/** What every peer computes with; the symbols and constants are those of `assembly/planner`. */
export interface Problem {
  /** [rows][16] inputs of the forward passes; the first rows are taken. */
  readonly inputs: Float32Array;
  /** Five members of one shape, 16-128-128-24 tanh. */
  readonly models: readonly Network[];
  /** C. */
  readonly candidates: number;
  /** H. */
  readonly horizon: number;
  /** γ. */
  readonly discount: number;
  /** The scaled state that every candidate starts from, [D]. */
  readonly start: Float32Array;
  /** [H][C][A] in [−1, 1]. */
  readonly actions: Float32Array;
  /** [BATCH][WIDTH] what the first inputs' heads are trained to foresee. */
  readonly targets: Float32Array;
}

/** Sizes of the reference network's head: D means and the reward's, as many deviations, an ending and its reward. */
export const [D, A, HEAD] = [10, 6, 24];
/** Rows of a training step, and the means that each foresees; as many deviations follow them in the head. */
export const [BATCH, WIDTH] = [256, HEAD / 2];
/** Adam's: α, β₁, β₂, ε. */
export const ADAM = { rate: 1e-3, keep1: 0.9, keep2: 0.999, epsilon: 1e-8 };
/** What a unit of predicted change moves the state by. */
export const STEP_SCALE = 0.1;
/** States stay within ± this. */
export const BOUND = 8;

/** A library, ready to do the work. Answers come back as plain arrays. */
export interface Peer {
  readonly name: string;
  /** The heads of the first `rows` inputs by the first member, [rows][24]. */
  forward(rows: number): Promise<Float32Array> | Float32Array;
  /** The mean return of every candidate over the members, [C]; with sampled noise, or along the means. */
  plan(usesNoise: boolean): Promise<Float32Array> | Float32Array;
  /**
   * One step of training a copy of the first member on BATCH rows: forward, the gradient of the Gaussian negative
   * log-likelihood (`assembly/density/gaussianHead.ts`), backward, Adam. Absent where a library cannot train.
   *
   * @returns the heads before the step, [BATCH][HEAD]
   */
  train?(): Promise<Float32Array> | Float32Array;
  close?(): void;
}

/** A library's way in: from the problem to the peer. @throws Error that says why it cannot be had */
export type CreatePeer = (problem: Problem) => Promise<Peer>;

/** One call of a work. @throws TypeError when the peer cannot do it */
export function call(peer: Peer, work: Work): Promise<Float32Array> | Float32Array {
  if (work === "plan") return peer.plan(true);
  if (work !== "train") return peer.forward(rowsOf(work));
  if (peer.train === undefined) throw new TypeError(`${peer.name}: expected a peer that trains, got none`);
  return peer.train();
}

/** Rows of a forward pass; 0 of other works. */
export function rowsOf(work: Work): number {
  return Number(work.split(" ")[1] ?? 0);
}

/** What Adam multiplies at step t: m by α / (1 − β₁ᵗ), v by 1 / (1 − β₂ᵗ). */
export function correctionsOf(step: number): readonly [first: number, second: number] {
  return [ADAM.rate / (1 - ADAM.keep1 ** step), 1 / (1 - ADAM.keep2 ** step)];
}

/** A matrix [rows][columns] as [columns][rows]. */
export function turned(matrix: Float32Array, rows: number, columns: number): Float32Array {
  return Float32Array.from(matrix, (_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]);
}
