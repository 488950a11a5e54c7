import { disc, type Point, type Sheet, trace, write } from "../page/sheet.ts";
import { drawFan } from "./fan.ts";
import type { Scene } from "./scene.ts";

const [WALL, END, GOAL] = [-1.2, 0.6, 0.45];

/** The valley; futures rise above it. State (position, velocity). */
export function drawMountainCar(sheet: Sheet, scene: Scene): void {
  const { inks, frame, state } = scene;
  const { width, height } = sheet;
  const across = (position: number) => 24 + ((width - 48) * (position - WALL)) / (END - WALL);
  const ground = (position: number) => height * (0.86 - 0.2 * (1 + Math.sin(3 * position)));
  const ridge = Array.from({ length: 121 }, (_, i): Point => {
    const position = WALL + ((END - WALL) * i) / 120;
    return [across(position), ground(position)];
  });
  hatch(sheet, ridge, inks.line);
  trace(sheet, ridge, inks.ink, 2.5);
  drawFlag(sheet, [across(GOAL), ground(GOAL)], inks.ink);
  write(sheet, "goal", [across(GOAL) + 8, ground(GOAL) - 50], { ink: inks.soft });
  const lift = height * 0.3;
  drawFan(sheet, scene, ([position], late) => {
    const kept = Math.min(Math.max(position, WALL), END);
    return [across(kept), ground(kept) - 14 - lift * late];
  });
  drawCar(
    sheet,
    inks,
    [across(state[0]), ground(state[0])],
    Math.atan2(ground(state[0] - 0.01) - ground(state[0] + 0.01), across(0.02) - across(0)),
  );
  const [x, y] = [across(state[0]), ground(state[0]) + 26];
  const push = Math.min(Math.max(frame.action, -1), 1) * 46;
  trace(
    sheet,
    [
      [x, y],
      [x + push, y],
    ],
    inks.accent,
    4,
  );
  if (Math.abs(push) > 6) {
    const back = Math.sign(push) * 7;
    trace(
      sheet,
      [
        [x + push - back, y - 5],
        [x + push, y],
        [x + push - back, y + 5],
      ],
      inks.accent,
      3,
    );
  }
}

/** Strokes below the ground, as on a plan. */
function hatch(sheet: Sheet, ridge: readonly Point[], ink: string): void {
  for (let i = 2; i < ridge.length; i += 2) {
    const [x, y] = ridge[i];
    trace(
      sheet,
      [
        [x, y + 5],
        [x - 9, y + 20],
      ],
      ink,
      1,
    );
  }
}

function drawFlag(sheet: Sheet, [x, y]: Point, ink: string): void {
  const { context } = sheet;
  trace(
    sheet,
    [
      [x, y],
      [x, y - 42],
    ],
    ink,
    2,
  );
  context.beginPath();
  context.moveTo(x, y - 42);
  context.lineTo(x - 20, y - 35);
  context.lineTo(x, y - 28);
  context.fillStyle = ink;
  context.fill();
}

function drawCar(sheet: Sheet, inks: Scene["inks"], [x, y]: Point, slope: number): void {
  const { context } = sheet;
  context.save();
  context.translate(x, y);
  context.rotate(-slope);
  context.fillStyle = inks.ink;
  context.beginPath();
  context.roundRect(-19, -20, 38, 12, 4);
  context.roundRect(-10, -28, 20, 10, 4);
  context.fill();
  for (const wheel of [-11, 11]) {
    disc(sheet, [wheel, -6], 6, inks.ink);
    disc(sheet, [wheel, -6], 2.4, inks.paper);
  }
  context.restore();
}
