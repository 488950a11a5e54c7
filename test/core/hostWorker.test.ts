import { test } from "uvu";
import * as assert from "uvu/assert";
import { createHostWorker, expectWorkers } from "../../src/core/hostWorker.ts";

const answering = `
const { parentPort } = require("node:worker_threads");
parentPort.once("message", (cells) => {
  Atomics.store(cells, 0, 7);
  parentPort.postMessage("ready");
});`;

test("starts a script with a message, and waits for its answer", async () => {
  const cells = new Int32Array(new SharedArrayBuffer(4));
  const worker = createHostWorker(answering);
  await worker.start(cells);
  assert.is(Atomics.load(cells, 0), 7);
  worker.stop();
});

test("a script that fails before it answers is an error", async () => {
  const worker = createHostWorker("throw new Error('no kernels')");
  const message = await worker.start(0).then(
    () => "started",
    (error: Error) => error.message,
  );
  assert.is(message, "no kernels");
});

test("names what threads lack on a page that is not isolated", () => {
  const { SharedArrayBuffer: given } = globalThis;
  expectWorkers();
  Object.assign(globalThis, { SharedArrayBuffer: undefined });
  try {
    assert.throws(
      expectWorkers,
      /^threads: expected SharedArrayBuffer, got none; .*Cross-Origin-Embedder-Policy/,
    );
  } finally {
    Object.assign(globalThis, { SharedArrayBuffer: given });
  }
});

test.run();
