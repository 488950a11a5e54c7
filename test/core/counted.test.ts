import { test } from "uvu";
import * as assert from "uvu/assert";
import { measureTree } from "../../src/core/core.ts";
import { Counted } from "../../src/core/counted.ts";

test("has the length of the array that it stands for, and so have its parts", () => {
  const values = Float32Array.of(1, 2, 3, 4, 5);
  const counted = new Counted(5);
  for (const [from, to] of [[], [2], [1, 3], [-2], [0, -1], [4, 2], [7], [-9, 9]] as [number?, number?][]) {
    const part = counted.subarray(from, to);
    assert.is(part.length, values.subarray(from, to).length, `${from}, ${to}`);
    assert.ok(part.isView);
  }
  assert.not.ok(counted.isView);
  assert.is(counted.fill(), counted);
});

test("what is measured is the bytes, and the tree of what stands for arrays", () => {
  const { bytes, tree } = measureTree((memory) => {
    const values = memory.f32([1, 2, 3, 4, 5]);
    return { values, part: values.subarray(1, 3), indices: memory.u32(4) };
  });
  assert.is(bytes, 32 + 16);
  assert.equal(
    Object.values(tree).map((array) => [array instanceof Counted, array.length]),
    [
      [true, 5],
      [true, 2],
      [true, 4],
    ],
  );
});

test.run();
