import { dot, line, type Markish, rect, ruleX } from "@observablehq/plot";
import { drawFrame, type Heading } from "./frame.ts";
import { colours, lineColour } from "./palette.ts";

/** What was measured under one setting. */
export interface ChartPoint {
  /** The setting: a number for a line, a name for a bar. */
  readonly x: number | string;
  readonly y: number;
  /** The ends of its error bar. */
  readonly low: number;
  readonly high: number;
}

/** Points that belong together, drawn in one colour. */
export interface ChartSeries {
  /** What distinguishes it from the others; not shown when it is the only one. */
  readonly label: string;
  readonly points: readonly ChartPoint[];
}

/** A figure of a study. */
export interface Chart {
  /** Points joined by lines over numbers, or bars beside each other for each name. */
  readonly kind: "line" | "bar";
  readonly xLabel: string;
  readonly yLabel: string;
  /** Of a line: distances are those of the numbers ("linear", the default), or all the same, for powers of a number. */
  readonly xScale?: "linear" | "even";
  readonly series: readonly ChartSeries[];
}

/** Pixels between the points of two series that have the same x. */
const APART = 5;
/** Share of the room of a name that its bars take. */
const BARS = 0.7;

/**
 * A chart as the text of an SVG file, an error bar at each point. Points that are not finite are left out; an error
 * bar that is not finite ends at the point.
 *
 * @throws RangeError when no point is finite, or when a line has a name for an x
 */
export function drawChart(
  { kind, xLabel, yLabel, xScale = "linear", series }: Chart,
  heading: Heading,
): string {
  const finite = series.map(({ points }) => points.filter(({ y }) => Number.isFinite(y)).map(withFiniteEnds));
  if (finite.every((points) => points.length === 0))
    throw new RangeError("series: expected a finite point, got none");
  const legend = series.length > 1 ? series.map(({ label }, i) => ({ label, colour: lineColour(i) })) : [];
  const words = { heading, legend, xLabel, yLabel };
  if (kind === "line") {
    expectNumbers(finite.flat());
    const x = { inset: 12 };
    if (xScale === "linear") return drawFrame({ ...words, x, marks: finite.flatMap(lineMarks) });
    const places = [...new Set(finite.flat().map(({ x }) => Number(x)))].sort((a, b) => a - b);
    const placed = finite.map((points) =>
      points.map((point) => ({ ...point, x: places.indexOf(Number(point.x)) })),
    );
    return drawFrame({ ...words, ticks: ticksOf(places), x, marks: placed.flatMap(lineMarks) });
  }
  const names = [...new Set(finite.flat().map(({ x }) => String(x)))];
  const marks = finite.flatMap((points, index) => barMarks(points, index, finite.length, names));
  return drawFrame({ ...words, ticks: ticksOf(names), x: { domain: [-0.5, names.length - 0.5] }, marks });
}

function withFiniteEnds({ x, y, low, high }: ChartPoint): ChartPoint {
  return { x, y, low: Number.isFinite(low) ? low : y, high: Number.isFinite(high) ? high : y };
}

function ticksOf(labels: readonly (number | string)[]) {
  return labels.map((label, at) => ({ at, label: String(label) }));
}

function expectNumbers(points: readonly ChartPoint[]): void {
  const name = points.find(({ x }) => typeof x !== "number");
  if (name !== undefined) throw new RangeError(`x: expected numbers for a line, got ${name.x}`);
}

function lineMarks(points: readonly ChartPoint[], index: number, all: readonly unknown[]): Markish[] {
  const sorted = [...points].sort((a, b) => Number(a.x) - Number(b.x));
  const stroke = lineColour(index);
  const place = { x: "x", stroke, dx: APART * (index - (all.length - 1) / 2) } as const;
  return [
    ruleX(sorted, { ...place, y1: "low", y2: "high", strokeWidth: 1.5, strokeOpacity: 0.6 }),
    line(sorted, { ...place, y: "y", strokeWidth: 2.25 }),
    dot(sorted, { ...place, y: "y", r: 4, fill: stroke, stroke: colours.page, strokeWidth: 1.5 }),
  ];
}

function barMarks(
  points: readonly ChartPoint[],
  index: number,
  count: number,
  names: readonly string[],
): Markish[] {
  const width = BARS / count;
  const bars = points.map((point) => {
    const left = names.indexOf(String(point.x)) - BARS / 2 + index * width;
    return { ...point, left, middle: left + width / 2, right: left + width };
  });
  const sides = { x1: "left", x2: "right", y1: () => 0, y2: "y" } as const;
  return [
    rect(bars, { ...sides, fill: lineColour(index), fillOpacity: 0.85, inset: 1 }),
    ruleX(bars, { x: "middle", y1: "low", y2: "high", stroke: colours.ink, strokeWidth: 1.5 }),
  ];
}
