import { DOMParser } from "linkedom";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Curve } from "../../src/runs/curve.ts";
import { drawCurves } from "../../src/runs/drawing.ts";
import { lineColour } from "../../src/runs/palette.ts";

const heading = { title: "Pendulum", subtitle: "two runs" };
const curveOf = (returns: readonly number[]): Curve =>
  returns.map((value, index) => ({ steps: 200 * (index + 1), return: value }));
const short = curveOf([-1000, -400, -200]);
const long = curveOf(Array.from({ length: 60 }, (_, index) => Math.sin(index)));

/** The paths of a drawing that have a stroke in the i-th line's colour, thin and bold. */
function lines(svg: string, index: number) {
  const document = new DOMParser().parseFromString(svg, "image/svg+xml");
  const groups = [...document.querySelectorAll(`g[aria-label="line"][stroke="${lineColour(index)}"]`)];
  const widths = groups.map((group) => Number(group.getAttribute("stroke-width")));
  return {
    thin: widths.filter((width) => width < 2).length,
    bold: widths.filter((width) => width >= 2).length,
  };
}

test("one short run is a bold line with a dot for each episode", () => {
  const svg = drawCurves([{ label: "", curves: [short] }], heading);
  assert.equal(lines(svg, 0), { thin: 0, bold: 1 });
  assert.is(svg.match(/<circle/g)?.length, 3);
});

test("one long run has a running mean over its own line", () => {
  assert.equal(lines(drawCurves([{ label: "", curves: [long] }], heading), 0), { thin: 1, bold: 1 });
});

test("several runs are thin lines with one bold interquartile mean in its band for each group, in its colour", () => {
  const groups = [
    { label: "with", curves: [short, short, short] },
    { label: "without", curves: [short, long] },
  ];
  const svg = drawCurves(groups, heading);
  assert.equal(lines(svg, 0), { thin: 3, bold: 1 });
  assert.equal(lines(svg, 1), { thin: 2, bold: 1 });
  assert.match(svg, ">without</tspan>");
  assert.is(svg.match(/aria-label="area"/g)?.length, 2);
});

test("has a title and both axes, and brings no style but its own", () => {
  const svg = drawCurves([{ label: "", curves: [short] }], heading);
  for (const words of ["Pendulum", "two runs", "return of an episode", "environment steps"])
    assert.match(svg, `>${words}</text>`);
  assert.is(svg.match(/<style>/g)?.length, 1);
  assert.not.match(svg, "plot-");
  assert.not.match(svg, "NaN");
});

test("draws a run of one episode, and one of equal returns", () => {
  for (const curve of [curveOf([3]), curveOf([5, 5, 5])])
    assert.not.match(drawCurves([{ label: "", curves: [curve] }], heading), "NaN");
});

test.run();
