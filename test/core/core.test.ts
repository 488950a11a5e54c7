import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore, measure } from "../../src/core/core.ts";

test("reserves zeros, or a copy of values, at multiples of 16 bytes", async () => {
  const core = await createCore({ bytes: 4096 });
  const values = Float32Array.of(1.5, -2, 3);
  const copy = core.f32(values);
  values[0] = 7;
  assert.equal([...copy], [1.5, -2, 3]);
  const zeros = core.u32(5);
  assert.equal([...zeros], [0, 0, 0, 0, 0]);
  for (const { byteOffset } of [copy, zeros, core.f32(1)]) assert.is(byteOffset % 16, 0);
});

test("a scope gives back what it reserved, also when its work throws; what lies before it stays", async () => {
  const core = await createCore({ bytes: 4096 });
  const kept = core.f32([1, 2]);
  const first = core.scope(() => core.f32(500).fill(9).byteOffset);
  assert.throws(
    () =>
      core.scope(() => {
        core.f32(500);
        throw new Error("stop");
      }),
    /^stop$/,
  );
  const again = core.f32(500);
  assert.is(again.byteOffset, first);
  assert.ok(again.every((value) => value === 0));
  assert.equal([...kept], [1, 2]);
});

test("a full arena says what was asked for, and takes what still fits", async () => {
  const core = await createCore({ bytes: 65536 });
  assert.throws(
    () => core.f32(1 << 20),
    (error: Error) =>
      error instanceof RangeError &&
      error.message === "core: expected room for 4194304 more bytes, got a full arena; raise `bytes`",
  );
  assert.is(core.f32(1000).length, 1000);
});

test("measures the bytes that an allocation takes", async () => {
  const sizes = [1, 4, 5, 31];
  const bytes = measure((core) => {
    for (const size of sizes) core.f32(size);
    core.u32([1, 2, 3]);
  });
  const core = await createCore({ bytes: 4096 });
  const start = core.f32(4).byteOffset + 16;
  for (const size of sizes) core.f32(size);
  core.u32([1, 2, 3]);
  assert.is(core.f32(4).byteOffset - start, bytes);
});

test.run();
