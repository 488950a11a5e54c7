import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { growthOf, liveBytes, type Reading, watch } from "../../studies/soak/watch.ts";

const script = fileURLToPath(new URL("../../studies/soak/run.ts", import.meta.url));
const tsx = import.meta.resolve("tsx");
const watching = { warmup: 100, calls: 20_000, every: 10_000 };

/** Reads what a call does to the memory. */
async function watched(work: (core: Awaited<ReturnType<typeof createCore>>) => (index: number) => void) {
  const core = await createCore();
  return [...watch({ core, call: work(core) }, watching)];
}

test("act, learn and a filter's step keep nothing: in the heap less than a pointer a call, in the arena no byte", () => {
  // a process of its own, for what else lives in this one comes and goes; without the optimising compiler, whose notes on
  // the heap are 100 kB or so
  const words = ["--no-opt", "--import", tsx, script, "--calls", "9000", "--every", "3000", "--json"];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  assert.is(status, 0, stdout + stderr);
  const soaked = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(
    soaked.map(({ name }) => name),
    ["agent", "agent with a belief", "particle filter"],
  );
  for (const { readings, garbage } of soaked) {
    const [first, ...others]: Reading[] = readings;
    assert.equal(
      others.map(({ calls, memory, top }) => [calls, memory, top]),
      [3000, 6000, 9000].map((calls) => [calls, first.memory, first.top]),
    );
    assert.ok(others[2].heap - first.heap < 8 * 9000);
    // views of arrays, at some 200 bytes each, and objects of arguments; a third of it when optimised
    assert.ok(garbage > 0 && garbage < 40_000, `${garbage} bytes a call`);
  }
});

test("a call that keeps an object is found, and one that reserves sixteen bytes", async () => {
  const kept: object[] = []; // 6 MB in all, more than this process's own comings and goings
  const leaking = growthOf(await watched(() => () => kept.push(new Array(32))));
  assert.match(leaking ?? "", /^the heap grew by \d+ bytes in 20000 calls$/);

  const reserving = growthOf(await watched((core) => (index) => index === 150 && core.f32(4)));
  assert.match(
    reserving ?? "",
    /^the kernels' memory went from (\d+) bytes, \d+ reserved, to \1, \d+ reserved$/,
  );
  assert.is(growthOf(await watched((core) => () => core.scope(() => core.f32(4)))), undefined);
  assert.ok(kept.length > 20_000 && liveBytes() > 0);
});

test("a larger memory is growth, a lighter heap is none", () => {
  const reading = { calls: 0, heap: 1000, memory: 65536, top: 100 };
  assert.is(growthOf([reading, { ...reading, calls: 10, heap: 900 }]), undefined);
  assert.is(growthOf([reading, { ...reading, calls: 10, heap: 1079 }]), undefined);
  assert.is(
    growthOf([reading, { ...reading, calls: 10, heap: 1080 }]),
    "the heap grew by 80 bytes in 10 calls",
  );
  assert.match(
    growthOf([reading, { ...reading, calls: 10, memory: 131072 }]) ?? "",
    /to 131072, 100 reserved$/,
  );
});

test("a wrong wish is one sentence", () => {
  for (const [words, message] of [
    [["--calls", "0"], "error: --calls: expected a whole number ≥ 1, got 0\n"],
    [
      ["--only", "cat"],
      "error: --only: expected one of agent, agent with a belief, particle filter, got cat\n",
    ],
  ] as const) {
    const { status, stderr } = spawnSync(process.execPath, ["--import", tsx, script, ...words], {
      encoding: "utf8",
    });
    assert.equal([status, stderr], [1, message]);
  }
});

test.run();
