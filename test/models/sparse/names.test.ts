import { test } from "uvu";
import * as assert from "uvu/assert";
import { expectNames, isName } from "../../../src/models/sparse/names.ts";

for (const [word, is] of [
  ["tiger-left", true],
  ["s0", true],
  ["(1,2)", true],
  ["2nd", true],
  ["12", false],
  ["-1.5e3", false],
  [".5", false],
  ["start", false],
  ["T", false],
  ["uniform", false],
  ["a b", false],
  ["a:b", false],
  ["*", false],
  ["a#", false],
  ["", false],
] as const)
  test(`${JSON.stringify(word)} is ${is ? "a" : "no"} name`, () => {
    assert.is(isName(word), is);
  });

test("names are strings, each another", () => {
  assert.equal(expectNames("states", ["a", "b"]), ["a", "b"]);
  assert.throws(() => expectNames("states", []), /^states: expected at least one name, got none$/);
  assert.throws(
    () => expectNames("states", ["a", "a"]),
    /^states\[1\]: expected another name each, got "a" twice$/,
  );
  assert.throws(() => expectNames("states", ["a", "T"]), /^states\[1\]: expected a name without .* got "T"$/);
  assert.throws(
    () => expectNames("states", [1] as unknown as string[]),
    /^states\[0\]: expected a name, got 1$/,
  );
  assert.throws(() => expectNames("states", 3 as unknown as string[]), /^states: expected an array, got 3$/);
});

test.run();
