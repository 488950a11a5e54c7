import { test } from "uvu";
import * as assert from "uvu/assert";
import { mix } from "../../src/core/mix.ts";

test("mixes as MurmurHash3's fmix32 does", () => {
  // of the reference implementation
  assert.equal(
    [0, 1, 2, 0xffffffff].map((word) => mix(word) >>> 0),
    [0, 0x514e28b7, 0x30f4c306, 0x81f16f39],
  );
});

test.run();
