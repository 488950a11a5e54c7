/** The robot, its star, and the futures that it simulates. */
import { disc, type Inks, type Point, ring, type Sheet, trace } from "../browser/page/sheet.ts";
import { observationAt, type PageState } from "./state.ts";
import { BODY, FALLEN, HALF, type Pose, WHEEL } from "./world.ts";

/** Decisions of the futures that are drawn, and of the faint robot. */
const [THREAD, FAINT] = [20, 10];

/** Where the picture shows a place in metres. */
export interface View {
  readonly scale: number;
  /** The place in the middle, in metres. */
  readonly centre: number;
  at(x: number, y: number): Point;
}

/** Metres that are to be seen at once, at least, and from the picture's lower edge to its upper one. */
const [ACROSS, UP] = [5.5, 2.25];

/** Follows the robot, where the floor is longer than the picture. */
export function viewOf({ width, height }: Pick<Sheet, "width" | "height">, { x }: Pose): View {
  const scale = Math.max(width / (2 * HALF + 0.4), Math.min(height / UP, width / ACROSS));
  const most = Math.max(0, HALF + 0.2 - width / 2 / scale);
  const centre = Math.max(-most, Math.min(most, x));
  const floor = height - 0.2 * scale;
  return { scale, centre, at: (x, y) => [width / 2 + scale * (x - centre), floor - scale * y] };
}

export function drawScene(sheet: Sheet, inks: Inks, pose: Pose, state: PageState): void {
  const view = viewOf(sheet, pose);
  drawFloor(sheet, inks, view);
  // a star beyond the picture is shown at its edge
  const [place, tall] = view.at(pose.star, 1.7);
  const shown = Math.max(14, Math.min(sheet.width - 14, place));
  if (shown === place) trace(sheet, [view.at(pose.star, 0), view.at(pose.star, 1.5)], inks.line, 1);
  drawStar(sheet, [shown, tall], shown === place ? 0.16 * view.scale : 9, inks.state);
  if (state.plan && state.moment && !state.moment.hasFallen) drawFutures(sheet, inks, view, pose, state);
  drawRobot(sheet, inks, view, pose, 1);
  if (state.moment) drawTorque(sheet, inks, view, pose, state.moment.torque);
}

function drawFloor(sheet: Sheet, { ink, soft }: Inks, { at }: View): void {
  trace(sheet, [at(-HALF, 2), at(-HALF, 0), at(HALF, 0), at(HALF, 2)], ink, 1.5);
  for (let x = -HALF + 1; x < HALF; x++) trace(sheet, [at(x, 0), at(x, -0.06)], soft, 1);
}

function drawStar(sheet: Sheet, [x, y]: Point, radius: number, ink: string): void {
  const { context } = sheet;
  context.beginPath();
  for (let i = 0; i < 10; i++) {
    const [turn, reach] = [(i * Math.PI) / 5 - Math.PI / 2, i % 2 === 0 ? radius : 0.45 * radius];
    context.lineTo(x + reach * Math.cos(turn), y + reach * Math.sin(turn));
  }
  context.closePath();
  context.fillStyle = ink;
  context.fill();
}

/** Where the head is, above a wheel at x. */
const headAt = ({ at }: View, x: number, tilt: number): Point =>
  at(x - BODY.height * Math.sin(tilt), WHEEL + BODY.height * Math.cos(tilt));

function drawFutures(sheet: Sheet, inks: Inks, view: View, { star }: Pose, { plan }: PageState): void {
  if (plan === undefined) return;
  const { candidates, weights, horizon } = plan;
  const { context } = sheet;
  const order = [...weights.keys()].sort((a, b) => weights[a] - weights[b]);
  const top = weights[order[candidates - 1]];
  for (const candidate of order) {
    const share = weights[candidate] / top;
    const points: Point[] = [];
    for (let step = 0; step <= Math.min(THREAD, horizon); step++) {
      const [tilt, , away] = observationAt(plan, candidate, step);
      if (Math.abs(tilt) > FALLEN) break;
      points.push(headAt(view, star + away, tilt));
    }
    context.globalAlpha = 0.18 + 0.7 * share;
    trace(sheet, points, inks.accent, 0.8 + 1.6 * share);
    if (share > 0.5 && points.length > 0)
      disc(sheet, points[points.length - 1], 1.5 + 2 * share, inks.accent);
  }
  const [tilt, , away] = observationAt(plan, order[candidates - 1], FAINT);
  drawRobot(sheet, inks, view, { x: star + away, tilt, roll: 0, star }, 0.22);
  context.globalAlpha = 1;
}

function drawRobot(sheet: Sheet, { ink, accent, paper }: Inks, view: View, pose: Pose, alpha: number): void {
  const { x, tilt, roll } = pose;
  const { context } = sheet;
  const { scale } = view;
  context.globalAlpha = alpha;
  const hub = view.at(x, WHEEL);
  context.save();
  context.translate(...hub);
  context.rotate(-tilt);
  context.beginPath();
  context.roundRect(
    -BODY.half * scale,
    -BODY.height * scale,
    2 * BODY.half * scale,
    BODY.height * scale,
    0.1 * scale,
  );
  context.fillStyle = ink;
  context.fill();
  // two eyes, so that one sees where the head is
  context.fillStyle = paper;
  for (const side of [-1, 1]) {
    context.beginPath();
    context.arc(
      side * 0.07 * scale,
      -0.92 * BODY.height * scale + 0.05 * scale,
      0.035 * scale,
      0,
      2 * Math.PI,
    );
    context.fill();
  }
  context.restore();
  disc(sheet, hub, WHEEL * scale, paper);
  ring(sheet, hub, WHEEL * scale, ink, 3);
  for (let i = 0; i < 3; i++) {
    const turn = -roll + (i * 2 * Math.PI) / 3;
    const spoke: Point = [hub[0] + WHEEL * scale * Math.cos(turn), hub[1] + WHEEL * scale * Math.sin(turn)];
    trace(sheet, [hub, spoke], i === 0 ? accent : ink, 2);
  }
  context.globalAlpha = 1;
}

/** An arrow at the wheel: the way and the size of the torque. */
function drawTorque(sheet: Sheet, { accent }: Inks, view: View, { x }: Pose, torque: number): void {
  if (Math.abs(torque) < 0.03) return;
  const side = Math.sign(torque);
  const from = x + side * (WHEEL + 0.06);
  const tip = from + 0.7 * torque;
  trace(sheet, [view.at(from, 0.1), view.at(tip, 0.1)], accent, 3);
  trace(
    sheet,
    [view.at(tip - side * 0.08, 0.17), view.at(tip, 0.1), view.at(tip - side * 0.08, 0.03)],
    accent,
    3,
  );
}
