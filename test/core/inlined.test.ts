import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { inlinedKernels } from "../../src/core/inlined.ts";

test("the inlined kernels are those of the release build, byte for byte", async () => {
  const inlined = await inlinedKernels();
  assert.instance(inlined, ArrayBuffer);
  const release = readFileSync(new URL("../../build/release.wasm", import.meta.url));
  assert.is(Buffer.compare(Buffer.from(inlined as ArrayBuffer), release), 0);
});

test.run();
