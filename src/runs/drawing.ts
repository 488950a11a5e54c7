import { areaY, dot, line, type Markish } from "@observablehq/plot";
import { type Curve, interquartileCurve, lastSteps, smooth } from "./curve.ts";
import { drawFrame, type Heading } from "./frame.ts";
import { colours, lineColour } from "./palette.ts";

/** Runs with the same settings, drawn in one colour. */
export interface CurveGroup {
  /** What tells the group from the others; not shown when it is the only one. */
  readonly label: string;
  /** One curve a run; none empty. */
  readonly curves: readonly Curve[];
}

/** Episodes above which a run is crowded: its bold line is a running mean. */
const CROWDED = 30;
/** Share of the episodes that a running mean reaches to each side. */
const REACH = 0.04;
/** Points of an interquartile mean. */
const POINTS = 120;
const POSITION = { x: "steps", y: "return" } as const;

/**
 * Curves as the text of an SVG file: a quantity, by default the return, against environment steps; a thin line for each run and a bold one
 * for the interquartile mean of a group, in a band of its interval of 95 %, or for the running mean of a crowded run that is alone.
 */
export function drawCurves(
  groups: readonly CurveGroup[],
  heading: Heading,
  yLabel = "return of an episode",
): string {
  return drawFrame({
    heading,
    legend: groups.length > 1 ? groups.map(({ label }, i) => ({ label, colour: lineColour(i) })) : [],
    xLabel: "environment steps",
    yLabel,
    x: { domain: [0, Math.max(...groups.flatMap(({ curves }) => curves.map(lastSteps)))] },
    marks: [
      ...groups.flatMap(({ curves }, index) => thinLines(curves, lineColour(index))),
      ...groups.flatMap(({ curves }, index) => boldLine(curves, lineColour(index))),
    ],
  });
}

function thinLines(curves: CurveGroup["curves"], stroke: string): Markish[] {
  if (!hasBoldLine(curves))
    return [
      line(curves[0], { ...POSITION, stroke, strokeWidth: 2.25 }),
      dot(curves[0], { ...POSITION, r: 4, fill: stroke, stroke: colours.page, strokeWidth: 1.5 }),
    ];
  return curves.map((curve) => line(curve, { ...POSITION, stroke, strokeWidth: 1.1, strokeOpacity: 0.38 }));
}

function boldLine(curves: CurveGroup["curves"], stroke: string): Markish[] {
  if (!hasBoldLine(curves)) return [];
  const smoothed = curves.map((curve) =>
    isCrowded(curve) ? smooth(curve, Math.ceil(REACH * curve.length)) : curve,
  );
  if (curves.length === 1) return [line(smoothed[0], { ...POSITION, stroke, strokeWidth: 2.75 })];
  const band = interquartileCurve(smoothed, POINTS);
  return [
    areaY(band, { x: "steps", y1: "low", y2: "high", fill: stroke, fillOpacity: 0.16 }),
    line(band, { ...POSITION, stroke, strokeWidth: 2.75 }),
  ];
}

function hasBoldLine(curves: CurveGroup["curves"]): boolean {
  return curves.length > 1 || isCrowded(curves[0]);
}

function isCrowded(curve: Curve): boolean {
  return curve.length > CROWDED;
}
