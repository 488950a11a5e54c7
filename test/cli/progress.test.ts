import { test } from "uvu";
import * as assert from "uvu/assert";
import { createProgress } from "../../src/cli/progress.ts";
import { recorder } from "../helpers/command.ts";

test("writes plain lines where there is no terminal: the last one at the end, if not before", () => {
  const { output, text } = recorder();
  const progress = createProgress(output, 2000);
  progress.update(1, () => "one");
  assert.is(text(), "");
  progress.update(2000, () => "two");
  progress.stop();
  progress.stop();
  assert.is(text(), "2,000 of 2,000 · two\n");
});

test("says nothing of a work that never began", () => {
  const { output, text } = recorder();
  createProgress(output, 2000).stop();
  assert.is(text(), "");
});

test("writes a note at once, as a line of its own", () => {
  const { output, text } = recorder();
  createProgress(output, 2000).note("odd");
  assert.is(text(), "odd\n");
});

test.run();
