import asciichart from "asciichart";
import { type Curve, lastSteps, resample, smooth } from "../runs/curve.ts";
import type { Output } from "./context.ts";
import { amount, count } from "./format.ts";

/** Lines and greatest width of a curve. */
const HEIGHT = 10;
const WIDTH = 72;
/** Width of the labels, and of the frame after them. */
const LABEL = 10;
const OFFSET = 3;
/** Share of the episodes that the curve is smoothed over, to each side. */
const REACH = 0.02;

/** A learning curve as lines of text, with its axes; empty for fewer than two episodes. */
export function terminalCurve(curve: Curve, output: Output): string {
  if (curve.length < 2) return "";
  const columns = Math.max(20, Math.min(WIDTH, output.columns ?? WIDTH) - LABEL - OFFSET);
  const values = resample(smooth(curve, Math.floor(REACH * curve.length)), columns);
  const lines = asciichart.plot([...values], {
    height: HEIGHT,
    offset: OFFSET,
    format: (value) => amount(value).padStart(LABEL),
    ...(hasColours(output) ? { colors: [asciichart.cyan] } : {}),
  });
  return `${"return".padStart(LABEL)}\n${lines}\n${stepsAxis(lastSteps(curve), columns)}\n`;
}

function stepsAxis(steps: number, columns: number): string {
  const indent = " ".repeat(LABEL + OFFSET - 2);
  const end = `${count(steps)} steps`;
  return `${indent}└${"─".repeat(columns)}\n${indent} 0${end.padStart(columns - 1)}`;
}

/** Whether colours are wanted: on a terminal, unless NO_COLOR says otherwise. */
function hasColours({ isTTY }: Output): boolean {
  return isTTY === true && !process.env.NO_COLOR;
}
