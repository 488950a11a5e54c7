import { test } from "uvu";
import * as assert from "uvu/assert";
import { environments, recommendedOptions } from "../../src/index.ts";

test("every built-in environment but two has options that suit it", () => {
  const without = environments.filter(({ name }) => Object.keys(recommendedOptions(name)).length === 0);
  assert.equal(
    without.map(({ name }) => name),
    ["car-flag", "light-dark"],
  );
});

test("any other name has none, those of every object's members among them", () => {
  for (const name of ["", "walk", "toString", "constructor", "__proto__"])
    assert.equal(recommendedOptions(name), {});
});

test.run();
