import { test } from "uvu";
import * as assert from "uvu/assert";
import { type FileCoverage, ranges, reportOf, uncoveredOf } from "../../../scripts/coverage/uncovered.ts";

/** A file of some lines and branches, by how often each was reached. */
function fileOf(path: string, lines: readonly number[], branches: readonly number[] = []): FileCoverage {
  const place = (line: number) => ({ start: { line, column: 0 } });
  const indexed = <Value>(values: readonly Value[]) => Object.fromEntries(values.entries());
  return {
    path: `/home/${path}`,
    statementMap: indexed(lines.map((_, i) => place(i + 1))),
    s: indexed(lines),
    branchMap: indexed(branches.map((_, i) => ({ loc: place(10 + i) }))),
    b: indexed(branches.map((count) => [count])),
  };
}

const mapOf = (...files: FileCoverage[]) => Object.fromEntries(files.map((file) => [file.path, file]));

test("lines and branches that nothing reached are found, by the paths of the files", () => {
  const map = mapOf(fileOf("src/loop/run.ts", [1, 0, 0, 2], [0, 3]), fileOf("src/cli/plot.ts", [1], [1, 0]));
  assert.equal(uncoveredOf(map, "/home/"), [
    { path: "src/cli/plot.ts", lines: 1, missed: [], branches: [11] },
    { path: "src/loop/run.ts", lines: 4, missed: [2, 3], branches: [10] },
  ]);
});

test("neighbouring lines are joined", () => {
  assert.is(ranges([7, 3, 4, 5, 9, 4]), "3–5, 7, 9");
  assert.is(ranges([]), "");
});

test("branches are owed by loader, checkpoint and command line alone, lines by all", () => {
  const ninety = [...new Array<number>(99).fill(1), 0];
  const enough = uncoveredOf(
    mapOf(fileOf("src/loop/run.ts", ninety, [0]), fileOf("src/cli/plot.ts", [1], [1])),
    "/home/",
  );
  assert.equal(reportOf(enough), {
    text: [
      "src/loop/run.ts: lines 100",
      "",
      "99.01 % of 101 lines are reached (at least 99 % are asked)",
      "0 branches of loader, checkpoint and command line are not taken (none is asked)",
    ].join("\n"),
    isEnough: true,
  });
  for (const path of [
    "src/cli/plot.ts",
    "src/agent/save.ts",
    "src/core/safetensors.ts",
    "src/runs/checkpoint.ts",
    "src/loop/savedRun.ts",
  ]) {
    const { text, isEnough } = reportOf(uncoveredOf(mapOf(fileOf(path, [1], [0, 0])), "/home/"));
    assert.is(isEnough, false);
    assert.ok(text.startsWith(`${path}: every line; branches at 10–11\n`), text);
  }
  const missing = reportOf(uncoveredOf(mapOf(fileOf("src/loop/run.ts", [...ninety, 0])), "/home/"));
  assert.is(missing.isEnough, false);
  assert.is(reportOf([]).isEnough, false);
});

test.run();
