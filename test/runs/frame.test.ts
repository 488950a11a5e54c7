import { dot } from "@observablehq/plot";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { drawFrame, type Frame } from "../../src/runs/frame.ts";

const frame: Frame = {
  heading: { title: "Losses & <gains>", subtitle: "of two runs" },
  legend: [],
  xLabel: "steps",
  yLabel: "return",
  x: {},
  marks: [dot([{ x: 1, y: 2 }], { x: "x", y: "y" })],
};

test("draws marks between two labelled axes below a heading, in a file without a style of its own", () => {
  const drawing = drawFrame(frame);
  for (const words of ["Losses &amp; &lt;gains&gt;", "of two runs", ">steps<", ">return<"])
    assert.match(drawing, words);
  assert.is(drawing.match(/<circle/g)?.length, 1);
  assert.is(drawing.match(/<style>/g)?.length, 1, "the palette's alone");
});

test("names the places of the x axis that are given", () => {
  const drawing = drawFrame({ ...frame, ticks: [{ at: 1, label: "one" }] });
  assert.match(drawing, ">one<");
});

test("a legend has an entry of each colour, and moves the frame down", () => {
  const legend = [
    { label: "planned", colour: "#0f62a8" },
    { label: "by habit", colour: "#b4500b" },
  ];
  const drawing = drawFrame({ ...frame, legend });
  for (const { label, colour } of legend) {
    assert.match(drawing, `>${label}<`);
    assert.match(drawing, `fill="${colour}"`);
  }
});

test.run();
