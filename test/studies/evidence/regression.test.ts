import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../../src/core/core.ts";
import { createRandom } from "../../../src/core/random.ts";
import { compare, logDensities } from "../../../studies/evidence/regression.ts";

const core = await createCore({ bytes: 4096 });

/** Rows of x' = first · x + second · (x before it) + noise. */
function lived(first: number, second: number) {
  const random = createRandom(core, 3);
  let [x, before] = [0, 0];
  const values = Array.from({ length: 400 }, () => {
    [x, before] = [first * x + second * before + random.normal(), x];
    return x;
  });
  return values.map((value, n) => ({ x: value, next: values[n + 1] ?? 0 }));
}

function gainOf(rows: ReturnType<typeof lived>) {
  const targets = rows.map(({ next }) => [next]);
  const of = (inputs: number[][]) => logDensities(inputs, targets, createRandom(core, 1));
  const past = rows.map(({ x }, n) => [x, rows[n - 1]?.x ?? 0]);
  return compare(of(rows.map(({ x }) => [x])), of(past));
}

test("the past tells of a swing, and of nothing more where one step decides the next", () => {
  const [with_, without] = [gainOf(lived(1.6, -0.8)), gainOf(lived(0.9, 0))];
  assert.ok(with_.mean > 0.15 && with_.errors > 3, `${with_.mean}, ${with_.errors}`);
  assert.ok(without.mean < 0.05, `${without.mean}`);
});

test("what does not vary has no density", () => {
  const rows = Array.from({ length: 20 }, (_, n) => [n]);
  const targets = rows.map(() => [5]);
  assert.equal(new Set(logDensities(rows, targets, createRandom(core, 1))), new Set([0]));
});

test.run();
