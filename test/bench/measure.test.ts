import { test } from "uvu";
import * as assert from "uvu/assert";
import { lineOf, measureCase, timeOf } from "../../src/bench/measure.ts";
import { createPeak } from "../../src/bench/peak.ts";

test("measures the share of the peak where a case multiplies, and only there", async () => {
  const peak = await createPeak();
  const effort = { rounds: 3, roundTime: 2 };
  const itself = measureCase({ name: "the peak", sizes: 0, ...peak }, peak, effort);
  assert.ok(Math.abs((itself.peakShare ?? 0) - 1) < 0.5, `${itself.peakShare}`);
  const draws = { name: "draws", sizes: 0, run: () => Math.sqrt(peak.operations) };
  assert.equal(Object.keys(measureCase(draws, peak, effort)), ["work", "p50"]);
});

test("prints times of three figures, and leaves out what a case has not", () => {
  assert.equal([0.7234, 34.81, 1512, 104321].map(timeOf), ["0.723 µs", "34.8 µs", "1510 µs", "104 ms"]);
  const line = lineOf({ work: "dense", p50: 2, gigaflops: 34.56, peakShare: 0.8549 });
  assert.match(line, /^dense {67,}2 µs {3,}34\.6 GFLOP\/s {2}85 % of the peak$/);
  assert.match(lineOf({ work: "exp", p50: 2 }), /2 µs$/);
});

test.run();
