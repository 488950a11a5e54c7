import { DOMParser } from "linkedom";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Chart, type ChartPoint, drawChart } from "../../src/runs/chart.ts";
import { colours, lineColour } from "../../src/runs/palette.ts";

const heading = { title: "Information is gathered", subtitle: "medians and quartiles of 5 seeds" };
const point = (x: number | string, y: number, spread = 0.1): ChartPoint => ({
  x,
  y,
  low: y - spread,
  high: y + spread,
});
const chart = (changes: Partial<Chart>): Chart => ({
  kind: "line",
  xLabel: "β",
  yLabel: "success",
  series: [
    { label: "belief", points: [point(0.3, 0.95), point(0, 0.5), point(0.1, 0.9)] },
    { label: "path", points: [point(0, 0.5), point(0.3, 0.52)] },
  ],
  ...changes,
});

/** The elements of a kind in a drawing whose colour, of stroke or fill, is the i-th line's. */
function elements(svg: string, selector: string) {
  return [...new DOMParser().parseFromString(svg, "image/svg+xml").querySelectorAll(selector)];
}

/** The numbers of a path's corners, x and y in turns. */
function corners(path: string): readonly number[] {
  return [...path.matchAll(/-?[\d.]+/g)].map(Number);
}

test("a line has a dot and an error bar for each point, joined in the order of x", () => {
  const svg = drawChart(chart({}), heading);
  for (const [index, count] of [
    [0, 3],
    [1, 2],
  ]) {
    assert.is(elements(svg, `g[aria-label="dot"][fill="${lineColour(index)}"] circle`).length, count);
    assert.is(elements(svg, `g[aria-label="rule"][stroke="${lineColour(index)}"] line`).length, count);
  }
  const [path] = elements(svg, `g[aria-label="line"][stroke="${lineColour(0)}"] path`);
  const places = corners(path.getAttribute("d") ?? "");
  const across = places.filter((_, i) => i % 2 === 0);
  assert.equal(
    across,
    [...across].sort((a, b) => a - b),
  );
  assert.is(across.length, 3);
});

test("heights are proportional to values, and an error bar reaches from low to high", () => {
  const svg = drawChart(chart({ series: [{ label: "", points: [point(0, 0), point(1, 2), point(3, 6)] }] }), {
    ...heading,
  });
  const dots = elements(svg, 'g[aria-label="dot"] circle').map((circle) => [
    Number(circle.getAttribute("cx")),
    Number(circle.getAttribute("cy")),
  ]);
  const [[x0, y0], [x1, y1], [x3, y3]] = dots;
  assert.ok(Math.abs((x3 - x0) / (x1 - x0) - 3) < 1e-6 && Math.abs((y3 - y0) / (y1 - y0) - 3) < 1e-6);
  assert.ok(y3 < y0, "up is more");
  const [bar] = elements(svg, `g[aria-label="rule"][stroke="${lineColour(0)}"] line`);
  const [low, high] = [Number(bar.getAttribute("y1")), Number(bar.getAttribute("y2"))];
  const unit = (y0 - y1) / 2;
  assert.ok(Math.abs(Math.abs(high - low) - 0.2 * unit) < 1e-6 * unit + 1e-3);
});

test("on an even scale neighbours are equally far apart, and every x has a tick", () => {
  const points = [point(8, 1), point(1, 2), point(100, 3)];
  const svg = drawChart(chart({ xScale: "even", series: [{ label: "", points }] }), heading);
  const [one, eight, hundred] = elements(svg, 'g[aria-label="dot"] circle').map((circle) =>
    Number(circle.getAttribute("cx")),
  );
  assert.ok(Math.abs(eight - one - (hundred - eight)) < 1e-6 && one < eight);
  for (const x of [1, 8, 100]) assert.match(svg, `>${x}</text>`);
});

test("bars of several series stand side by side over each name, from zero", () => {
  const series = [
    { label: "on", points: [point("cue", 0.9), point("arm", 0.5)] },
    { label: "off", points: [point("arm", -0.25), point("cue", 0.5)] },
  ];
  const svg = drawChart(chart({ kind: "bar", xLabel: "first decision", series }), heading);
  const bars = [0, 1].map((index) =>
    elements(svg, `g[aria-label="rect"][fill="${lineColour(index)}"] rect`).map((bar) => ({
      x: Number(bar.getAttribute("x")),
      width: Number(bar.getAttribute("width")),
      height: Number(bar.getAttribute("height")),
    })),
  );
  assert.equal(
    bars.map(({ length }) => length),
    [2, 2],
  );
  const [[cueOn, armOn], [armOff, cueOff]] = bars;
  assert.ok(cueOn.x + cueOn.width < cueOff.x && cueOff.x + cueOff.width < armOn.x && armOn.x < armOff.x);
  // the inset takes a pixel at each end of a bar
  assert.ok(Math.abs((armOn.height + 2) / (armOff.height + 2) - 2) < 1e-6);
  assert.is(elements(svg, `g[aria-label="rule"][stroke="${colours.ink}"] line`).length, 4);
  for (const name of ["cue", "arm"]) assert.match(svg, `>${name}</text>`);
});

test("has its words, a legend for several series only, and no style but its own", () => {
  const svg = drawChart(chart({}), heading);
  for (const words of [heading.title, heading.subtitle, "β", "success"])
    assert.match(svg, `>${words}</text>`);
  assert.match(svg, ">belief</tspan>");
  assert.is(svg.match(/<style>/g)?.length, 1);
  assert.not.match(svg, "NaN");
  assert.not.match(drawChart(chart({ series: [chart({}).series[0]] }), heading), "tspan");
});

test("what is not finite is left out", () => {
  const points = [
    point(0, 1),
    { x: 1, y: 2, low: 1, high: Infinity },
    point(2, Infinity),
    point(3, Number.NaN),
  ];
  const svg = drawChart(chart({ series: [{ label: "", points }] }), heading);
  assert.is(elements(svg, 'g[aria-label="dot"] circle').length, 2);
  assert.not.match(svg, /NaN|Infinity/);
});

for (const [series, kind, message] of [
  [[{ label: "", points: [point(1, Infinity)] }], "bar", "series: expected a finite point, got none"],
  [[], "line", "series: expected a finite point, got none"],
  [[{ label: "", points: [point("cue", 1)] }], "line", "x: expected numbers for a line, got cue"],
] as const)
  test(`refuses a ${kind} chart: ${message}`, () => {
    assert.throws(
      () => drawChart(chart({ kind, series }), heading),
      (error: Error) => error instanceof RangeError && error.message === message,
    );
  });

test.run();
