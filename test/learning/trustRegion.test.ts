import { test } from "uvu";
import * as assert from "uvu/assert";
import { mlpPredict } from "../../src/core/mlp.ts";
import { pad4, TILE } from "../../src/core/tiles.ts";
import { allocateTrustRegion, anchorLabels } from "../../src/learning/trustRegion.ts";
import { allocateNetwork, initialiseNetwork } from "../../src/models/network.ts";
import { debugCore } from "../helpers/debugCore.ts";
import { maxAbsError, mulberry32 } from "../reference/kernels.ts";

const core = debugCore();
const [inputs, groups, bins, tiles] = [3, 2, 3, 2];
const rows = pad4(groups * bins);
const sizes = [bins, bins];

/** A habit, a slow copy of it that has moved, and labels of two tiles. */
function prepared() {
  const habit = allocateNetwork(core, [inputs, 8, groups * bins], "tanh");
  initialiseNetwork(core, habit, { outputScale: 1, seed: [1, 0], stream: 1 });
  const trust = allocateTrustRegion(core, habit, tiles);
  const random = mulberry32(5);
  trust.slow.set(habit.parameters.map((value) => value + 0.3 * (random() - 0.5)));
  const input = core.f32(Array.from({ length: tiles * pad4(inputs) * TILE }, () => 2 * random() - 1));
  const label = core.f32(tiles * rows * TILE);
  for (let tile = 0; tile < tiles; tile++)
    for (let g = 0; g < groups; g++)
      for (let n = 0; n < TILE; n++)
        label[(tile * rows + g * bins + Math.floor(3 * random())) * TILE + n] = 1;
  return { habit, trust, input, label };
}

test("labels are drawn towards the slow habit's probabilities by their share", () => {
  core.scope(() => {
    const { habit, trust, input, label } = prepared();
    const logits = core.f32(label.length);
    mlpPredict(core, logits, input, core.f32(2 * 8 * TILE), trust.slow, habit.shape);
    const before = [...label];
    anchorLabels(core, trust, habit, label, input, sizes, { share: 0.3, step: 2 });
    for (let tile = 0; tile < tiles; tile++)
      for (let g = 0; g < groups; g++)
        for (let n = 0; n < TILE; n++) {
          const place = (k: number) => (tile * rows + g * bins + k) * TILE + n;
          const weights = [0, 1, 2].map((k) => Math.exp(logits[place(k)]));
          const total = weights.reduce((sum, value) => sum + value, 0);
          const expected = weights.map((weight, k) => 0.7 * before[place(k)] + (0.3 * weight) / total);
          // probabilities of three terms, each right to a few units of 2⁻²⁴
          assert.ok(
            maxAbsError(
              [0, 1, 2].map((k) => label[place(k)]),
              expected,
            ) < 4e-7,
          );
        }
  });
});

test("the slow habit begins at the habit, and follows it by a fiftieth", () => {
  core.scope(() => {
    const { habit, trust, input, label } = prepared();
    anchorLabels(core, trust, habit, label, input, sizes, { share: 0.5, step: 1 });
    assert.equal([...trust.slow], [...habit.parameters]);
    const before = [...trust.slow];
    for (let i = 0; i < habit.parameters.length; i++) habit.parameters[i] += 1;
    anchorLabels(core, trust, habit, label, input, sizes, { share: 0.5, step: 2 });
    assert.ok(
      maxAbsError(
        trust.slow,
        before.map((value) => value + 0.02),
      ) < 1e-6,
    );
  });
});

test("without a share neither labels nor the slow habit change", () => {
  core.scope(() => {
    const { habit, trust, input, label } = prepared();
    const before = [[...label], [...trust.slow]];
    anchorLabels(core, trust, habit, label, input, sizes, { share: 0, step: 2 });
    assert.equal([[...label], [...trust.slow]], before);
  });
});

test.run();
