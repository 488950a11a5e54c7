import { disc, type Point, ring, type Sheet, trace, write } from "../page/sheet.ts";
import { drawFan, type Place } from "./fan.ts";
import type { Scene } from "./scene.ts";

/** Where the places lie, in shares of the drawing: start, corridor, cue, fork, left arm, right arm. */
const PLACES: readonly Point[] = [
  [0.5, 0.88],
  [0.42, 0.6],
  [0.68, 0.6],
  [0.5, 0.3],
  [0.16, 0.3],
  [0.84, 0.3],
];
const PASSAGES = [
  [0, 1],
  [0, 2],
  [1, 3],
  [2, 3],
  [3, 4],
  [3, 5],
] as const;
const NAMES = ["start", "straight on", "cue", "fork", "left", "right"];
const [START, CUE, FORK] = [0, 2, 3];
/** Steps from each place to the end. */
const REMAINING = [3, 2, 2, 1, 1, 1];

/** A maze of two decisions. State (place, arm with the reward ±1, arm that the cue shows ±1). */
export function drawTMaze(sheet: Sheet, scene: Scene): void {
  const { inks, frame, state } = scene;
  const { width, height } = sheet;
  const at = ([x, y]: Point): Point => [x * width, y * height];
  for (const [from, to] of PASSAGES) trace(sheet, [at(PLACES[from]), at(PLACES[to])], inks.line, 30);
  const [, arm, shown] = frame.state;
  const rewarded = arm > 0 ? 5 : 4;
  for (const [i, place] of PLACES.entries()) {
    const [x, y] = at(place);
    disc(sheet, [x, y], 19, inks.line);
    const name = i === rewarded ? `${NAMES[i]}: reward` : NAMES[i];
    const ink = i === rewarded ? inks.reward : inks.soft;
    if (i === START) write(sheet, name, [x + 30, y], { ink });
    else write(sheet, name, [x, y + (i === FORK ? -32 : 34)], { ink, align: "center" });
  }
  ring(sheet, at(PLACES[rewarded]), 19, inks.reward, 3);
  const isSeen = frame.before[0] === CUE || frame.state[0] === CUE;
  write(sheet, isSeen ? (shown > 0 ? "→" : "←") : "?", at(PLACES[CUE]), {
    ...{ ink: isSeen ? inks.accent : inks.soft, align: "center", size: 22 },
  });
  const place: Place = (observation, late, candidate) => at(placeOf(observation, late, candidate));
  drawFan(sheet, scene, place, REMAINING[frame.before[0]]);
  drawBelief(sheet, inks, frame);
  // between two places the state is a mixture of their numbers, so the way is taken from the frame
  const way = frame.state[0] - frame.before[0];
  const share = way === 0 ? 1 : Math.min(Math.max((state[0] - frame.before[0]) / way, 0), 1);
  const [from, to] = [PLACES[frame.before[0]], PLACES[frame.state[0]]];
  disc(sheet, at([from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]), 12, inks.ink);
}

/** Where one expects to be: the places weighted by how much each is expected. */
function placeOf(observation: Float32Array, late: number, candidate: number): Point {
  const weights = PLACES.map((_, i) => Math.max(0, observation[i]) ** 2);
  const total = weights.reduce((sum, weight) => sum + weight, 1e-9);
  const spread = 0.03 * late * ((candidate % 7) / 3 - 1);
  return [
    PLACES.reduce((sum, [x], i) => sum + (x * weights[i]) / total, 0) + spread,
    PLACES.reduce((sum, [, y], i) => sum + (y * weights[i]) / total, 0) + spread,
  ];
}

/** A dot for each particle, between the arms, where it expects the reward. */
function drawBelief(sheet: Sheet, inks: Scene["inks"], { belief }: Scene["frame"]): void {
  if (!belief) return;
  const { width, height } = sheet;
  const base = 0.16 * height;
  trace(
    sheet,
    [
      [0.16 * width, base],
      [0.84 * width, base],
    ],
    inks.line,
    1,
  );
  write(sheet, "believes: left", [0.16 * width, base + 13], { ink: inks.soft });
  write(sheet, "right", [0.84 * width, base + 13], { ink: inks.soft, align: "right" });
  belief.readings.forEach((reading, n) => {
    const x = 0.5 + 0.34 * Math.min(Math.max(reading, -1.15), 1.15);
    const y = 0.07 + 0.075 * (((n * 7) % 8) / 8);
    disc(sheet, [x * width, y * height], 1.5 + 14 * Math.sqrt(belief.weights[n] / 8), inks.information);
  });
}
