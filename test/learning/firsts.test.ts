import { test } from "uvu";
import * as assert from "uvu/assert";
import { FIRST } from "../../src/learning/firstReadings.ts";
import { allocateFirsts, firstsOf, keepFirst } from "../../src/learning/firsts.ts";
import { core } from "../helpers/untrained.ts";

test("the first values of each dimension are kept to 48 bits", () => {
  core.scope(() => {
    const firsts = allocateFirsts(core, 3);
    const values = [1.7e9 + 0.25, -1e18, 3, 2 ** 40 + 2 ** -6, -0.1];
    assert.is(values.length, FIRST);
    values.forEach((value, i) => {
      keepFirst(firsts, 1, i, value);
    });
    const found = firstsOf(firsts, 1);
    assert.equal(found.slice(0, 4), values.slice(0, 4));
    assert.ok(Math.abs(found[4] - values[4]) < 2 ** -48 * 0.1 * 2);
    assert.equal([...firstsOf(firsts, 0), ...firstsOf(firsts, 2)], new Array(2 * FIRST).fill(0));
  });
});

test.run();
