import { REFERENCE } from "../../src/bench/case.ts";
import { forwardCases, habitCases, trainingCases } from "../../src/bench/cases/networks.ts";
import { createCore } from "../../src/core/core.ts";
import { randomRows } from "../../test/reference/arrays.ts";
import { randomNetwork } from "../../test/reference/nn.ts";
import { mulberry32 } from "../../test/reference.ts";
import * as baseline from "../baseline/mlp.ts";
import { networkOf } from "../baseline/planner.ts";
import { compare } from "../compare.ts";

const core = await createCore({ bytes: 1 << 22 });
const random = mulberry32(1);
const { widths, activation } = REFERENCE;
const plain = networkOf(randomNetwork(random, [...widths], activation));
const drawn = (rows: number) => randomRows(random, rows, widths[0]).flat();

for (const { name, sizes: rows, run } of forwardCases(core)) {
  const layers = baseline.allocateLayers(plain, rows);
  layers[0].set(drawn(rows));
  compare(name, { wasm: run, typescript: () => baseline.predict(plain, layers, rows) });
}

for (const { name, sizes: rows, run } of trainingCases(core)) {
  const trainer = baseline.allocateTrainer(plain, rows);
  const target = Float32Array.from(randomRows(random, rows, 12).flat());
  const ended = new Float32Array(rows);
  const settings = { learningRate: 1e-4, weightDecay: 1e-5, maxNorm: 20 };
  trainer.layers[0].set(drawn(rows));
  let step = 0;
  compare(name, {
    wasm: run,
    typescript: () => {
      const output = baseline.forward(plain, trainer.layers, trainer.before, rows);
      baseline.gaussianHeadGradient(trainer.gradients[3], output, target, ended, 12, 24, rows);
      baseline.backward(plain, trainer, rows);
      return baseline.adam(plain, trainer, { ...settings, step: ++step });
    },
  });
}

for (const { name, sizes, run } of habitCases(core)) {
  const habit = networkOf(randomNetwork(random, [...sizes], "silu"));
  const layers = baseline.allocateLayers(habit, 1);
  layers[0].set([0.1, -0.2, 0.3]);
  compare(name, { wasm: run, typescript: () => baseline.modeOfBins(baseline.predict(habit, layers, 1), 21) });
}
