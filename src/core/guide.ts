import type { Core } from "./core.ts";
import { allocateFields, type Instance, setFields } from "./fields.ts";
import { GUIDE, type GuideValues } from "./generated/records.ts";

/** Binding of `assembly/nn/guide.ts`: a record in `memory`, with its fields unset. */
export function allocateGuideRecord(memory: Pick<Core, "u32">): Instance {
  return allocateFields(memory, GUIDE);
}

/** Sets fields of a guide. @throws TypeError when an array lies outside the core's memory */
export function setGuide(core: Core, guide: Instance, values: Partial<GuideValues>): void {
  setFields(core, guide, GUIDE, values);
}
