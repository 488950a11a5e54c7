import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type SolveOptions, solvePomdp } from "../../../src/inference/offline/solvePomdp.ts";
import { tabularOf } from "../../../src/models/sparse/tables.ts";
import { cryingBaby, rockSample, tiger, tMaze } from "../../../src/problems.ts";
import { drawn, drawnModel } from "../../helpers/sparse.ts";

test("finds the exact values of small problems", async () => {
  for (const [model, discount, value] of [
    [tiger(), 0.95, 19.3713683749],
    [cryingBaby(), 0.9, -16.30548],
    // to look at the cue, then 1 with .95
    [tMaze(), 0.9, -0.1 + 0.9 * 0.95],
  ] as const) {
    const { lower, upper } = await solvePomdp(model, { discount });
    assert.ok(lower <= value + 1e-5 && value <= upper + 1e-5, `${lower} ≤ ${value} ≤ ${upper}`);
    assert.ok(upper - lower <= 1e-3);
  }
});

test("proves the value of a small RockSample from both sides", async () => {
  // the nearest rock is checked where it lies, then sampled or not; the other in the same way
  const model = rockSample({
    size: 3,
    rocks: [
      [0, 1],
      [2, 1],
    ],
    start: [0, 1],
  });
  const { lower, upper, plan } = await solvePomdp(model, { tolerance: 0.01 });
  assert.ok(upper - lower <= 0.01, `${lower} … ${upper}`);
  assert.is(plan(model.initial).action, 5);
});

/** The value of a finite horizon by going through everything. */
function valueWithin(
  tables: ReturnType<typeof tabularOf>["tables"],
  belief: readonly number[],
  steps: number,
  discount: number,
): number {
  if (steps === 0) return 0;
  const { transition, observation, reward = [] } = tables;
  return Math.max(
    ...transition[0].map((_, a) => {
      let value = belief.reduce((sum, p, s) => {
        const entry = reward[s][a];
        const r =
          typeof entry === "number"
            ? entry
            : entry.reduce((mean, x, next) => mean + transition[s][a][next] * x, 0);
        return sum + p * r;
      }, 0);
      const predicted = belief.map((_, next) =>
        belief.reduce((sum, p, s) => sum + p * transition[s][a][next], 0),
      );
      for (let o = 0; o < observation[a][0].length; o++) {
        const joint = predicted.map((p, next) => p * observation[a][next][o]);
        const total = joint.reduce((sum, p) => sum + p, 0);
        if (total > 0)
          value +=
            discount *
            total *
            valueWithin(
              tables,
              joint.map((p) => p / total),
              steps - 1,
              discount,
            );
      }
      return value;
    }),
  );
}

test("the bounds hold what going through everything finds", async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async (shape) => {
      const [S, A, O] = shape.sizes;
      const model = drawnModel({ ...shape, sizes: [S, Math.min(A, 2), Math.min(O, 2)] });
      const discount = 0.3;
      const { lower, upper } = await solvePomdp(model, { discount, tolerance: 0.01 });
      const value = valueWithin(tabularOf(model).tables, Array.from(model.initial ?? []), 6, discount);
      // rewards are below 500
      const rest = (discount ** 6 * 500) / (1 - discount);
      assert.ok(lower - rest <= value && value <= upper + rest, `${lower} ≤ ${value} ≤ ${upper}`);
      assert.ok(upper - lower < 0.02, `${upper - lower}`);
    }),
    { numRuns: 30, seed: 9 },
  );
});

test("the same iterations give the same bits, and more give no less", async () => {
  const model = rockSample({
    size: 4,
    rocks: [
      [1, 1],
      [2, 3],
      [3, 0],
    ],
    start: [0, 1],
  });
  const [once, again, more] = await Promise.all(
    [20, 20, 60].map((iterations) => solvePomdp(model, { iterations })),
  );
  assert.equal([once.lower, once.upper, once.vectors], [again.lower, again.upper, again.vectors]);
  assert.equal(once.plan(model.initial), again.plan(model.initial));
  assert.ok(more.lower >= once.lower && more.upper <= once.upper);
});

test("a signal ends it with what was found", async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const onIteration: SolveOptions["onIteration"] = ({ iterations }) => {
    seen.push(iterations);
    if (iterations === 5) controller.abort();
  };
  const { iterations } = await solvePomdp(rockSample(), {
    iterations: 50,
    signal: controller.signal,
    onIteration,
  });
  assert.equal([iterations, seen], [5, [1, 2, 3, 4, 5]]);
  assert.is((await solvePomdp(tiger(), { discount: 0.9, iterations: 0 })).iterations, 0);
});

for (const [options, message] of [
  [{}, /^discount: expected a number in \[0, 1\), got none by the model or the options$/],
  [{ discount: 1 }, /^discount: expected a number in \[0, 1\), got 1$/],
  [{ discount: 0.9, iterations: -1 }, /^iterations: expected a whole number ≥ 0, got -1$/],
  [{ discount: 0.9, tolerance: 0 }, /^tolerance: expected a number/],
  [{ discount: 0.9, trials: 3 }, /^options: expected known names, got trials$/],
] as [SolveOptions, RegExp][])
  test(`refuses ${message}`, async () => {
    await solvePomdp(tiger(), options).then(
      () => assert.unreachable(),
      (error: Error) => assert.match(error.message, message),
    );
  });

test("refuses what is no model of tables", async () => {
  await solvePomdp({} as never).then(
    () => assert.unreachable(),
    (error: Error) =>
      assert.match(error.message, /^model: expected a model of readPomdp.* got an object of nothing$/),
  );
});

test.run();
