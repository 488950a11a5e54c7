import { test } from "uvu";
import * as assert from "uvu/assert";
import { hostOptions, stopWith, worldOf } from "../../src/cli/training.ts";
import type { Journal } from "../../src/runs/journal.ts";
import { createStopwatch } from "../../src/runs/stopwatch.ts";
import { standIn } from "../helpers/standIn.ts";

test("threads are started where more than one is asked for", async () => {
  const asked: number[] = [];
  const workerThreads = (count: number) => {
    asked.push(count);
    return async () => undefined;
  };
  const library = { ...standIn, workerThreads };
  assert.equal([hostOptions({}, { library }), hostOptions({ threads: 1 }, { library })], [{}, {}]);
  assert.type(hostOptions({ threads: 3 }, { library }).threads, "function");
  assert.equal(asked, [3]);
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
