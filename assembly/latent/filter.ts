import { latentLogStd } from "../density/latentHead";
import { expShared } from "../math/exp";
import { Floats, pad4, ROW, VEC, Words } from "../memory";
import { mlpPredict } from "../nn/mlp";
import { addOutcomeLogLikelihood, addTo, Evidence, observationLogLikelihood } from "./decode";
import { latentBytes, LatentModel, transitionOf, writeEvidence, writeStateAction } from "./model";

/*
 * One step of state inference for TILE particles (z, e), by the learned model: recognition proposes where the
 * observation was seen completely, else the transition does; weights correct for the proposal.
 */

/** What a step of the belief works on, with one tile of evidence, the same in every lane. */
@unmanaged
export class LatentFilter extends Evidence {
  model: Words;
  /** Whether an episode begins. */
  isFirst: u32;
  /** Whether every dimension of the observation was seen. */
  isComplete: u32;
  /** [Z][TILE] ε. */
  noise: Floats;
  /** [TILE] log p(x, r | z'), written. */
  logLikelihoods: Floats;
  // workspaces
  /** [E][2Z][TILE]. */
  heads: Floats;
  /** [2Z][TILE] recognition's. */
  correction: Floats;
  /** [2Z][TILE] mean and log σ of each particle's own transition, then [Z][TILE] the mean of all. */
  prior: Floats;
}

/**
 * Moves the particles to the next observation, and weighs them.
 *
 *   z' ∼ q,   increment = log p(x, r | z') + log p(z' | z, a, e) − log q(z')
 *
 * @param filter         a `LatentFilter`
 * @param next           [Z + 1][TILE]  written: z', then e
 * @param logIncrements  [TILE]         written, in nats
 * @param previous       [Z + 1][TILE]  z, then e as a number; of the first step only e is read
 */
export function latentFilterStep(filter: usize, next: usize, logIncrements: usize, previous: usize): void {
  const f = changetype<LatentFilter>(filter), model = changetype<LatentModel>(f.model);
  const size = latentBytes(model), isFirst = f.isFirst != 0, isComplete = f.isComplete != 0;
  const predicted = f.prior + 2 * size;
  if (isFirst) memory.fill(f.prior, 0, 3 * size); // p(z) = N(0, 1)
  else predictPrior(f, model, previous, predicted);
  if (isComplete) {
    const first = model.output; // a row, before the outputs are written
    for (let n: usize = 0; n < ROW; n += VEC) v128.store(first + n, f32x4.splat(isFirst ? 1 : 0));
    writeEvidence(model.input, model, predicted, f.observations, f.rewards, f.outcomeSeen, first);
    mlpPredict(f.correction, model.input, model.hidden, model.recognitionParameters, model.recognitionShape, 1);
  }
  memory.fill(logIncrements, 0, ROW);
  for (let i: usize = 0; i < size; i += VEC) {
    const epsilon = v128.load(f.noise + i), to = logIncrements + (i & (ROW - 1));
    const meanPrior = v128.load(f.prior + i), logStdPrior = v128.load(f.prior + size + i);
    if (!isComplete) {
      v128.store(next + i, f32x4.add(meanPrior, f32x4.mul(expShared(logStdPrior), epsilon)));
      continue;
    }
    const logStd = latentLogStd(v128.load(f.correction + size + i));
    const mean = f32x4.add(v128.load(predicted + i), v128.load(f.correction + i));
    const z = f32x4.add(mean, f32x4.mul(expShared(logStd), epsilon));
    v128.store(next + i, z);
    // log N(z; m_e, σ_e²) − log N(z; m_q, σ_q²) = log σ_q − log σ_e + ½ ε² − ½ ((z − m_e) / σ_e)²
    const scaled = f32x4.mul(f32x4.sub(z, meanPrior), expShared(f32x4.neg(logStdPrior)));
    const squares = f32x4.sub(f32x4.mul(epsilon, epsilon), f32x4.mul(scaled, scaled));
    const gained = f32x4.add(f32x4.sub(logStd, logStdPrior), f32x4.mul(f32x4.splat(0.5), squares));
    v128.store(to, f32x4.add(v128.load(to), gained));
  }
  memory.copy(next + size, previous + size, ROW);
  weigh(f, model, next, logIncrements);
}

/** Mean and log σ of every particle's own member, and the mean over members. */
function predictPrior(f: LatentFilter, model: LatentModel, previous: usize, predicted: usize): void {
  const size = latentBytes(model), E = model.members, members = previous + size;
  const half = f32x4.splat(0.5), share = f32x4.splat(<f32>0.5 / <f32>E);
  writeStateAction(model.input, model, previous, f.previousActions);
  memory.copy(predicted, previous, size);
  for (let e: usize = 0; e < E; e++) {
    const head = f.heads + e * 2 * size;
    mlpPredict(head, model.input, model.hidden, transitionOf(model, e), model.transitionShape, 1);
    for (let i: usize = 0; i < size; i += VEC) {
      const d = v128.load(head + i);
      v128.store(predicted + i, f32x4.add(v128.load(predicted + i), f32x4.mul(share, d)));
      const isMember = f32x4.eq(v128.load(members + (i & (ROW - 1))), f32x4.splat(<f32>e));
      const mean = f32x4.add(v128.load(previous + i), f32x4.mul(half, d));
      const to = f.prior + i;
      v128.store(to, v128.bitselect(mean, v128.load(to), isMember));
      v128.store(to + size, v128.bitselect(latentLogStd(v128.load(head + size + i)), v128.load(to + size), isMember));
    }
  }
}

/** increment += ℓ = log p(x | z') of what was seen + log p(r, end | z', a) where the outcome was seen */
function weigh(f: LatentFilter, model: LatentModel, next: usize, logIncrements: usize): void {
  const size = pad4(max<usize>(model.observationSize, 3)) * ROW;
  const head = model.output, dHead = head + size;
  mlpPredict(head, next, model.hidden, model.observationParameters, model.observationShape, 1);
  observationLogLikelihood(f.logLikelihoods, dHead, head, f.observations, f.seen, model);
  writeStateAction(model.input, model, next, f.previousActions);
  mlpPredict(head, model.input, model.hidden, model.outcomeParameters, model.outcomeShape, 1);
  addOutcomeLogLikelihood(f.logLikelihoods, dHead, head, f, 0, model);
  addTo(logIncrements, f.logLikelihoods, ROW);
}
