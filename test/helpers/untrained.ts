/** Small models of two coordinates and their learners. */
import { createCore } from "../../src/core/core.ts";
import { mlpPredictRow, widestHidden } from "../../src/core/mlp.ts";
import { pad4 } from "../../src/core/tiles.ts";
import { box } from "../../src/environments/environment.ts";
import { allocateLearner, type LearnerSettings } from "../../src/learning/learner.ts";
import { actionCoding } from "../../src/models/actionCoding.ts";
import { allocateModel, type GenerativeModel, initialiseModel } from "../../src/models/generativeModel.ts";
import type { Network } from "../../src/models/network.ts";

export const core = await createCore({ bytes: 1 << 22 });
const coding = actionCoding(box([-1], [1]), 7);
export const defaults = {
  batch: 64,
  learningRate: 3e-3,
  guideRate: 3e-3,
  rareShare: 0,
  annealing: 1500,
  weightDecay: 0,
  valueRate: 0.01,
  trustRegion: 0,
};

/** An untrained model of two coordinates and its learner. */
export function untrained(settings: Partial<LearnerSettings> = {}, hidden = [16], actions = coding) {
  const model = allocateModel(core, {
    observationSize: 2,
    coding: actions,
    members: 2,
    hidden,
    activation: "silu",
  });
  initialiseModel(core, model, { seed: [1, 2], likelihoodNoise: 0.05, simulatesNoise: true });
  return { model, learner: allocateLearner(core, model, { ...defaults, ...settings }, [1, 2]) };
}

/** The outputs of a network for one row of inputs. */
export function predict({ widths, shape, members }: Network, x: readonly number[], member = 0): number[] {
  return core.scope(() => {
    const outputs = widths[widths.length - 1];
    const hidden = core.f32(2 * widestHidden(widths));
    const out = core.f32(pad4(outputs));
    return [...mlpPredictRow(core, out, core.f32(x), hidden, members[member], shape).subarray(0, outputs)];
  });
}

/** What the networks see of a state. */
export const normalised = ({ statistics }: GenerativeModel, x: readonly number[]) =>
  x.map((value, d) => (value - statistics.inputShift[d]) * statistics.inputScale[d]);
