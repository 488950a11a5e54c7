/** What the agent thinks, in pictures: its next action, its value, its surprise, and its stands so far. */
import { element } from "../browser/page/element.ts";
import { clearSheet, disc, type Inks, trace, write } from "../browser/page/sheet.ts";
import { DECISIONS_PER_SECOND, type PageState } from "./state.ts";

const canvas = (id: string) => element<HTMLCanvasElement>(id);
const setText = (id: string, text: string) => {
  const target = element(id);
  if (target.textContent !== text) target.textContent = text;
};

export function drawThoughts(state: PageState, inks: Inks): void {
  drawPosterior(inks, state.plan?.posterior);
  drawCurve("value", inks.reward, inks, state.values);
  drawCurve("surprise", inks.information, inks, state.surprises.map(logarithm));
  drawStands(inks, state);
  setText("value-now", format(state.values.at(-1)));
  setText("surprise-now", format(state.surprises.at(-1)));
  writeBeliefs(state);
  writeFigures(state);
}

/** Two digits or more, with a minus sign as print has it. */
function format(value: number | undefined): string {
  if (value === undefined) return "–";
  const digits = Math.abs(value) >= 10 ? value.toFixed(0) : value.toPrecision(2);
  return digits.replace("-", "−");
}

const logarithm = (value: number) => Math.log10(Math.max(value, 1e-3));

/** q(a) over the motor's range, a bar for each part of it. */
function drawPosterior({ action, line, soft }: Inks, posterior: Float32Array | undefined): void {
  const sheet = clearSheet(canvas("posterior"));
  if (sheet === undefined) return;
  const { context, width, height } = sheet;
  const floor = height - 18;
  trace(
    sheet,
    [
      [0, floor],
      [width, floor],
    ],
    line,
    1,
  );
  write(sheet, "left", [0, height - 7], { ink: soft });
  write(sheet, "none", [width / 2, height - 7], { ink: soft, align: "center" });
  write(sheet, "right", [width, height - 7], { ink: soft, align: "right" });
  context.fillStyle = action;
  posterior?.forEach((share, i) => {
    const bar = width / posterior.length;
    context.fillRect(i * bar + 1, floor - share * (floor - 4), bar - 2, share * (floor - 4));
  });
}

/** A line through the newest values, from the least to the largest. */
function drawCurve(id: string, ink: string, { soft, line }: Inks, values: readonly number[]): void {
  const sheet = clearSheet(canvas(id));
  if (sheet === undefined || values.length < 2) return;
  const { width, height } = sheet;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const of = (value: number) => 8 + (height - 16) * (1 - (value - least) / Math.max(most - least, 1e-6));
  const points = values.map((value, i) => [(i / (values.length - 1)) * (width - 44), of(value)] as const);
  trace(
    sheet,
    [
      [0, of(least)],
      [width - 44, of(least)],
    ],
    line,
    1,
  );
  trace(sheet, points, ink, 1.5);
  disc(sheet, points[points.length - 1], 2.5, ink);
  const shown = (value: number) => format(id === "surprise" ? 10 ** value : value);
  write(sheet, shown(most), [width, 8], { ink: soft, align: "right" });
  write(sheet, shown(least), [width, height - 8], { ink: soft, align: "right" });
}

/** A bar for each fall, as high as the stand before it was long. */
function drawStands({ ink, accent, soft, line }: Inks, { stands, upright }: PageState): void {
  const sheet = clearSheet(canvas("stands"));
  if (sheet === undefined) return;
  const { context, width, height } = sheet;
  const seconds = [...stands, upright].map((decisions) => decisions / DECISIONS_PER_SECOND).slice(-60);
  const most = Math.max(10, ...seconds);
  const bar = Math.min(14, (width - 44) / seconds.length);
  trace(
    sheet,
    [
      [0, height - 1],
      [width - 44, height - 1],
    ],
    line,
    1,
  );
  seconds.forEach((value, i) => {
    context.fillStyle = i === seconds.length - 1 ? accent : ink;
    const tall = Math.max(1, (value / most) * (height - 10));
    context.fillRect(i * bar, height - 1 - tall, bar - 2, tall);
  });
  write(sheet, `${most.toFixed(0)} s`, [width, 8], { ink: soft, align: "right" });
  const longest = Math.max(0, ...seconds).toFixed(0);
  setText("stands-text", `${stands.length} falls; the longest stand lasted ${longest} s.`);
}

const DEGREES = 180 / Math.PI;
const QUANTITIES = [
  { name: "tilt", unit: "°", scale: -DEGREES },
  { name: "turning", unit: "°/s", scale: -DEGREES },
  { name: "past the star", unit: "m", scale: 1 },
  { name: "speed", unit: "m/s", scale: 1 },
];

function writeBeliefs({ predicted, moment }: PageState): void {
  const rows = element("beliefs");
  if (rows.childElementCount === 0)
    for (const { name } of QUANTITIES) {
      const row = document.createElement("tr");
      row.innerHTML = `<th scope="row">${name}</th><td></td><td></td>`;
      rows.append(row);
    }
  QUANTITIES.forEach(({ unit, scale }, i) => {
    const cells = rows.children[i].querySelectorAll("td");
    const shown = (values: readonly number[] | undefined) =>
      values ? `${(scale * values[i]).toFixed(unit === "°" || unit === "°/s" ? 0 : 1)} ${unit}` : "–";
    const now = moment?.hasFallen ? undefined : moment?.next;
    [predicted, now].forEach((values, column) => {
      const text = shown(values).replace("-", "−");
      if (cells[column].textContent !== text) cells[column].textContent = text;
    });
  });
}

function writeFigures({ moment, falls, stars, upright }: PageState): void {
  setText("steps", String(moment?.steps ?? 0));
  setText("falls", String(falls));
  setText("stars", String(stars));
  setText("upright", (upright / DECISIONS_PER_SECOND).toFixed(0));
}
