import { STREAMS } from "../../core/streams.ts";
import { pad4, TILE } from "../../core/tiles.ts";
import { type Planner, particlesOf } from "../../inference/plan.ts";
import { solveAnew } from "../../inference/planner.ts";
import { labelRow } from "../../learning/sequences.ts";
import { readinessOf } from "./readiness.ts";
import { IMAGINED_PLANS, type LatentState } from "./state.ts";

/** Whether an update of the model is followed by imagined plans. @param updates of the model so far, those of the warm-up apart */
export function isTimeToImagine(
  { imagination, updates: each }: { readonly imagination: number; readonly updates: number },
  updates: number,
): boolean {
  const batches = (count: number) => Math.floor((count * imagination) / (each * IMAGINED_PLANS));
  return batches(updates) > batches(updates - 1);
}

/**
 * Plans anew at remembered steps, from the latents that the last batch of chunks inferred there. The plans replace what was
 * planned at those steps when less was known, and the habit learns from them wherever the batch comes by: a latent drifts
 * while it is learned, so what is kept stays with the observations.
 *
 * @param owedBy the step that owes these plans: they rely on what is known by then
 */
export function planRemembered(state: LatentState, owedBy: number): void {
  const { core, sequences, counts, settings, learner, work } = state;
  const { imagining, ends } = work;
  const { indices, evidence, pass } = learner.work;
  const rows = Array.from({ length: IMAGINED_PLANS }, (_, plan) => {
    const chunk = (plan * TILE) / IMAGINED_PLANS;
    let at = (settings.chunk - 1) * TILE + chunk;
    while (at > chunk && !(evidence.valid[at] > 0 && indices[at] === ends[chunk])) at -= TILE;
    // nothing is planned where the world has ended
    if (at > chunk && hasEnded(evidence.ended, at)) at -= TILE;
    enterLatent(imagining, plan, pass.latents, at);
    return indices[at];
  });
  const iterations = settings.iterations + settings.firstIterations;
  const round = { stream: STREAMS.imagination, step: ++counts.imaginations, iterations };
  solveAnew(core, imagining, readinessOf(state, owedBy), round, (plan, label, value) => {
    if (Number.isFinite(value)) labelRow(sequences, rows[plan], label, value);
  });
}

/** Whether the world ended with a step of a chunk. @param at t · TILE + chunk */
function hasEnded(ended: Float32Array, at: number): boolean {
  const chunk = at % TILE;
  return ended[(at - chunk) * pad4(1) + chunk] > 0;
}

/** Lets a plan begin at the latent of a step of a chunk, for the members in turn. @param at t · TILE + chunk */
function enterLatent(planner: Planner, plan: number, latents: Float32Array, at: number): void {
  const { states, model } = planner;
  const S = model.stateRows;
  const M = particlesOf(planner);
  const chunk = at % TILE;
  const from = (at - chunk) * (S - 1) + chunk;
  for (let k = 0; k < M; k++) {
    const to = (plan * M + k) * S;
    for (let d = 0; d < S - 1; d++) states[to + d] = latents[from + d * TILE];
    states[to + S - 1] = k % model.members;
  }
}
