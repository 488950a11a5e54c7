import { availableParallelism } from "node:os";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { buildFor, hostOptions, stopWith, worldOf } from "../../src/cli/training.ts";
import type { Journal } from "../../src/runs/journal.ts";
import { createStopwatch } from "../../src/runs/stopwatch.ts";
import { standIn } from "../helpers/standIn.ts";

test("two threads are started where there are cores for them, as many as are asked for, or none", async () => {
  const asked: number[] = [];
  const workerThreads = (count: number) => {
    asked.push(count);
    return async () => undefined;
  };
  const library = { ...standIn, workerThreads };
  assert.equal(hostOptions({ threads: 1 }, { library }), {});
  assert.type(hostOptions({ threads: 3 }, { library }).threads, "function");
  assert.equal(asked.splice(0), [3]);
  hostOptions({}, { library });
  assert.equal(asked, availableParallelism() > 1 ? [2] : []);
  assert.is(hostOptions({}, { library }, { build: "fast" }).fast, true);
});

test("a host without workers has one thread, and says so where more are asked for", () => {
  const workerThreads = () => {
    throw new Error("threads: expected workers");
  };
  const library = { ...standIn, workerThreads };
  assert.equal(hostOptions({}, { library }), {});
  assert.throws(() => hostOptions({ threads: 2 }, { library }), /expected workers/);
});

test("fast kernels are taken where they are asked for and can be had, else exact ones with a warning", async () => {
  const written: string[] = [];
  const context = (module?: WebAssembly.Module) => ({
    ...{ stdout: { write() {} }, stderr: { write: (text: string) => written.push(text) } },
    ...{ signal: new AbortController().signal, program: "x" },
    library: { ...standIn, fastKernels: async () => module },
  });
  const some = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  assert.is(await buildFor({}, context(some)), "exact");
  assert.is(await buildFor({ fast: true }, context(some)), "fast");
  assert.equal(written, []);
  assert.is(await buildFor({ fast: true }, context()), "exact");
  assert.match(written.join(), /^warning: --fast: expected an engine with relaxed SIMD/);
});

test("a training stops with the signal, or alone", () => {
  const outer = new AbortController();
  const [one, other] = [stopWith(outer.signal), stopWith(outer.signal)];
  one.abort();
  assert.equal([outer.signal.aborted, other.signal.aborted], [false, false]);
  outer.abort();
  assert.is(other.signal.aborted, true);
  assert.is(stopWith(outer.signal).signal.aborted, true);
});

test("a journal sees the agent between its action and the world's answer", async () => {
  const order: string[] = [];
  const inner = await standIn.createEnvironment("walk");
  const environment = {
    ...inner,
    step(action: number) {
      order.push("world");
      return inner.step(action);
    },
  };
  const agent = await standIn.createAgent(environment);
  const journal = { see: (seen: unknown) => order.push(seen === agent ? "journal" : "another") };
  const world = worldOf(environment as typeof inner, {
    journal: () => journal as unknown as Journal,
    stopwatch: createStopwatch(),
    agent: () => agent,
  });
  await world.step(0);
  assert.equal(order, ["journal", "world"]);
});

test.run();
