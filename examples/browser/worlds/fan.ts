import { disc, type Inks, type Point, type Sheet, trace } from "../page/sheet.ts";
import type { Fan } from "../protocol.ts";

/** Where an observation lies in the drawing, `late` of the way from now (0) to the horizon (1). */
export type Place = (observation: Float32Array, late: number, candidate: number) => Point;

/**
 * Draws `steps` of the imagined trajectories: the likelier a sequence, the stronger its thread; likely ones end in a dot. The
 * more it is information that speaks for a sequence, the more its thread has information's colour.
 */
export function drawFan(sheet: Sheet, fan: Fan, inks: Inks, place: Place, steps = fan.horizon): void {
  const { context } = sheet;
  const { candidates, weights, curiosity, horizon, observations, size } = fan;
  const top = Math.max(...weights);
  // the likeliest come first, and are drawn last
  for (let c = candidates - 1; c >= 0; c--) {
    const points = Array.from({ length: steps + 1 }, (_, time) => {
      const at = (c * (horizon + 1) + time) * size;
      return place(observations.subarray(at, at + size), time / horizon, c);
    });
    const share = weights[c] / top;
    const ink = mixed(inks, Math.sqrt(curiosity[c]));
    context.globalAlpha = 0.22 + 0.68 * share;
    trace(sheet, points, ink, 0.8 + 1.6 * share);
    if (share > 0.5) disc(sheet, points[steps], 1.2 + 1.8 * share, ink);
  }
  context.globalAlpha = 1;
}

/** From the accent (0) to the ink of information (1). */
function mixed({ accent, information }: Inks, share: number): string {
  return share < 0.01 ? accent : `color-mix(in oklab, ${information} ${Math.round(100 * share)}%, ${accent})`;
}
