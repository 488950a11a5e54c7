/** Every source has a test where a reader looks for it. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readSources } from "../../scripts/house/sources.ts";
import { ELSEWHERE, stale, testOf, untested } from "../../scripts/house/tests.ts";

/** Lowered whenever the list becomes shorter. */
const MOST = 42;

const sources = readSources("src", "assembly");
const tests = new Set([...readSources("test").keys()].filter((path) => path.endsWith(".test.ts")));

test("a source's test has its path", () => {
  assert.is(testOf("src/core/math.ts"), "test/core/math.test.ts");
  assert.is(testOf("assembly/nn/mlp.ts"), "test/assembly/nn/mlp.test.ts");
});

test("every source has a test at its path, is a binding, or stands in the list of the others", () => {
  assert.equal(
    untested(sources, tests),
    [],
    "write a test at its path, or say why not in scripts/house/tests.ts",
  );
});

test("the list of the others is short, needed, and names tests that exist", () => {
  assert.equal(stale(sources, tests), []);
  assert.ok(Object.keys(ELSEWHERE).length <= MOST, `${Object.keys(ELSEWHERE).length} entries`);
});

test("a source that nobody tests is found, and an entry that nobody needs", () => {
  const made = new Map([
    ["src/core/new.ts", "export const a = 1;"],
    ["src/core/bound.ts", "/** Binding of `assembly/nn/bound.ts`. */"],
    ["src/entry.ts", 'export { a } from "./core/new.ts";\n'],
    ["src/cli/context.ts", "interface A {}"],
  ]);
  assert.equal(untested(made, new Set()), ["src/core/new.ts"]);
  assert.equal(untested(made, new Set(["test/core/new.test.ts"])), []);
  assert.not.ok(stale(made, new Set()).includes("src/cli/context.ts"));
  assert.ok(stale(made, new Set(["test/cli/context.test.ts"])).includes("src/cli/context.ts"));
});

test.run();
