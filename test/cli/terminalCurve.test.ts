import { test } from "uvu";
import * as assert from "uvu/assert";
import { terminalCurve } from "../../src/cli/terminalCurve.ts";
import type { Curve } from "../../src/runs/curve.ts";
import { recorder } from "../helpers/command.ts";

const rising: Curve = Array.from({ length: 20 }, (_, index) => ({
  steps: 100 * (index + 1),
  return: index - 10,
}));

test("shows the curve between its lowest and highest return, over its steps", () => {
  const lines = terminalCurve(rising, recorder().output).split("\n");
  assert.is(lines[0].trim(), "return");
  assert.match(lines[1], /^ +9\.0 ┤.*╭/);
  assert.match(lines[11], /^ +−10\.0 ┼/);
  assert.match(lines[12], /^ +└─+$/);
  assert.match(lines[13], /^ +0 +2,000 steps$/);
});

test("fits the terminal, and colours only there", () => {
  const narrow = terminalCurve(rising, recorder({ columns: 50 }).output);
  assert.ok(narrow.split("\n").every((line) => line.length <= 50));
  assert.not.match(narrow, "\u001b");
  assert.match(terminalCurve(rising, recorder({ columns: 50, isTTY: true }).output), "\u001b[36m");
});

test("is left out when there is nothing to join, and draws equal returns", () => {
  assert.is(terminalCurve(rising.slice(0, 1), recorder().output), "");
  assert.match(
    terminalCurve(
      rising.map((point) => ({ ...point, return: 3 })),
      recorder().output,
    ),
    "3.0 ┼─",
  );
});

test.run();
