import type { Core } from "../../core/core.ts";
import { createDraw, type DrawSource } from "../../core/draw.ts";
import { scalarMath } from "../../core/math.ts";
import type { Tools } from "./model.ts";

/** Tools whose numbers depend on their seed, stream and step, and on how many fills the step has seen, and on nothing else. */
export interface KeyedTools extends Tools, DrawSource {}

/** Numbers that are drawn at once on their way to an array outside the core. */
export const TOOLS_SCRATCH = 256;

/**
 * Tools at step 0 of a stream.
 *
 * @param scratch [TOOLS_SCRATCH] of the core
 */
export function createTools(
  core: Core,
  { seed, stream }: { readonly seed: number; readonly stream: number },
  scratch: Float32Array = core.f32(TOOLS_SCRATCH),
): KeyedTools {
  const draw = createDraw(core, seed, stream, scratch);
  return Object.assign(draw, scalarMath(core));
}

/** Goes to a step, whose numbers then begin anew. */
export function toStep(tools: KeyedTools, step: number): KeyedTools {
  tools.step = step >>> 0;
  tools.fills = 0;
  return tools;
}
