import { test } from "uvu";
import * as assert from "uvu/assert";
import { adam, follow } from "../../../src/core/adam.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { randomRow, relativeError } from "../../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import * as reference from "../../reference/nn.ts";

const core = debugCore();
const settings = { learningRate: 0.01, weightDecay: 0, maxNorm: 1e6, step: 1 };

for (const [name, N, changed] of [
  ["plain", 4, {}],
  ["plain", 1000, {}],
  ["with decay", 20, { weightDecay: 0.1 }],
  ["with clipping", 20, { maxNorm: 0.5 }],
  ["with decay and clipping", 300, { weightDecay: 0.01, maxNorm: 1 }],
] as const)
  test(`adam ${name} matches the f64 reference over eight steps at N=${N}`, () => {
    core.scope(() => {
      const random = mulberry32(N);
      const start = randomRow(random, N);
      const parameters = core.f32(start);
      const first = core.f32(N);
      const second = core.f32(N);
      const zeros = new Array<number>(N).fill(0);
      let expected: reference.AdamState = { parameters: start, first: zeros, second: zeros };
      for (let step = 1; step <= 8; step++) {
        const g = randomRow(random, N, -1 / step, 1 / step);
        const gradient = core.f32(g);
        const options = { ...settings, ...changed, step };
        const norm = adam(core, parameters, gradient, first, second, options);
        expected = reference.adam(expected, g, options);
        assert.ok(Math.abs(norm / Math.hypot(...g) - 1) < 2 ** -23);
        assert.ok(gradient.every((value) => value === 0));
      }
      // a step is at most about α; eight steps of it, each right to a few ulp
      assert.ok(maxAbsError(parameters, expected.parameters) < 8 * 0.01 * 1e-5 + 2 ** -22);
      assert.ok(relativeError(first, expected.first) < 1e-6);
      assert.ok(relativeError(second, expected.second) < 1e-6);
    });
  });

for (const bad of [Number.NaN, Infinity, -Infinity, 3e38])
  test(`adam undoes a gradient with ${bad}: nothing changes but the gradient, which is zeroed`, () => {
    core.scope(() => {
      const random = mulberry32(7);
      const [parameters, first, second] = [1, 2, 3].map(() => core.f32(randomRow(random, 20, 0.1, 1)));
      const before = [parameters, first, second].map((array) => [...array]);
      const gradient = core.f32(randomRow(random, 20));
      // two of them: their squares add up to more than f32 holds
      gradient.fill(bad, 3, 5);
      const norm = adam(core, parameters, gradient, first, second, settings);
      assert.not.ok(Number.isFinite(norm));
      assert.equal(
        [parameters, first, second].map((array) => [...array]),
        before,
      );
      assert.ok(gradient.every((value) => value === 0));
    });
  });

test("the first step moves every parameter by α against the sign of its gradient, whatever its size", () => {
  const parameters = core.f32([1, 1, 1, 1]);
  const gradient = core.f32([1e-3, -5, 1e3, 0]);
  adam(core, parameters, gradient, core.f32(4), core.f32(4), settings);
  assert.ok(maxAbsError(parameters, [0.99, 1.01, 0.99, 1]) < 2e-7);
});

test("a gradient below maxNorm is not clipped, one above is scaled to it", () => {
  const run = (gradient: number[], maxNorm: number) => {
    const first = core.f32(4);
    adam(core, core.f32(4), core.f32(gradient), first, core.f32(4), { ...settings, maxNorm });
    return [...first].map((value) => value * 10);
  };
  assert.ok(maxAbsError(run([3, 0, 4, 0], 5), [3, 0, 4, 0]) < 1e-6);
  assert.ok(maxAbsError(run([30, 0, 40, 0], 5), [3, 0, 4, 0]) < 1e-6);
});

test("adam finds the minimum of a quadratic", () => {
  const target = [3, -2, 0.5, 10];
  const parameters = core.f32(4);
  const gradient = core.f32(4);
  const first = core.f32(4);
  const second = core.f32(4);
  for (let step = 1; step <= 3000; step++) {
    target.forEach((t, i) => {
      gradient[i] = parameters[i] - t;
    });
    adam(core, parameters, gradient, first, second, { ...settings, learningRate: 0.1, step });
  }
  assert.ok(maxAbsError(parameters, target) < 1e-3);
});

test("a long step count keeps the corrections at one", () => {
  const parameters = core.f32(4);
  const options = { ...settings, step: 4294967295 };
  adam(core, parameters, core.f32([1, 1, 1, 1]), core.f32(4), core.f32(4), options);
  // m = .1, v = .001, no correction left
  assert.ok(maxAbsError(parameters, new Array(4).fill((-0.01 * 0.1) / Math.sqrt(0.001))) < 1e-7);
});

test("follow moves the share `rate` of the way; 0 stays, 1 arrives", () => {
  const parameters = core.f32([1, 2, 3, 4, 5, 6, 7, 8]);
  const from = (value: number) => core.f32(new Array(8).fill(value));
  assert.ok(
    maxAbsError(follow(core, from(10), parameters, 0.25), [7.75, 8, 8.25, 8.5, 8.75, 9, 9.25, 9.5]) === 0,
  );
  assert.equal([...follow(core, from(10), parameters, 0)], new Array(8).fill(10));
  assert.equal([...follow(core, from(10), parameters, 1)], [...parameters]);
});

test("names the argument, what it expected and what it got", () => {
  const four = core.f32(4);
  const message = (expected: string) => (error: Error) =>
    error instanceof RangeError && error.message === expected;
  assert.throws(
    () => adam(core, four, four, core.f32(8), four, settings),
    message("first: expected [4] = 4 values, got 8"),
  );
  assert.throws(
    () => adam(core, four, four, four, four, { ...settings, step: 0 }),
    message("step: expected a whole number ≥ 1, got 0"),
  );
  assert.throws(
    () => adam(core, core.f32(5), four, four, four, settings),
    message("parameters.length: expected a positive multiple of 4, got 5"),
  );
  assert.throws(
    () => follow(core, four, core.f32(8), 0.5),
    message("target: expected [8] = 8 values, got 4"),
  );
});
test.run();
