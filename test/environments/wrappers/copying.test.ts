import { test } from "uvu";
import * as assert from "uvu/assert";
import { copying } from "../../../src/environments/wrappers/copying.ts";
import { line } from "../../helpers/line.ts";

test("passes save and load on to the world", () => {
  let level: unknown = 3;
  const world = {
    ...line(),
    save: () => level,
    load(saved: unknown) {
      level = saved;
    },
  };
  const { save, load } = copying(world);
  assert.is(save?.(), 3);
  load?.(5);
  assert.is(level, 5);
});

test("has neither where the world has none", () => {
  assert.equal(copying(line()), {});
});

test.run();
