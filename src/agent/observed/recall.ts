/** Which transitions plans recall instead of predicting them. */
import { setEnsemble } from "../../core/ensemble.ts";
import { applyRecall, rebuildRecall, refreshLattices } from "../../learning/recall.ts";
import type { ObservedState } from "./state.ts";

/** Reads the lattices of the experience, where they are not known, and tells the kernels. */
export function refreshRecall(state: ObservedState): void {
  const { recall, experience, model, origin } = state;
  if (recall === undefined) return;
  refreshLattices(recall, experience, { choices: model.sizes.choices, origin: origin.counts });
  apply(state, recall);
}

/** What a loaded agent recalls: it follows from its experience. */
export function restoreRecall(state: ObservedState): void {
  const { recall, experience } = state;
  if (recall === undefined || !recall.counts.isInUse) return;
  const counts = { ...recall.counts };
  rebuildRecall(recall, experience);
  // these follow from rows as well that the experience no longer has
  Object.assign(recall.counts, counts);
  apply(state, recall);
}

function apply({ core, model }: ObservedState, recall: NonNullable<ObservedState["recall"]>): void {
  const recalls = applyRecall(core, recall, model.statistics);
  setEnsemble(core, model.ensemble.record, { recalls: Number(recalls) });
}
