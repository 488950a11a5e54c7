import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { observationKinds } from "../../src/core/observationKind.ts";
import { TILE } from "../../src/core/tiles.ts";
import { box } from "../../src/environments/environment.ts";
import { decodeLatents, particleRows } from "../../src/inference/decode.ts";
import { actionCoding } from "../../src/models/actionCoding.ts";
import { allocateLatent, initialiseLatent } from "../../src/models/latentModel.ts";
import { fromTiles, randomRows, toTiles } from "../reference/arrays.ts";
import { softmax } from "../reference/density.ts";
import { maxAbsError, mulberry32 } from "../reference/kernels.ts";
import { mlp, unpackNetwork } from "../reference/nn.ts";

const [X, Z] = [3, 4];
const sigmoid = (y: number) => 1 / (1 + Math.exp(-y));

for (const observationKind of observationKinds)
  test(`a latent is decoded into the mean of a ${observationKind} observation`, async () => {
    const core = await createCore();
    const model = allocateLatent(core, {
      latentSize: Z,
      observationSize: X,
      coding: actionCoding(box([-1], [1]), 5),
      members: 2,
      hidden: [8],
      decoderHidden: [8],
      activation: "silu",
      observationKind,
    });
    initialiseLatent(core, model, { seed: [1, 0], rewardNoise: 0.25, recognisesReward: true });
    const { scale, shift } = model.scales.observation;
    scale.set([2, 0.5, 1]);
    shift.set([1, 0, -1]);
    const zs = randomRows(mulberry32(2), TILE, Z, -2, 2);
    const rows = decodeLatents(core, model, core.f32(toTiles(zs)));
    const { parameters, widths } = model.observation;
    const twin = { activation: "silu", layers: unpackNetwork(parameters, widths) } as const;
    const expected = zs.map((z) => {
      const y = mlp(twin, z).slice(0, X);
      if (observationKind === "bernoulli") return y.map(sigmoid);
      if (observationKind === "categorical") return softmax(y);
      return y.map((value, d) => value / scale[d] + shift[d]);
    });
    assert.ok(maxAbsError(fromTiles(rows, TILE, X).flat(), expected.flat()) < 5e-6);
  });

test("rows of a tile become one row a particle", () => {
  const rows = Float32Array.from({ length: 2 * TILE }, (_, i) => i);
  assert.equal([...particleRows(rows, 2).subarray(0, 4)], [0, TILE, 1, TILE + 1]);
});

test.run();
