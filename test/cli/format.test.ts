import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  amount,
  commands,
  count,
  counted,
  duration,
  figures,
  rows,
  shellWord,
} from "../../src/cli/format.ts";

test("writes counts and their nouns", () => {
  assert.equal([count(2000), counted(1, "step"), counted(0, "step")], ["2,000", "1 step", "0 steps"]);
});

test("writes returns with a minus sign and no more digits than tell something", () => {
  assert.equal([-143.21, -1203.7, 0, 999.94, null].map(amount), ["−143.2", "−1,204", "0.0", "999.9", "–"]);
});

test("writes small numbers with two figures", () => {
  assert.equal([0.0834, 4.44, 12.36, null, NaN].map(figures), ["0.083", "4.4", "12.4", "–", "–"]);
});

test("writes spans of time in one unit", () => {
  assert.equal([0.2, 99, 300, 7200, Infinity, NaN].map(duration), ["1 s", "99 s", "5 min", "2 h", "–", "–"]);
});

test("puts values and comments in columns", () => {
  assert.is(
    rows([
      ["a", "1"],
      ["long", "2"],
    ]),
    "  a     1\n  long  2\n",
  );
  assert.is(commands([["go", "begin"]]), "  go  # begin\n");
});

test("quotes a path only when a shell would take it apart", () => {
  assert.equal(["runs/a-1", "my run", "it's"].map(shellWord), ["runs/a-1", "'my run'", "'it'\\''s'"]);
});

test.run();
