import { test } from "uvu";
import * as assert from "uvu/assert";
import { svgPage } from "../../src/runs/page.ts";
import { colours, darkStyle, lineColour } from "../../src/runs/palette.ts";

const page = { width: 100, height: 50, left: 10, title: "T", subtitle: "S", legend: [], drawing: "<g/>" };

test("escapes the words it is given", () => {
  const svg = svgPage({ ...page, title: 'a < b & "c"', legend: [{ label: "<x>", colour: "#000" }] });
  assert.match(svg, ">a &lt; b &amp; &quot;c&quot;</text>");
  assert.match(svg, "&lt;x&gt;</tspan>");
  assert.match(svg, 'aria-label="a &lt; b &amp; &quot;c&quot;. S"');
});

test("has no legend unless there is something to tell apart", () => {
  assert.not.match(svgPage(page), "tspan");
});

test("every colour has a rule for a dark page", () => {
  const style = darkStyle();
  const light = [...Object.values(colours), ...Array.from({ length: 6 }, (_, index) => lineColour(index))];
  for (const colour of light)
    for (const use of ["fill", "stroke"]) assert.match(style, `[${use}="${colour}"]{${use}:#`);
  assert.is(new Set(light).size, 10);
  assert.is(lineColour(6), lineColour(0));
});

test("words and lines stand out from the page: contrast of 4.5 and more, light and dark", () => {
  const dark = new Map(
    [...darkStyle().matchAll(/fill="(#\w+)"\]\{fill:(#\w+)/g)].map(([, from, to]) => [from, to]),
  );
  for (const colour of [colours.ink, colours.faded, ...[0, 1, 2, 3, 4, 5].map(lineColour)]) {
    assert.ok(contrast(colour, colours.page) >= 4.5, colour);
    assert.ok(contrast(dark.get(colour) ?? "", dark.get(colours.page) ?? "") >= 4.5, dark.get(colour));
  }
});

/** Contrast ratio of two colours: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test.run();
