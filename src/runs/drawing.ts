import { dot, line, type Markish } from "@observablehq/plot";
import { type Curve, lastSteps, medianCurve, smooth } from "./curve.ts";
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
/** Points of a median. */
const POINTS = 240;
const POSITION = { x: "steps", y: "return" } as const;

/**
 * Learning curves as the text of an SVG file: return against environment steps, a thin line for each run and
 * a bold one for the median of a group, or for the running mean of a crowded run that is alone.
 */
export function drawCurves(groups: readonly CurveGroup[], heading: Heading): string {
  return drawFrame({
    heading,
    legend: groups.length > 1 ? groups.map(({ label }, i) => ({ label, colour: lineColour(i) })) : [],
    xLabel: "environment steps",
    yLabel: "return of an episode",
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
  return [line(medianCurve(smoothed, POINTS), { ...POSITION, stroke, strokeWidth: 2.75 })];
}

function hasBoldLine(curves: CurveGroup["curves"]): boolean {
  return curves.length > 1 || isCrowded(curves[0]);
}

function isCrowded(curve: Curve): boolean {
  return curve.length > CROWDED;
}
