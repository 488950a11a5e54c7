import type { Core } from "../../src/core/core.ts";
import type { Contract } from "./contracts.ts";
import { type Findings, nothing } from "./findings.ts";
import { FLOATS } from "./floats.ts";
import { walk } from "./walk.ts";

/** Neighbours walked in one go of a sample. */
const RUN = 4095;

/** Walks about `count` floats: runs of neighbours, spread evenly over all floats in the order of their values. */
export function walkSample(core: Core, contract: Contract, count: number): Findings {
  const runs = Math.max(1, Math.ceil(count / RUN));
  let findings = nothing;
  for (let run = 0; run < runs; run++) {
    const from = Math.floor((run * (FLOATS - RUN)) / Math.max(1, runs - 1));
    findings = walk(core, contract, [from, from + RUN], findings);
  }
  return findings;
}
