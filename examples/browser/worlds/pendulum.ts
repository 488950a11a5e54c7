import { disc, type Point, ring, type Sheet, trace, write } from "../page/sheet.ts";
import { drawFan } from "./fan.ts";
import type { Scene } from "./scene.ts";

/** How far out the horizon lies, in rods. */
const REACH = 0.72;
const TORQUE = 2;

/** The rod on a dial; futures wind outwards. State (θ, ω), θ = 0 upright. */
export function drawPendulum(sheet: Sheet, scene: Scene): void {
  const { inks, frame, state } = scene;
  const { width, height } = sheet;
  const centre: Point = [width / 2, height / 2];
  const rod = Math.min(width, height) / (2.12 * (1 + REACH));
  const at = (radius: number, cos: number, sin: number): Point => [
    centre[0] + radius * sin,
    centre[1] - radius * cos,
  ];
  drawDial(sheet, inks, centre, rod, at);
  drawFan(sheet, scene, ([cos, sin], late) => {
    // what is imagined need not lie on the circle; what is drawn is its angle
    const norm = Math.hypot(cos, sin) || 1;
    return at(rod * (1 + REACH * late), cos / norm, sin / norm);
  });
  const tip = at(rod, Math.cos(state[0]), Math.sin(state[0]));
  trace(sheet, [centre, tip], inks.ink, Math.max(5, rod * 0.055));
  disc(sheet, tip, Math.max(8, rod * 0.105), inks.ink);
  disc(sheet, centre, Math.max(4, rod * 0.045), inks.paper);
  ring(sheet, centre, Math.max(4, rod * 0.045), inks.ink, 2);
  drawTorque(sheet, inks, centre, (frame.action / TORQUE) * rod * 0.5, rod);
}

function drawDial(
  sheet: Sheet,
  inks: Scene["inks"],
  centre: Point,
  rod: number,
  at: (radius: number, cos: number, sin: number) => Point,
): void {
  ring(sheet, centre, rod, inks.line);
  ring(sheet, centre, rod * (1 + REACH), inks.line);
  for (let degrees = 0; degrees < 360; degrees += 10) {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const inner = rod * (1 + REACH);
    trace(sheet, [at(inner, cos, sin), at(inner + (degrees % 90 ? 5 : 11), cos, sin)], inks.soft, 1);
  }
  write(sheet, "now", [centre[0] + 6, centre[1] + rod - 9], { ink: inks.soft });
  write(sheet, "later", [centre[0] + 6, centre[1] + rod * (1 + REACH) - 9], { ink: inks.soft });
}

function drawTorque(sheet: Sheet, inks: Scene["inks"], [x, y]: Point, length: number, rod: number): void {
  const below = y + rod * 0.28;
  trace(
    sheet,
    [
      [x - rod * 0.5, below],
      [x + rod * 0.5, below],
    ],
    inks.line,
    1,
  );
  trace(
    sheet,
    [
      [x, below],
      [x + length, below],
    ],
    inks.accent,
    5,
  );
  trace(
    sheet,
    [
      [x, below - 6],
      [x, below + 6],
    ],
    inks.soft,
    1,
  );
}
