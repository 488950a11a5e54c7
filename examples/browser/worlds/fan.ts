import { disc, type Point, type Sheet, trace } from "../page/sheet.ts";
import type { Fan } from "../protocol.ts";

/** Where an observation lies in the drawing, `late` of the way from now (0) to the horizon (1). */
export type Place = (observation: Float32Array, late: number, candidate: number) => Point;

/** Draws `steps` of the imagined trajectories: the likelier a sequence, the stronger its thread; likely ones end in a dot. */
export function drawFan(sheet: Sheet, fan: Fan, ink: string, place: Place, steps = fan.horizon): void {
  const { context } = sheet;
  const { candidates, weights, horizon, observations, size } = fan;
  const top = Math.max(...weights);
  // the likeliest come first, and are drawn last
  for (let c = candidates - 1; c >= 0; c--) {
    const points = Array.from({ length: steps + 1 }, (_, time) => {
      const at = (c * (horizon + 1) + time) * size;
      return place(observations.subarray(at, at + size), time / horizon, c);
    });
    const share = weights[c] / top;
    context.globalAlpha = 0.22 + 0.68 * share;
    trace(sheet, points, ink, 0.8 + 1.6 * share);
    if (share > 0.5) disc(sheet, points[steps], 1.2 + 1.8 * share, ink);
  }
  context.globalAlpha = 1;
}
