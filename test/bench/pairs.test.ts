import { test } from "uvu";
import * as assert from "uvu/assert";
import { pairs } from "../../bench/pairs.ts";
import { measurementOf, type Side, timeSides } from "../../bench/workerd/stopwatch.ts";
import { lineOf, measureCase } from "../../src/bench/measure.ts";
import { createPeak } from "../../src/bench/peak.ts";
import { SUITE_BYTES, suite } from "../../src/bench/suite.ts";
import { createCore } from "../../src/core/core.ts";

const core = await createCore({ bytes: 2 * SUITE_BYTES });
const all = pairs(core);

test("the paired suite is the suite, grouped", () => {
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).sort();
  assert.equal(names(all), names(suite(core)));
  assert.equal(
    [...new Set(all.map(({ group }) => group))],
    ["networks", "plans", "functions", "draws", "particles"],
  );
});

for (const { name, plain } of all.filter(({ work }) => (work.operations ?? 0) < 1e9))
  test(`the plain side of ${name} runs, and leaves numbers`, () => {
    const result = plain()();
    const values = ArrayBuffer.isView(result) ? [...(result as Float32Array)] : [];
    assert.ok(values.every(Number.isFinite));
  });

test("a case beside plain TypeScript is compared with both, a case without products with that alone", async () => {
  const peak = await createPeak();
  const effort = { rounds: 3, roundTime: 2 };
  const measure = (part: string) => {
    const pair = all.find(({ name }) => name.startsWith(part));
    if (!pair) throw new Error(part);
    return measureCase({ ...pair.work, plain: pair.plain() }, peak, effort);
  };
  const dense = measure("dense  256");
  assert.equal(Object.keys(dense), ["work", "p50", "gigaflops", "peakShare", "plainRatio"]);
  assert.ok((dense.plainRatio ?? 0) > 1, `×${dense.plainRatio}`);
  assert.match(lineOf(dense), /% of the peak +plain TypeScript ×[\d.]+$/);
  assert.equal(Object.keys(measure("exp")), ["work", "p50", "plainRatio"]);
});

/** A host that takes a fixed time to answer and so long for a call of each side; the test keeps its clock. */
function host(times: Readonly<Record<Side, number>>, overhead: number) {
  let now = 0;
  const asked: number[] = [];
  return {
    asked,
    clock: () => now,
    ask: async (side: Side, calls: number) => {
      asked.push(calls);
      now += overhead + calls * times[side];
    },
  };
}

test("what a request itself costs is taken off the times from outside", async () => {
  const { ask, clock, asked } = host({ wasm: 0.002, plain: 0.02, peak: 0.1 }, 3);
  const effort = { rounds: 3, requestTime: 50, clock };
  const [wasm, peak, plain] = await timeSides(ask, ["wasm", "peak", "plain"], effort);
  for (const [value, expected] of [
    [wasm, 2],
    [peak, 100],
    [plain, 20],
  ])
    assert.ok(Math.abs(value - expected) < 1e-9 * expected, `${value}`);
  assert.ok(Math.max(...asked) >= 50 / 0.002 / 2, `${Math.max(...asked)} calls`);
});

test("ratios and shares are those of their definitions", () => {
  // 1e6 operations in 50 µs are 20 GFLOP/s; the peak's 4e6 in 100 µs are 40
  assert.equal(measurementOf("dense", [50, 100, 400], { own: 1e6, peak: 4e6 }), {
    ...{ work: "dense", p50: 50, gigaflops: 20, peakShare: 0.5, plainRatio: 8 },
  });
  assert.equal(measurementOf("exp", [50, 100, 400], { own: undefined, peak: 4e6 }), {
    ...{ work: "exp", p50: 50, plainRatio: 8 },
  });
});

test.run();
