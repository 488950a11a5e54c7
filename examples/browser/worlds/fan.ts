import { disc, type Inks, type Point, type Sheet, trace } from "../page/sheet.ts";
import type { Fan } from "../protocol.ts";
import type { Scene } from "./scene.ts";

/** Where an observation lies in the drawing; `late` is how far ahead of the drawn moment it is, as a share of the horizon. */
export type Place = (observation: Float32Array, late: number, candidate: number) => Point;

/**
 * Draws what is left of the imagined trajectories, `steps` of them at most: the likelier a sequence, the stronger its thread;
 * likely ones end in a dot. The more it is information that speaks for a sequence, the more its thread has information's colour.
 */
export function drawFan(
  sheet: Sheet,
  { frame, inks, progress }: Scene,
  place: Place,
  steps = Infinity,
): void {
  if (!frame.fan) return;
  const { context } = sheet;
  const { fan } = frame;
  const { candidates, weights, curiosity, horizon } = fan;
  const end = Math.min(horizon, steps);
  const top = Math.max(...weights);
  // the likeliest come first, and are drawn last
  for (let c = candidates - 1; c >= 0; c--) {
    // the first step is under way, like the body
    const points = Array.from({ length: end + 1 }, (_, i) => Math.max(i, progress)).map((time) =>
      place(observationAt(fan, c, time), (time - progress) / horizon, c),
    );
    const share = weights[c] / top;
    const ink = mixed(inks, Math.sqrt(curiosity[c]));
    context.globalAlpha = 0.22 + 0.68 * share;
    trace(sheet, points, ink, 0.8 + 1.6 * share);
    if (share > 0.5) disc(sheet, points[end], 1.2 + 1.8 * share, ink);
  }
  context.globalAlpha = 1;
}

/** What a candidate is imagined to see at a time that may lie between two steps. */
function observationAt({ observations, horizon, size }: Fan, candidate: number, time: number): Float32Array {
  const at = (step: number) => (candidate * (horizon + 1) + step) * size;
  const early = observations.subarray(at(Math.floor(time)), at(Math.floor(time) + 1));
  const late = observations.subarray(at(Math.ceil(time)), at(Math.ceil(time) + 1));
  return early.map((value, d) => value + (time % 1) * (late[d] - value));
}

/** From the accent (0) to the ink of information (1). */
function mixed({ accent, information }: Inks, share: number): string {
  return share < 0.01 ? accent : `color-mix(in oklab, ${information} ${Math.round(100 * share)}%, ${accent})`;
}
