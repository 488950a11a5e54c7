import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Core, createCore, measure } from "../../src/core/core.ts";

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

test("what is reserved is zero, also where something was before", async () => {
  const core = await createCore({ bytes: 4096 });
  for (let round = 0; round < 3; round++)
    core.scope(() => {
      const [numbers, words] = [core.f32(100 + 100 * round), core.u32(50)];
      assert.ok(numbers.every((value) => value === 0) && words.every((value) => value === 0));
      numbers.fill(7);
      words.fill(9);
    });
});

test("counting reserves nothing, and comes to what is reserved", async () => {
  const allocate = (memory: Pick<Core, "f32" | "u32">) => {
    const row = memory.f32(6);
    return [row.subarray(2), row.subarray(-3, -1), memory.f32([1, 2, 3]), memory.u32(5), memory.f32(0)].map(
      ({ length }) => length,
    );
  };
  assert.is(measure(allocate), 32 + 16 + 32);
  let lengths: readonly number[] = [];
  assert.is(
    measure((memory) => {
      lengths = allocate(memory);
    }),
    80,
  );
  assert.equal(lengths, allocate(await createCore()));
  assert.is(
    measure((memory) => memory.f32(2 ** 34)),
    2 ** 36,
  );
});

test("more than 32 bits address is refused before anything is reserved", async () => {
  for (const bytes of [2 ** 32, 1e300])
    try {
      await createCore({ bytes });
      assert.unreachable();
    } catch (error) {
      assert.instance(error, RangeError);
      assert.match((error as Error).message, /^memory: expected at most 4,294,836,224 bytes, got /);
    }
});

test.run();
