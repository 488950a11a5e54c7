import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Example, probe, solve } from "../../../studies/reproduce/probe.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";

/** N examples of inputs that are uniform on a box and targets of them, every other one held out. */
function examplesOf(
  N: number,
  targets: (inputs: readonly number[], uniform: () => number) => readonly number[],
): readonly Example[] {
  const uniform = mulberry32(3);
  return Array.from({ length: N }, (_, n) => {
    const inputs = [10 * uniform(), uniform() - 5, 0.01 * uniform()];
    return { inputs, targets: targets(inputs, uniform), isHeldOut: n % 2 === 1 };
  });
}

test("solves symmetric equations", () => {
  const matrix = [
    [4, 1, 0.5],
    [1, 3, -1],
    [0.5, -1, 2],
  ];
  const solution = [
    [1, -2],
    [0.5, 3],
    [-4, 0],
  ];
  const right = matrix.map((row) =>
    [0, 1].map((k) => row.reduce((sum, value, i) => sum + value * solution[i][k], 0)),
  );
  assert.ok(maxAbsError(solve(matrix, right).flat(), solution.flat()) < 1e-14);
});

test("finds whatever is linear, of any scale, and nothing in what is drawn apart", () => {
  const examples = examplesOf(2000, ([a, b, c], uniform) => [3 * a - b + 7, 100 * c, uniform()]);
  const [sum, small, noise] = probe(examples) ?? [];
  // The ridge takes 1e-6 of each standardised weight, so about its square of the variance.
  assert.ok(1 - sum < 1e-9 && 1 - small < 1e-9);
  // Three useless weights fitted to 1,000 examples cost about 3/1000 of the variance.
  assert.ok(Math.abs(noise) < 0.02, `${noise}`);
});

test("R² is the share of the variance that is explained", () => {
  // a is uniform with variance 100/12; the noise added has the same variance: half is explained
  const [half] = probe(examplesOf(20_000, ([a], uniform) => [a + 10 * uniform()])) ?? [];
  // R² from 10,000 held-out examples has a standard error below 1/√10,000.
  assert.ok(Math.abs(half - 0.5) < 4e-2, `${half}`);
});

test("is judged by what was held out: chance that was learned by heart counts against it", () => {
  const few = examplesOf(12, (_, uniform) => [uniform()]);
  const [quality] = probe(few) ?? [];
  assert.ok(quality < 0, `${quality}`);
});

test("an input that never changes does no harm, and without examples there is no answer", () => {
  const constant = examplesOf(100, ([a]) => [a]).map((example) => ({
    ...example,
    inputs: [1, ...example.inputs],
  }));
  assert.ok(1 - (probe(constant)?.[0] ?? 0) < 1e-9);
  assert.is(probe([]), undefined);
  assert.is(probe(constant.filter(({ isHeldOut }) => isHeldOut)), undefined);
});

test.run();
