import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../../src/core/core.ts";
import { evaluations, products } from "../../../src/core/meter.ts";
import {
  activationCount,
  mlpBackward,
  mlpForward,
  mlpPredict,
  mlpPredictRow,
  parameterCount,
  shapeValues,
} from "../../../src/core/mlp.ts";
import { TILE } from "../../../src/core/tiles.ts";

const core = await createCore({ bytes: 1 << 20 });

/** What some work adds to the counts. */
function counted(work: () => unknown): [number, number] {
  const before = [products(core), evaluations(core)];
  work();
  return [products(core) - before[0], evaluations(core) - before[1]];
}

test("products are counted with padding outputs, evaluations by the column", () => {
  core.scope(() => {
    const widths = [3, 8, 2];
    const shape = core.u32(shapeValues(widths, "silu"));
    const parameters = core.f32(parameterCount(widths));
    // two outputs are padded to four
    const one = 3 * 8 + 8 * 4;
    const hidden = core.f32(2 * 8 * TILE);
    const row = () => mlpPredictRow(core, core.f32(4), core.f32(3), hidden, parameters, shape);
    assert.equal(counted(row), [one, 1]);
    const [out, x] = [core.f32(2 * 4 * TILE), core.f32(2 * 4 * TILE)];
    assert.equal(
      counted(() => mlpPredict(core, out, x, hidden, parameters, shape)),
      [2 * TILE * one, 2 * TILE],
    );
    const kept = core.f32(activationCount(widths, 2));
    const slopes = core.f32(kept.length);
    assert.equal(
      counted(() => mlpForward(core, kept, slopes, parameters, shape, 2)),
      [2 * TILE * one, 2 * TILE],
    );
    const [gradient, adjoints] = [core.f32(parameters.length), core.f32(kept.length)];
    const backward = (wanted: number) => () =>
      mlpBackward(core, gradient, adjoints, kept, slopes, parameters, shape, 2, wanted);
    // parameters of both layers, the second layer's input, and the first's where it is wanted
    assert.equal(counted(backward(0)), [2 * TILE * (one + 8 * 4), 0]);
    assert.equal(counted(backward(3)), [2 * TILE * 2 * one, 0]);
  });
});

test.run();
