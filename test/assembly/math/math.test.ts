import { test } from "uvu";
import * as assert from "uvu/assert";
import * as math from "../../../src/core/math.ts";
import { contractOf } from "../../../studies/prove/contracts.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import * as reference from "../../reference/kernels.ts";

const core = debugCore();
/** Where the kernels' contracts are sampled, and the bound, in ulp, that their docs state. */
const sampled = [
  ["exp", [-110, 88.72], 1.01],
  ["log", [1e-45, 3.4e38], 1],
  ["tanh", [-20, 20], 1.96],
  ["sigmoid", [-87, 100], 1.9],
  ["silu", [-87, 100], 1.9],
  ["softplus", [-110, 100], 1.7],
  ["sin", [-100, 100], 1.11],
  ["cos", [-100, 100], 1.11],
] as const;

for (const [name, domain, bound] of sampled)
  test(`${name} is within ${bound} ulp on [${domain.join(", ")}]`, () =>
    core.scope(() => {
      const { kernel, exact, bound: promised } = contractOf(name);
      assert.is(promised, bound);
      const x = core.f32(4096);
      const out = core.f32(4096);
      const apply = (block: Float32Array) => {
        x.set(block);
        return kernel(core, out, x);
      };
      const { error, at } = reference.worstUlp(apply, exact, domain[0], domain[1], 4099);
      assert.ok(error <= bound, `${error} ulp at ${at}`);
      assert.ok(error > bound / 3, `a bound of ${bound} ulp says too little: ${error} ulp`);
    }));

const { NaN: nan, POSITIVE_INFINITY: infinite } = Number;
for (const [kernel, x, expected] of [
  [math.exp, [-infinite, infinite, nan, -104, 88.73, 0, -0, 1e-45], [0, infinite, nan, 0, infinite, 1, 1, 1]],
  [
    math.log,
    [0, -0, -1, infinite, nan, -infinite, -1e-40, 1],
    [-infinite, -infinite, nan, infinite, nan, nan, nan, 0],
  ],
  [
    math.tanh,
    [-infinite, infinite, nan, 0, -0, 9.02, -9.02, 1e-45],
    [-1, 1, nan, 0, -0, 1, -1, Math.fround(1e-45)],
  ],
  [math.sigmoid, [infinite, nan, 0, 40], [1, nan, 0.5, 1]],
  [math.silu, [infinite, nan, 0, 40], [infinite, nan, 0, 40]],
  [math.softplus, [-infinite, infinite, nan, 40], [0, infinite, nan, 40]],
  [math.sin, [0, -0, infinite, nan], [0, 0, nan, nan]],
  [math.cos, [0, -infinite, infinite, nan], [1, nan, nan, nan]],
] as const)
  test(`${kernel.name} keeps its special values`, () => {
    const actual = kernel(core, core.f32(x.length), core.f32(x));
    assert.equal(Array.from(actual), Array.from(expected));
  });

test("sigmoid and silu stop at their values at −87", () => {
  const far = core.f32([-87, -88, -1000, -infinite]);
  for (const [kernel, truth] of [
    [math.sigmoid, 1.7e-38],
    [math.silu, 1.5e-36],
  ] as const) {
    const actual = kernel(core, core.f32(4), far);
    assert.ok(actual.every((y) => y === actual[0] && Math.abs(y) < truth));
  }
});

test("exp(log x) = x, sin² + cos² = 1, silu = x · sigmoid, tanh x = 2 sigmoid 2x − 1", () => {
  const N = 1024;
  const random = reference.mulberry32(2);
  const x = core.f32(Array.from({ length: N }, () => 8 * random()));
  const twice = core.f32(Array.from(x, (value) => 2 * value));
  const of = (kernel: typeof math.exp, input: Float32Array) => kernel(core, core.f32(N), input);
  const [s, c] = [of(math.sin, x), of(math.cos, x)];
  const [back, silu, tanh] = [of(math.exp, of(math.log, x)), of(math.silu, x), of(math.tanh, x)];
  const [once, doubled] = [of(math.sigmoid, x), of(math.sigmoid, twice)];
  for (let n = 0; n < N; n++) {
    // log's ulp at |log x| ≤ 3 is 2⁻²², so back is off by x (2⁻²² + 2⁻²³)
    assert.ok(Math.abs(back[n] - x[n]) <= x[n] * 4e-7);
    // two ulp of each, of numbers below 1
    assert.ok(Math.abs(s[n] ** 2 + c[n] ** 2 - 1) < 4e-7);
    // 2.5 ulp of each
    assert.ok(Math.abs(silu[n] - x[n] * once[n]) <= x[n] * 4e-7);
    assert.ok(Math.abs(tanh[n] - (2 * doubled[n] - 1)) < 6e-7);
  }
});

test("the f64 functions agree with the host's to a relative 1e-15", () => {
  const scalar = math.scalarMath(core);
  const random = reference.mulberry32(3);
  for (let i = 0; i < 1000; i++) {
    const x = 50 * random();
    assert.ok(Math.abs(scalar.sin(x) - Math.sin(x)) < 1e-15);
    assert.ok(Math.abs(scalar.cos(x) - Math.cos(x)) < 1e-15);
    assert.ok(Math.abs(scalar.exp(-x) / Math.exp(-x) - 1) < 1e-15);
    assert.ok(Math.abs(scalar.log(x) - Math.log(x)) < 1e-15);
  }
});

test("names the argument, what it expected and what it got", () => {
  for (const [call, message] of [
    [() => math.exp(core, core.f32(6), core.f32(6)), "out.length: expected a positive multiple of 4, got 6"],
    [() => math.log(core, core.f32(8), core.f32(4)), "x: expected [8] = 8 values, got 4"],
    [
      () => math.tanh(core, core.f32(4), new Float32Array(4)),
      "x: expected an array of this core (core.f32 or core.u32), got one outside it",
    ],
  ] as const)
    assert.throws(call, (error: Error) => error.message === message);
});
test.run();
