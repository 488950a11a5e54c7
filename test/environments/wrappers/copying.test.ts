import { test } from "uvu";
import * as assert from "uvu/assert";
import { copying, copyingWith } from "../../../src/environments/wrappers/copying.ts";
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

test("one copy holds the world's and the wrapper's own", () => {
  const loaded: unknown[] = [];
  const world = { ...line(), save: () => "there", load: (saved: unknown) => loaded.push(saved) };
  const { save, load } = copyingWith(world, { save: () => 7, load: (kept: number) => loaded.push(kept) });
  assert.equal(save?.(), { world: "there", kept: 7 });
  load?.({ world: "here", kept: 8 });
  assert.equal(loaded, ["here", 8]);
  for (const wrong of [undefined, 3, { world: 1 }])
    assert.throws(() => load?.(wrong), /saved: expected an episode of this wrapper, got/);
  assert.equal(copyingWith(line(), { save: () => 7, load: () => {} }), {});
});

test.run();
