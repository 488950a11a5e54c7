import { disc, type Point, ring, type Sheet, trace, write } from "../page/sheet.ts";
import { drawFan } from "./fan.ts";
import type { Scene } from "./scene.ts";

const LENGTH = 0.5;
/** Metres across the drawing, and newtons that the arrow is long for. */
const [SPAN, FORCE] = [3.4, 10];
/** Metres that the cart keeps from the edge of the drawing, and length of the rail to either side. */
const [MARGIN, RAIL] = [0.75, 6];

/** The cart on its rail; futures of the pole's tip. State (x, v, θ, ω), θ = 0 hanging. */
export function drawCartPole(sheet: Sheet, scene: Scene): void {
  const { inks, frame, state } = scene;
  const { width, height, context } = sheet;
  // a phone shows less of the rail
  const scale = Math.min(Math.max(width / SPAN, height / 2.4), height / 1.75);
  // the view follows a cart that leaves it
  const [leftmost, rightmost] = [-width / scale / 2 + MARGIN, width / scale / 2 - MARGIN];
  const shift = state[0] - Math.min(Math.max(state[0], leftmost), rightmost);
  const at = (x: number, y: number): Point => [width / 2 + (x - shift) * scale, height * 0.54 - y * scale];
  const tipOf = (x: number, cos: number, sin: number) => at(x + LENGTH * sin, -LENGTH * cos);
  drawRail(sheet, inks, at);
  ring(sheet, at(0, LENGTH), 12, inks.soft, 1.5);
  ring(sheet, at(0, LENGTH), 3, inks.soft, 1);
  write(sheet, "here", [at(0, LENGTH)[0] + 18, at(0, LENGTH)[1]], { ink: inks.soft });
  drawFan(sheet, scene, ([x, , cos, sin]) => tipOf(x, cos, sin));
  const [x, , angle] = state;
  const hub = at(x, 0);
  context.fillStyle = inks.ink;
  context.beginPath();
  context.roundRect(hub[0] - 28, hub[1] - 13, 56, 26, 5);
  context.fill();
  const tip = tipOf(x, Math.cos(angle), Math.sin(angle));
  trace(sheet, [hub, tip], inks.paper, 13);
  trace(sheet, [hub, tip], inks.ink, 7);
  disc(sheet, hub, 4, inks.paper);
  const push = (Math.min(Math.max(frame.action, -FORCE), FORCE) / FORCE) * 64;
  trace(
    sheet,
    [
      [hub[0], hub[1] + 26],
      [hub[0] + push, hub[1] + 26],
    ],
    inks.accent,
    4,
  );
}

function drawRail(sheet: Sheet, inks: Scene["inks"], at: (x: number, y: number) => Point): void {
  trace(sheet, [at(-RAIL, 0), at(RAIL, 0)], inks.soft, 1.5);
  for (let x = -RAIL; x <= RAIL; x += 0.25) {
    const [left, top] = at(x, 0);
    trace(
      sheet,
      [
        [left, top],
        [left, top + (x % 0.5 === 0 ? 9 : 5)],
      ],
      inks.soft,
      1,
    );
  }
}
