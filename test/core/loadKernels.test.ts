import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { loadKernels } from "../../src/core/loadKernels.ts";

const bytesOf = (build: string) => readFileSync(new URL(`../../build/${build}`, import.meta.url));
const compiled = (build: string) => new WebAssembly.Module(bytesOf(build));
const messageOf = (work: Promise<unknown>) => work.then(String, ({ message }) => message);

test("gives later cores the build, from its bytes or compiled", async () => {
  const debug = compiled("debug.wasm");
  assert.is(await loadKernels(debug), debug);
  assert.is((await createCore()).module, debug);
  const release = await loadKernels(bytesOf("release.wasm"));
  assert.is((await createCore()).module, release);
});

test("takes one of several that the engine takes", async () => {
  const release = compiled("release.wasm");
  assert.is(await loadKernels([bytesOf("release.wasm").subarray(0, 1000), release]), release);
  assert.is((await createCore()).module, release);
});

test("refuses what is no build of this version, and keeps the one before", async () => {
  const { module } = await createCore();
  assert.match(await messageOf(loadKernels(new Uint8Array(9))), /^module: expected WebAssembly, got/);
  assert.is(await messageOf(loadKernels([])), "sources: expected at least one build, got none");
  const other = new WebAssembly.Module(otherKernels());
  assert.match(
    await messageOf(loadKernels(other)),
    /^module: expected the core.wasm of this package, got Web/,
  );
  assert.is((await createCore()).module, module);
});

/** WebAssembly that exports nothing. */
function otherKernels(): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
}

test.run();
