import { test } from "uvu";
import * as assert from "uvu/assert";
import { printable } from "../../src/runs/printable.ts";

test("writes what a terminal would obey as its number, and leaves all else", () => {
  assert.is(printable("runs/Pendulum-µ été 訓練 😀"), "runs/Pendulum-µ été 訓練 😀");
  assert.is(
    printable("a\u001b[2J\u0007\r\n\tb\u007f\u009b"),
    "a\\u001b[2J\\u0007\\u000d\\u000a\\u0009b\\u007f\\u009b",
  );
  // text that runs from right to left hides how a name ends
  assert.is(printable("a\u202egpj.sh\u2066\u2028"), "a\\u202egpj.sh\\u2066\\u2028");
});

test("what is written into JSON stays the same text", () => {
  const name = "a\u009bm\u202e";
  assert.is(JSON.parse(printable(JSON.stringify({ name }))).name, name);
});

test("ends of lines may stay", () => {
  assert.is(printable("a\nb\r\n", "\n"), "a\nb\\u000d\n");
});

test.run();
