import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { createDraw } from "../../src/core/draw.ts";
import { normal, uniform } from "../../src/core/random.ts";

const core = await createCore();

test("no two fills share numbers, of a step or of two", () => {
  const draw = createDraw(core, 3, 7);
  const fills = [0, 1].flatMap((step) => {
    Object.assign(draw, { step, fills: 0 });
    return [draw.uniform(core.f32(8)), draw.uniform(core.f32(8))];
  });
  assert.is(new Set(fills.flatMap((fill) => [...fill])).size, 32);
});

test("a fill is the draw of its seed, stream, place in the step and step", () => {
  const draw = createDraw(core, 2 ** 32 * 5 + 3, 7);
  Object.assign(draw, { step: 4 });
  draw.uniform(core.f32(4));
  assert.equal(draw.normal(core.f32(8)), normal(core, core.f32(8), 3, 5, 7, 1, 4));
  assert.equal(draw.uniform(core.f32(8)), uniform(core, core.f32(8), 3, 5, 7, 2, 4));
});

test("an array outside the core is filled in parts, with numbers that no other fill has", () => {
  const draw = createDraw(core, 3, 7, core.f32(8));
  const own = draw.normal(new Float32Array(19));
  const parts = [0, 1, 2].flatMap((fill) => [...normal(core, core.f32(8), 3, 0, 7, fill, 0)]);
  assert.equal([...own], parts.slice(0, 19));
  assert.equal(draw.uniform(core.f32(8)), uniform(core, core.f32(8), 3, 0, 7, 3, 0));
});

test.run();
