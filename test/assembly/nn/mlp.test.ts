import { test } from "uvu";
import * as assert from "uvu/assert";
import { activations } from "../../../src/core/activation.ts";
import {
  activationCount,
  mlpBackward,
  mlpForward,
  mlpInitialise,
  mlpPredict,
  mlpPredictRow,
  parameterCount,
  shapeValues,
  widestHidden,
} from "../../../src/core/mlp.ts";
import { pad4, TILE, tilesFor } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import {
  average,
  extrapolatedDifference,
  fromTiles,
  type Rows,
  randomRows,
  relativeError,
  toTiles,
} from "../../reference/arrays.ts";
import { mulberry32 } from "../../reference/kernels.ts";
import type { Layer } from "../../reference/linalg.ts";
import * as reference from "../../reference/nn.ts";

const core = debugCore();

/** Widths and particles: one to three layers, odd widths, no padding, several tiles. */
const cases: [number[], number][] = [
  [[5, 3], 40],
  [[1, 1, 1], 1],
  [[5, 6, 3], 64],
  [[4, 8, 4], 33],
  [[7, 10, 5, 9], 70],
  [[3, 33, 18, 2], 96],
];

function problem(widths: number[], N: number, name: (typeof activations)[number]) {
  const random = mulberry32(widths.length + N);
  const network = reference.randomNetwork(random, widths, name);
  const xs = randomRows(random, N, widths[0], -2, 2);
  const dOutputs = randomRows(random, N, widths[widths.length - 1]);
  return { network, xs, dOutputs, tiles: tilesFor(N) };
}

/** Places of a layer's kept values: [offset, values]. */
function placeOf(widths: number[], tiles: number, layer: number): [number, number] {
  return [activationCount(widths.slice(0, layer), tiles), tiles * pad4(widths[layer]) * TILE];
}

for (const name of activations)
  for (const [widths, N] of cases) {
    const { network, xs, dOutputs, tiles } = problem(widths, N, name);
    const last = widths.length - 1;
    // SiLU inside networks is off by 5e-6 of itself; what follows adds up and cancels
    const [close, gradientClose] = name === "silu" ? [1e-5, 1e-5] : [2e-6, 1e-6];
    const at = `${widths.join("-")} ${name}, ${N} particles`;

    test(`forward and prediction match the f64 reference: ${at}`, () => {
      core.scope(() => {
        const shape = core.u32(shapeValues(widths, name));
        const parameters = core.f32(reference.packNetwork(network.layers));
        const workspace = core.f32(2 * widestHidden(widths) * TILE);
        const x = core.f32(toTiles(xs));
        const out = core.f32(tiles * pad4(widths[last]) * TILE).fill(Number.NaN);
        mlpPredict(core, out, x, workspace, parameters, shape);
        const expected = xs.flatMap((x) => reference.mlp(network, x));
        assert.ok(relativeError(fromTiles(out, N, widths[last]).flat(), expected) < close);

        const kept = core.f32(activationCount(widths, tiles));
        kept.set(x);
        mlpForward(core, kept, core.f32(kept.length), parameters, shape, tiles);
        assert.equal([...kept.subarray(kept.length - out.length)], [...out]);

        const row = core.f32(pad4(widths[last]));
        mlpPredictRow(core, row, core.f32(xs[N - 1]), workspace, parameters, shape);
        assert.equal([...row], fromTiles(out, N, pad4(widths[last]))[N - 1]);
      });
    });

    test(`backward is the f64 analytic gradient to ${gradientClose} of its largest entry: ${at}`, () => {
      core.scope(() => {
        const shape = core.u32(shapeValues(widths, name));
        const parameters = core.f32(reference.packNetwork(network.layers));
        const kept = core.f32(activationCount(widths, tiles));
        const slopes = core.f32(kept.length);
        kept.set(toTiles(xs));
        mlpForward(core, kept, slopes, parameters, shape, tiles);
        const dKept = core.f32(kept.length).fill(Number.NaN);
        const [offset] = placeOf(widths, tiles, last);
        dKept.set(toTiles(dOutputs), offset);
        const gradient = core.f32(parameters.length);
        mlpBackward(core, gradient, dKept, kept, slopes, parameters, shape, tiles);

        const expected = reference.mlpGradient(network, xs, dOutputs);
        const packed = reference.packNetwork(expected.layers);
        assert.ok(relativeError(gradient, packed) <= gradientClose);
        // the places of padding outputs get no gradient
        assert.ok(packed.every((value, i) => value !== 0 || gradient[i] === 0));
        const [, size] = placeOf(widths, tiles, 0);
        const dInputs = fromTiles(dKept.subarray(0, size), N, widths[0]);
        assert.ok(relativeError(dInputs.flat(), expected.dInputs.flat()) <= gradientClose);

        // accumulated into, tile by tile: a second pass doubles, but for one rounding a tile and pass
        const twice = [...gradient].map((value) => 2 * value);
        dKept.set(toTiles(dOutputs), offset);
        mlpBackward(core, gradient, dKept, kept, slopes, parameters, shape, tiles);
        assert.ok(relativeError(gradient, twice) <= (tiles === 1 ? 0 : 2 * tiles * 2 ** -24));
      });
    });
  }

test("the analytic gradient of the reference is the extrapolated central difference to 1e-9", () => {
  for (const name of activations)
    for (const widths of [
      [3, 2],
      [3, 5, 2],
      [2, 4, 3, 2],
    ]) {
      const { network, xs, dOutputs } = problem(widths, 3, name);
      const loss = (candidate: reference.Network, inputs: Rows) =>
        inputs.reduce(
          (total, x, n) =>
            total + reference.mlp(candidate, x).reduce((sum, y, o) => sum + y * dOutputs[n][o], 0),
          0,
        );
      const analytic = reference.mlpGradient(network, xs, dOutputs);
      network.layers.forEach((layer, l) => {
        const replaced = (next: Layer) => ({
          ...network,
          layers: network.layers.map((old, i) => (i === l ? next : old)),
        });
        const bias = extrapolatedDifference((b) => loss(replaced({ ...layer, bias: b }), xs), layer.bias);
        assert.ok(relativeError(analytic.layers[l].bias, bias) <= 1e-9);
        const weight = layer.weight.map((row, o) =>
          extrapolatedDifference((w) => {
            const changed = layer.weight.map((old, i) => (i === o ? w : old));
            return loss(replaced({ ...layer, weight: changed }), xs);
          }, row),
        );
        assert.ok(relativeError(analytic.layers[l].weight.flat(), weight.flat()) <= 1e-9);
      });
      const dInput = extrapolatedDifference((x) => loss(network, [x, ...xs.slice(1)]), xs[0]);
      assert.ok(relativeError(analytic.dInputs[0], dInput) <= 1e-9);
    }
});

test("of the inputs' adjoints only those that are wanted are computed, and the parameters' are the same", () => {
  core.scope(() => {
    const widths = [7, 6, 3];
    const { network, xs, dOutputs, tiles } = problem(widths, 40, "silu");
    const shape = core.u32(shapeValues(widths, "silu"));
    const parameters = core.f32(reference.packNetwork(network.layers));
    const kept = core.f32(activationCount(widths, tiles));
    const slopes = core.f32(kept.length);
    kept.set(toTiles(xs));
    mlpForward(core, kept, slopes, parameters, shape, tiles);
    const [all, four, none] = [7, 4, 0].map((wanted) => {
      const dKept = core.f32(kept.length).fill(Number.NaN);
      dKept.set(toTiles(dOutputs), placeOf(widths, tiles, 2)[0]);
      const gradient = core.f32(parameters.length);
      mlpBackward(core, gradient, dKept, kept, slopes, parameters, shape, tiles, wanted);
      const dInputs = fromTiles(dKept.subarray(0, placeOf(widths, tiles, 0)[1]), xs.length, widths[0]);
      return { gradient: [...gradient], dInputs };
    });
    assert.equal(four.gradient, all.gradient);
    assert.equal(none.gradient, all.gradient);
    const unknown = new Array(7).fill(Number.NaN);
    all.dInputs.forEach((row, n) => {
      assert.equal(four.dInputs[n], [...row.slice(0, 4), ...unknown.slice(4)]);
      assert.equal(none.dInputs[n], unknown);
    });
  });
});

test("a single layer's gradient of ½‖Wx + b‖² is (Wx + b) xᵀ", () => {
  const shape = core.u32(shapeValues([2, 1], "tanh"));
  const parameters = core.f32([3, 0, 0, 0, -2, 0, 0, 0, 0.5, 0, 0, 0]); // W = [3 −2], b = ½
  const kept = core.f32(activationCount([2, 1], 1));
  kept.set(toTiles([[4, 5]]));
  mlpForward(core, kept, core.f32(kept.length), parameters, shape, 1);
  const y = 3 * 4 - 2 * 5 + 0.5;
  assert.is(kept[4 * TILE], y);
  const dKept = core.f32(kept.length);
  dKept[4 * TILE] = y;
  const gradient = core.f32(12);
  mlpBackward(core, gradient, dKept, kept, core.f32(kept.length), parameters, shape, 1);
  assert.equal([...gradient], [4 * y, 0, 0, 0, 5 * y, 0, 0, 0, y, 0, 0, 0]);
});

test("initial weights have mean 0 and variance 1/inputs, the last layer's scaled; biases and padding are 0", () => {
  core.scope(() => {
    const widths = [50, 81, 30];
    const shape = core.u32(shapeValues(widths, "silu"));
    const parameters = core.f32(parameterCount(widths)).fill(Number.NaN);
    const outputScale = 0.1;
    mlpInitialise(core, parameters, shape, outputScale, { seed: [7, 0], stream: 3 });
    let from = 0;
    widths.slice(1).forEach((outputs, l) => {
      const inputs = widths[l];
      const size = pad4(outputs) * inputs;
      const weights = [...parameters.subarray(from, from + size)];
      const used = weights.filter((_, i) => Math.floor(i / 4 / inputs) * 4 + (i % 4) < outputs);
      assert.ok(weights.filter((w) => w === 0).length >= size - used.length);
      const scale = l === 1 ? outputScale : 1;
      const scaled = used.map((w) => (w * Math.sqrt(inputs)) / scale);
      assert.ok(Math.max(...scaled.map(Math.abs)) <= Math.sqrt(3) + 1e-6);
      // unit variance, fourth moment 9/5 of a uniform: 4σ/√N for the mean and for the mean square
      assert.ok(Math.abs(average(scaled)) < 4 / Math.sqrt(used.length));
      const squares = average(scaled.map((w) => w * w));
      assert.ok(Math.abs(squares - 1) < 4 * Math.sqrt(4 / 5 / used.length));
      const bias = [...parameters.subarray(from + size, from + size + pad4(outputs))];
      assert.ok(bias.every((b) => b === 0));
      from += size + pad4(outputs);
    });
    assert.is(from, parameters.length);
    const again = mlpInitialise(core, core.f32(from), shape, outputScale, { seed: [7, 0], stream: 3 });
    assert.equal([...again], [...parameters]);
    const other = mlpInitialise(core, core.f32(from), shape, outputScale, { seed: [7, 0], stream: 4 });
    assert.ok(other.some((value, i) => value !== parameters[i]));
  });
});

test("names the argument, the expected shape and what it got", () => {
  const shape = core.u32(shapeValues([5, 6, 3], "tanh"));
  const parameters = core.f32(parameterCount([5, 6, 3]));
  const message = (expected: string) => (error: Error) =>
    error instanceof RangeError && error.message === expected;
  assert.throws(() => shapeValues([5], "tanh"), message("widths.length: expected a whole number ≥ 2, got 1"));
  assert.throws(() => shapeValues([5, 0], "tanh"), message("widths[1]: expected a whole number ≥ 1, got 0"));
  assert.throws(
    () => mlpPredict(core, core.f32(100), core.f32(256), core.f32(512), parameters, shape),
    message("tiles of out: expected a whole number ≥ 1, got 0.78125"),
  );
  assert.throws(
    () => mlpPredict(core, core.f32(128), core.f32(256), core.f32(511), parameters, shape),
    message("workspace: expected at least 512 values, got 511"),
  );
  assert.throws(
    () => mlpPredictRow(core, core.f32(4), core.f32(4), core.f32(16), parameters, shape),
    message("x: expected at least 5 values, got 4"),
  );
  const kept = core.f32(activationCount([5, 6, 3], 1));
  assert.throws(
    () => mlpForward(core, kept, kept, core.f32(3), shape, 1),
    message("parameters: expected [76] = 76 values, got 3"),
  );
  assert.throws(
    () => mlpBackward(core, parameters, kept, kept, kept, parameters, shape, 2),
    message("dActivations: expected [1280] = 1280 values, got 640"),
  );
});
test.run();
