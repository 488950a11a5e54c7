import { test } from "uvu";
import * as assert from "uvu/assert";
import { product, transpose } from "../../../bench/baseline/dense.ts";
import * as baseline from "../../../bench/baseline/mlp.ts";
import { networkOf } from "../../../bench/baseline/planner.ts";
import { modeOfBins } from "../../../src/core/heads.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { average, randomRow, randomRows, relativeError } from "../../reference/arrays.ts";
import * as density from "../../reference/density.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import { dense } from "../../reference/linalg.ts";
import * as reference from "../../reference/nn.ts";

for (const [rows, columns, inner] of [
  [1, 1, 1],
  [5, 7, 9],
  [32, 24, 16],
])
  test(`the baseline's product computes the dense layer at ${rows} × ${columns} × ${inner}`, () => {
    const random = mulberry32(rows);
    const layer = { weight: randomRows(random, columns, inner), bias: randomRow(random, columns) };
    const xs = randomRows(random, rows, inner);
    const f32 = (values: number[]) => Float32Array.from(values);
    const out = new Float32Array(rows * columns);
    product(out, f32(xs.flat()), f32(layer.weight.flat()), f32(layer.bias), rows, columns, inner);
    const expected = xs.flatMap((x) => dense(layer, x));
    assert.ok(maxAbsError(out, expected) < 1e-6);
    const turned = transpose(new Float32Array(out.length), out, rows, columns);
    for (let i = 0; i < out.length; i++)
      assert.is(turned[(i % columns) * rows + Math.floor(i / columns)], out[i]);
  });

for (const name of ["tanh", "silu"] as const)
  test(`the baseline's training step with ${name} computes the f64 reference's`, () => {
    const rows = 10;
    const widths = [5, 9, 6, 8];
    const random = mulberry32(3);
    const model = reference.randomNetwork(random, widths, name);
    const network = networkOf(model);
    const trainer = baseline.allocateTrainer(network, rows);
    const xs = randomRows(random, rows, 5, -2, 2);
    const targets = randomRows(random, rows, 4);
    trainer.layers[0].set(xs.flat());
    const head = baseline.forward(network, trainer.layers, trainer.before, rows);
    const heads = xs.map((x) => reference.mlp(model, x));
    assert.ok(relativeError(head, heads.flat()) < 1e-5);

    const dHead = trainer.gradients[3];
    // every third particle ended the world: its last coordinate is left out
    const ended = Float32Array.from(xs, (_, n) => Number(n % 3 === 0));
    const isCounted = (n: number, d: number) => Number(d < 3 || ended[n] === 0);
    const target = Float32Array.from(targets.flat());
    const squares = baseline.gaussianHeadGradient(dHead, head, target, ended, 4, 8, rows);
    const errors = heads.flatMap((h, n) => targets[n].map((t, d) => isCounted(n, d) * (h[d] - t) ** 2));
    assert.ok(Math.abs(squares / average(errors) - 1) < 1e-5);
    // ∂ of s (½ (m − t)² / s² + ½ log s²), the leading s constant
    const dHeads = heads.map((h, n) => {
      const gates = h.slice(4).map((y) => (density.logVariance(y) + 9) / 10);
      const stds = gates.map((gate) => Math.exp(-4.5 + 5 * gate));
      const z = stds.map((s, d) => (h[d] - targets[n][d]) / s);
      const dY = gates.map((g, d) => stds[d] * 0.5 * (1 - z[d] ** 2) * 10 * g * (1 - g));
      return [...z, ...dY].map((value, i) => (isCounted(n, i % 4) * value) / rows);
    });
    assert.ok(relativeError(dHead, dHeads.flat()) < 1e-4);

    baseline.backward(network, trainer, rows);
    const gradient = reference.mlpGradient(model, xs, dHeads);
    gradient.layers.forEach(({ weight, bias }, l) => {
      assert.ok(relativeError(trainer.dWeights[l], weight.flat()) < 1e-4);
      assert.ok(relativeError(trainer.dBiases[l], bias) < 1e-4);
    });

    const settings = { learningRate: 0.01, weightDecay: 0.1, maxNorm: 0.1, step: 1 };
    const all = (layers: reference.Network["layers"]) => [
      ...layers.flatMap(({ weight }) => weight.flat()),
      ...layers.flatMap(({ bias }) => bias),
    ];
    const start = all(model.layers);
    const zeros = start.map(() => 0);
    const given = [...trainer.dWeights, ...trainer.dBiases].flatMap((values) => [...values]);
    const state = { parameters: start, first: zeros, second: zeros };
    const expected = reference.adam(state, given, settings).parameters;
    baseline.adam(network, trainer, settings);
    const actual = [...network.weights, ...network.biases].flatMap((values) => [...values]);
    assert.ok(maxAbsError(actual, expected) < 1e-6);
  });

test("the baseline of modeOfBins computes what the kernel computes", () => {
  const core = debugCore();
  for (let seed = 0; seed < 20; seed++) {
    const logits = core.f32(randomRow(mulberry32(seed), 21, -3, 3));
    const [expected] = modeOfBins(core, core.f32(1), logits, { groups: 1, bins: 21 });
    assert.ok(Math.abs(baseline.modeOfBins(logits, 21) - expected) < 1e-6);
  }
});
test.run();
