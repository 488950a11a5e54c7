import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { fastestModule } from "../../src/core/fastestModule.ts";

const bytesOf = (build: string) => readFileSync(new URL(`../../build/${build}`, import.meta.url));
const compiled = (build: string) => new WebAssembly.Module(bytesOf(build));

test("is the faster of two builds, in either order", async () => {
  // the debug build takes many times as long
  const [debug, release] = ["debug.wasm", "release.wasm"].map(compiled);
  assert.is(await fastestModule([debug, release]), release);
  assert.is(await fastestModule([release, debug]), release);
});

test("passes over what the engine does not take, and takes a single build without more ado", async () => {
  const release = compiled("release.wasm");
  const damaged = bytesOf("release.wasm").subarray(0, 1000);
  assert.is(await fastestModule([damaged, release]), release);
  assert.is(await fastestModule([release]), release);
});

test("says why, where none is left", async () => {
  const messageOf = (work: Promise<unknown>) => work.then(String, ({ message }) => message);
  assert.match(await messageOf(fastestModule([new Uint8Array(9)])), /^module: expected WebAssembly, got/);
  assert.is(await messageOf(fastestModule([])), "sources: expected at least one build, got none");
});

test.run();
