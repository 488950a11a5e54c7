import type { Core } from "../../src/core/core.ts";
import type { Contract } from "./contracts.ts";
import { type Findings, nothing } from "./findings.ts";
import { bitsOf } from "./floats.ts";
import { BLOCK, createSurvey } from "./survey.ts";

/** Walks the floats of ordinals [from, to), each compared with the one before it; adds to what is known already. */
export function walk(
  core: Core,
  contract: Contract,
  [from, to]: readonly [number, number],
  known = nothing,
): Findings {
  return core.scope(() => {
    const x = core.f32(BLOCK);
    const out = core.f32(BLOCK);
    const words = new Int32Array(x.buffer, x.byteOffset, BLOCK);
    const survey = createSurvey(contract, from, known);
    // blocks overlap by one, so that every pair of neighbours is seen
    for (let start = Math.max(from - 1, 0), end = start; end < to; start = end - 1) {
      end = Math.min(start + BLOCK, to);
      if (!survey.concerns(start, end)) continue;
      fill(words, start, end - start);
      contract.kernel(core, out, x);
      survey.measure(x, out, start, end);
      survey.compare(x, out, start, end);
    }
    return survey.findings(to - from);
  });
}

/** The bits of `count` neighbours; the last one is repeated. */
function fill(words: Int32Array, start: number, count: number): void {
  const first = bitsOf(start) | 0;
  const last = bitsOf(start + count - 1) | 0;
  // the bits of positive floats rise with their ordinals, those of negative ones fall
  const step = first < 0 ? -1 : 1;
  if (first < 0 !== last < 0) for (let i = 0; i < count; i++) words[i] = bitsOf(start + i);
  else for (let i = 0; i < count; i++) words[i] = first + step * i;
  words.fill(last, count);
}
