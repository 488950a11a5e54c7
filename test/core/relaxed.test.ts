/** The builds with relaxed SIMD compute the same layers, and both the same bits; they are packed, not inlined. */
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Core, instantiateCore } from "../../src/core/core.ts";
import { denseBackwardInput, denseBackwardParameters, denseForward } from "../../src/core/dense.ts";
import { pad4, TILE, tilesFor } from "../../src/core/tiles.ts";
import { fromTiles, randomRow, randomRows, toTiles } from "../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../reference/kernels.ts";
import * as reference from "../reference/linalg.ts";

const bytesOf = (build: string) => readFileSync(new URL(`../../${build}`, import.meta.url));
// engines before V8 11.4 have it behind a flag
if (!WebAssembly.validate(bytesOf("dist/core.relaxed.wasm")))
  setFlagsFromString("--experimental-wasm-relaxed-simd");

/** Not by createCore, whose later cores would use the build too. */
async function coreWith(build: string): Promise<Core> {
  return instantiateCore(await WebAssembly.compile(bytesOf(build)), 1 << 22);
}

const builds = ["relaxed", "paired"];
const cores = await Promise.all(builds.map((build) => coreWith(`dist/core.${build}.wasm`)));

/** f32x4.relaxed_madd: the SIMD prefix and 0x105 in LEB128. */
const FUSED = Uint8Array.of(0xfd, 0x85, 0x02);

test("they have the exports of the default build, and alone hold fused operations", () => {
  const plain = bytesOf("build/release.wasm");
  assert.not(plain.includes(Buffer.from(FUSED)));
  const exports = WebAssembly.Module.exports(new WebAssembly.Module(plain));
  for (const [i, { module }] of cores.entries()) {
    assert.equal(WebAssembly.Module.exports(module), exports);
    assert.ok(bytesOf(`dist/core.${builds[i]}.wasm`).includes(Buffer.from(FUSED)));
  }
});

test("the paired build's layers and adjoints are the relaxed one's, bit for bit, over 2,000 shapes", () => {
  const random = mulberry32(2);
  const upTo = (most: number) => 1 + Math.floor(most * random());
  for (let shape = 0; shape < 2000; shape++) {
    // beyond the 256 rows whose products the adjoint sums at once, now and then
    const [inputs, outputs, tiles] = [upTo(40), upTo(shape % 50 === 0 ? 600 : 40), upTo(3)];
    const sizes = { inputs, outputs, tiles };
    const [x, dY] = [inputs, outputs].map((rows) => randomRow(random, tiles * pad4(rows) * TILE));
    const [weight, bias] = [randomRow(random, pad4(outputs) * inputs), randomRow(random, pad4(outputs))];
    const [relaxed, paired] = cores.map((core) =>
      core.scope(() => {
        const w = core.f32(weight);
        const [input, gradient] = [core.f32(x), core.f32(dY)];
        const y = denseForward(core, core.f32(dY.length), input, w, core.f32(bias), sizes);
        const dX = denseBackwardInput(core, core.f32(x.length), gradient, w, sizes);
        const [dWeight, dBias] = [core.f32(weight.length), core.f32(bias.length)];
        denseBackwardParameters(core, dWeight, dBias, gradient, input, sizes);
        return [...y, ...dX, ...dWeight, ...dBias];
      }),
    );
    assert.ok(
      relaxed.every((value, i) => Object.is(value, paired[i])),
      `${inputs} inputs, ${outputs} outputs, ${tiles} tiles`,
    );
  }
});

for (const [i, core] of cores.entries())
  test(`${builds[i]}: rounds a product and sum once or twice`, () => {
    core.scope(() => {
      const [weight, bias, y] = [core.f32(4), core.f32(4), core.f32(4 * TILE)];
      weight[0] = 1 + 2 ** -12;
      bias[0] = -1 - 2 ** -11;
      const x = core.f32(4 * TILE).fill(1 + 2 ** -12);
      denseForward(core, y, x, weight, bias, { inputs: 1, outputs: 1, tiles: 1 });
      // (1 + 2⁻¹²)² − 1 − 2⁻¹¹ = 2⁻²⁴, which the product's rounding drops
      assert.ok(y[0] === 2 ** -24 || y[0] === 0, `${y[0]}`);
      assert.ok(y.subarray(0, TILE).every((value) => value === y[0]));
    });
  });

for (const [i, inputs, outputs, N] of [
  [0, 5, 3, 40],
  [0, 33, 34, 64],
  [1, 5, 3, 40],
  [1, 33, 34, 64],
]) {
  const core = cores[i];
  test(`${builds[i]}: matches the f64 reference at ${inputs} inputs, ${outputs} outputs, ${N} particles`, () => {
    core.scope(() => {
      const random = mulberry32(1);
      const layer = { weight: randomRows(random, outputs, inputs), bias: randomRow(random, outputs) };
      const xs = randomRows(random, N, inputs);
      const dYs = randomRows(random, N, outputs);
      const sizes = { inputs, outputs, tiles: tilesFor(N) };
      // one rounding per product and per sum, of values that stay below `terms`
      const tolerance = (terms: number) => 2 * (terms + 1) * 2 ** -24 * (terms + 1);

      const weight = core.f32(reference.packWeight(layer.weight));
      const bias = core.f32(reference.packBias(layer.bias));
      const [x, dY] = [core.f32(toTiles(xs)), core.f32(toTiles(dYs))];
      const y = denseForward(core, core.f32(dY.length), x, weight, bias, sizes);
      const expected = xs.flatMap((row) => reference.dense(layer, row));
      assert.ok(maxAbsError(fromTiles(y, N, outputs).flat(), expected) < tolerance(inputs));

      const dX = denseBackwardInput(core, core.f32(x.length), dY, weight, sizes);
      const dXs = dYs.flatMap((row) => reference.denseInputGradient(layer, row));
      assert.ok(maxAbsError(fromTiles(dX, N, inputs).flat(), dXs) < tolerance(outputs));

      const [dWeight, dBias] = [core.f32(weight.length), core.f32(pad4(outputs))];
      const adjoint = reference.denseParameterGradient(xs, dYs);
      denseBackwardParameters(core, dWeight, dBias, dY, x, sizes);
      assert.ok(maxAbsError(dWeight, reference.packWeight(adjoint.weight)) < tolerance(N));
      assert.ok(maxAbsError(dBias, reference.packBias(adjoint.bias)) < tolerance(N));
    });
  });
}

test.run();
