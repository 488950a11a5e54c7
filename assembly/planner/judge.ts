import { F32, pad4, ROW, TILE } from "../memory";
import { resampleSystematic } from "../smc/resample";
import { actionsAt, Plan, tilesOf } from "./plan";
import { rollout } from "./rollout";

/** Candidates of a plan that are simulated once more. */
export const JUDGED: usize = 4;
/** Told apart from the seed that the candidates were compared by. */
const ANEW: u32 = 0x6a756467; // the letters "judg"

/**
 * The value of plans by chance that chose nothing: four of the candidates, drawn by their weights, are simulated once more.
 *
 *   value = ¼ Σ_j S'(n_j),   n_j ∼ w systematically,   S' a score by random numbers of its own
 *
 * Σ_n w_n S_n is the mean of scores that were picked for being high: too high by the share of luck in them, and by that of
 * the errors of the members that scored them. The caller may move the model's `firstMember`, so that others judge.
 *
 * @param plan  a `Plan` that was weighed; the value in `info` is written, `judged` is the workspace
 */
export function judge(plan: usize): void {
  const p = changetype<Plan>(plan);
  const C = p.candidates, size = p.horizon * pad4(p.actionSize) * ROW;
  const scores = p.judged, ancestors = scores + tilesFor(p.plans) * ROW, judged = ancestors + C * F32;
  for (let s: usize = 0; s < p.plans; s++) {
    resampleSystematic(ancestors, p.weights + s * C * F32, p.seedLow, p.seedHigh ^ ANEW, p.stream + <u32>s, p.step, C);
    for (let j: usize = 0; j < JUDGED; j++) {
      // every (C / 4)th of C systematic draws: four systematic draws
      const from = s * C + load<u32>(ancestors + (2 * j + 1) * C / (2 * JUDGED) * F32), to = s * JUDGED + j;
      copyLane(p, judged + to / TILE * size + to % TILE * F32, from);
    }
  }
  const actions = p.actions, compared = p.scores, habitCandidates = p.habitCandidates, seedHigh = p.seedHigh;
  p.actions = judged;
  p.scores = scores;
  p.candidates = JUDGED;
  // the habit's actions are in the sequences by now
  p.habitCandidates = 0;
  p.seedHigh = seedHigh ^ ANEW;
  rollout(plan, 0, tilesOf(p));
  p.actions = actions;
  p.scores = compared;
  p.candidates = C;
  p.habitCandidates = habitCandidates;
  p.seedHigh = seedHigh;
  for (let s: usize = 0; s < p.plans; s++) store<f32>(p.info + s * 4 * F32, meanOf(scores + s * JUDGED * F32));
}

/** Tiles of the judged candidates. */
function tilesFor(plans: usize): usize {
  return (plans * JUDGED + TILE - 1) / TILE;
}

/** All actions of a lane, into a lane of other tiles. */
function copyLane(plan: Plan, to: usize, lane: usize): void {
  const from = actionsAt(plan, lane / TILE, 0) + lane % TILE * F32;
  const rows = plan.horizon * pad4(plan.actionSize) * ROW;
  for (let row: usize = 0; row < rows; row += ROW) store<f32>(to + row, load<f32>(from + row));
}

function meanOf(x: usize): f32 {
  let sum: f64 = 0;
  for (let j: usize = 0; j < JUDGED; j++) sum += load<f32>(x + j * F32);
  return <f32>(sum / <f64>JUDGED);
}
