import type { Core } from "./core.ts";
import { allocateFields, type Instance, setFields, wordsOf } from "./fields.ts";
import { ENSEMBLE, type EnsembleValues } from "./generated/records.ts";

/** Binding of `assembly/simulation/ensemble.ts`: a record in `memory`, with its fields unset. */
export function allocateEnsembleRecord(memory: Pick<Core, "u32">): Instance {
  return allocateFields(memory, ENSEMBLE);
}

/** Sets fields of an ensemble. @throws TypeError when an array lies outside the core's memory */
export function setEnsemble(core: Core, ensemble: Instance, values: Partial<EnsembleValues>): void {
  setFields(core, ensemble, ENSEMBLE, values);
}

const WORDS = wordsOf(ENSEMBLE);

/** Whether plans recall transitions. */
export function recallsIn({ words }: Instance): boolean {
  return words[WORDS.recalls] !== 0;
}
