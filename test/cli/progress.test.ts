import { EventEmitter } from "node:events";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Output } from "../../src/cli/context.ts";
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

for (const [columns, bar] of [
  [120, /━/],
  [60, /^[^━╌]*$/],
] as const)
  test(`draws on a terminal of ${columns} columns, and takes the line away at the end`, () => {
    const { output, text } = recorder({ isTTY: true, columns });
    // what the bar calls of a terminal
    const raw = Object.assign(new EventEmitter(), {
      ...{ isTTY: true, columns, write: output.write, cursorTo() {}, clearLine() {}, moveCursor() {} },
      clearScreenDown() {},
    });
    const progress = createProgress({ ...output, raw } as unknown as Output, 4);
    progress.update(2, () => "half");
    progress.note("odd");
    progress.update(4, () => "all");
    progress.stop();
    assert.match(text(), "\r\u001b[Kodd\n");
    assert.match(text(), "100% · all");
    assert.match(text(), bar);
  });

test.run();
