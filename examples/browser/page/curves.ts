/** The curves: the return of each episode, a term of the bound, and the belief beside the truth. */
import type { Episode } from "../protocol.ts";
import type { Hidden } from "../tasks.ts";
import { disc, type Inks, type Point, ring, type Sheet, trace, write } from "./sheet.ts";
import type { BeliefColumn } from "./state.ts";

/** Episodes that are shown at most, the least that the line averages, and the share of those shown that it does. */
const [SHOWN, AVERAGED, SHARE] = [120, 5, 0.1];

/** A dot an episode, full where it was planned, open where the habit acted; a line through their running mean. */
export function drawReturns(
  sheet: Sheet,
  inks: Inks,
  episodes: readonly Episode[],
  [least, most]: readonly [number, number],
): void {
  const { width, height } = sheet;
  const shown = episodes.slice(-SHOWN);
  const returns = shown.map((episode) => episode.return);
  const [low, high] = [Math.min(least, ...returns), Math.max(most, ...returns)];
  const [left, right, top, bottom] = [46, 14, 12, 20];
  const count = Math.max(shown.length, 12);
  const at = (i: number, value: number): Point => [
    left + ((width - left - right) * (i + 0.5)) / count,
    height - bottom - ((height - top - bottom) * (value - low)) / (high - low),
  ];
  for (const value of ticksOf(low, high)) {
    const [, y] = at(0, value);
    trace(
      sheet,
      [
        [left, y],
        [width - right, y],
      ],
      inks.line,
      1,
    );
    write(sheet, format(value), [left - 8, y], { ink: inks.soft, align: "right" });
  }
  if (shown.length > 0)
    numberEpisodes(sheet, inks, [episodes.length - shown.length + 1, episodes.length], (i) => at(i, low)[0]);
  if (shown.length === 0) drawNothing(sheet, inks, "the first episode is under way");
  const averaged = Math.max(AVERAGED, Math.round(SHARE * shown.length));
  const means = returns.map((_, i) => {
    const recent = returns.slice(Math.max(0, i - averaged + 1), i + 1);
    return at(i, recent.reduce((sum, value) => sum + value, 0) / recent.length);
  });
  trace(sheet, means, inks.ink, 1.75);
  shown.forEach(({ return: value, policy }, i) => {
    if (policy === "plan") disc(sheet, at(i, value), 3.5, inks.accent);
    else ring(sheet, at(i, value), 3.5, inks.accent, 1.75);
  });
}

/** The first and the last episode's number, where there is room for both. */
function numberEpisodes(
  sheet: Sheet,
  inks: Inks,
  [first, last]: readonly [number, number],
  across: (i: number) => number,
): void {
  const below = sheet.height - 7;
  write(sheet, `episode ${first}`, [across(0) - 4, below], { ink: inks.soft });
  const end = across(last - first);
  if (end > across(0) + 80) write(sheet, `${last}`, [end, below], { ink: inks.soft, align: "center" });
}

/** What is to come, where there is nothing to draw yet. */
export function drawNothing(sheet: Sheet, inks: Inks, text: string): void {
  write(sheet, text, [sheet.width / 2, sheet.height / 2], { ink: inks.soft, align: "center" });
}

/** The smoothed term over the last steps, on its own scale; zero is dashed. */
export function drawTerm(sheet: Sheet, inks: Inks, ink: string, values: readonly number[]): void {
  if (values.length < 2) {
    drawNothing(sheet, inks, "once it plans");
    return;
  }
  const { width, height, context } = sheet;
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const span = high - low || 1;
  const at = (i: number, value: number): Point => [
    ((width - 8) * i) / Math.max(values.length - 1, 60),
    height - 5 - ((height - 10) * (value - low)) / span,
  ];
  const [, zero] = at(0, 0);
  context.setLineDash([2, 4]);
  trace(
    sheet,
    [
      [0, zero],
      [width, zero],
    ],
    inks.soft,
    1,
  );
  context.setLineDash([]);
  const points = values.map((value, i) => at(i, value));
  trace(sheet, points, ink, 2);
  disc(sheet, points[points.length - 1], 3.2, ink);
}

/** Columns of particles as time goes by, the newest on the right; the line is the truth. */
export function drawBelief(
  sheet: Sheet,
  inks: Inks,
  columns: readonly BeliefColumn[],
  { range: [low, high], unit }: Hidden,
): void {
  const { width, height, context } = sheet;
  const [left, most] = [30, 120];
  const at = (i: number, value: number): Point => [
    width - 8 - ((width - left - 8) * (columns.length - 1 - i)) / most,
    height / 2 - ((height - 22) * (value - (low + high) / 2)) / (high - low),
  ];
  for (const value of [low, 0, high]) {
    const [, y] = at(0, value);
    trace(
      sheet,
      [
        [left, y],
        [width - 4, y],
      ],
      inks.line,
      1,
    );
    write(sheet, format(value), [left - 6, y], { ink: inks.soft, align: "right" });
  }
  write(sheet, unit, [left + 4, 8], { ink: inks.soft });
  if (columns.length === 0) drawNothing(sheet, inks, "nothing is believed before it plans");
  context.globalAlpha = 0.35;
  columns.forEach(({ readings, weights }, i) => {
    readings.forEach((reading, n) => {
      const kept = Math.min(Math.max(reading, 1.1 * low), 1.1 * high);
      disc(sheet, at(i, kept), 1.2 + 6 * Math.sqrt(weights[n] / 8), inks.information);
    });
  });
  context.globalAlpha = 1;
  let run: Point[] = [];
  columns.forEach(({ truth, isFirst }, i) => {
    if (isFirst) run = startRun(sheet, inks, run);
    run.push(at(i, truth));
  });
  startRun(sheet, inks, run);
}

/** Draws the truth of one episode. */
function startRun(sheet: Sheet, inks: Inks, run: readonly Point[]): Point[] {
  trace(sheet, run, inks.ink, 1.5);
  return [];
}

/** Three to six round numbers in a range. */
function ticksOf(low: number, high: number): readonly number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** A number as it is read: with a minus sign, and no more digits than mean something. */
export function format(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits))).replace("-", "−");
}
