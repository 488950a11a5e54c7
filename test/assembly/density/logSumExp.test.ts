import { test } from "uvu";
import * as assert from "uvu/assert";
import { logMeanExp, logSumExp } from "../../../src/core/logSumExp.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import * as reference from "../../reference/kernels.ts";

const core = debugCore();

for (const N of [4, 12, 1024, 65536])
  test(`matches the f64 reference at N=${N}`, () => {
    const random = reference.mulberry32(4);
    const x = core.f32(Array.from({ length: N }, () => 30 * random() - 15));
    // one rounding to f32 of a number below 32, and 2⁻²⁴ of each term
    assert.ok(Math.abs(logSumExp(core, x) - reference.logSumExp(x)) < 2e-6);
    assert.ok(Math.abs(logMeanExp(core, x) - (reference.logSumExp(x) - Math.log(N))) < 2e-6);
  });

test("of N equal terms is the term plus log N, and their mean is the term", () => {
  const x = core.f32(new Float32Array(1000).fill(-700));
  assert.ok(Math.abs(logSumExp(core, x) - (-700 + Math.log(1000))) < 6e-5); // an ulp at 700
  assert.is(logMeanExp(core, x), -700);
});

test("a constant added to every term is added to the result", () => {
  const terms = [0.5, -1, 2.25, 0, -3, 1, 1, 0.75];
  const base = logSumExp(core, core.f32(terms));
  const shifted = logSumExp(core, core.f32(terms.map((term) => term + 64)));
  assert.ok(Math.abs(shifted - base - 64) < 8e-6); // an ulp at 64
});

test("−∞ terms weigh nothing; only −∞ gives −∞; ∞ gives ∞; NaN gives NaN", () => {
  const log2 = Math.fround(Math.log(2));
  assert.is(logSumExp(core, core.f32([-Infinity, 0, -Infinity, 0])), log2);
  assert.is(logSumExp(core, core.f32(new Float32Array(8).fill(-Infinity))), -Infinity);
  assert.is(logMeanExp(core, core.f32(new Float32Array(8).fill(-Infinity))), -Infinity);
  assert.is(logSumExp(core, core.f32([0, Infinity, -Infinity, 0])), Infinity);
  for (let lane = 0; lane < 4; lane++) {
    const x = core.f32([-Infinity, -Infinity, -Infinity, -Infinity]);
    x[lane] = NaN;
    assert.ok(Number.isNaN(logSumExp(core, x)));
    x[lane] = 5;
    assert.is(logSumExp(core, x), 5);
  }
});

test("refuses a length that is not a multiple of four", () => {
  assert.throws(
    () => logSumExp(core, core.f32(7)),
    (error: Error) => error.message === "x.length: expected a positive multiple of 4, got 7",
  );
});
test.run();
