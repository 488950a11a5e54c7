import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { TILE } from "../../src/core/tiles.ts";
import {
  allocateNetwork,
  allocateTrainer,
  descend,
  forward,
  initialiseNetwork,
} from "../../src/models/network.ts";
import { fromTiles, randomRows, toTiles } from "../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../reference/kernels.ts";
import { adam, mlp, mlpGradient, packNetwork, unpackNetwork } from "../reference/nn.ts";

const core = await createCore();
const WIDTHS = [3, 6, 2];
const seed = [1, 0] as const;

function made() {
  const network = allocateNetwork(core, WIDTHS, "tanh", 2);
  initialiseNetwork(core, network, { outputScale: 1, seed, stream: 5 });
  const trainer = allocateTrainer(core, network, 2);
  const xs = randomRows(mulberry32(3), 2 * TILE, 3);
  trainer.work.input.set(toTiles(xs));
  return { network, trainer, xs };
}

const twinOf = (parameters: Float32Array) => ({
  activation: "tanh" as const,
  layers: unpackNetwork(parameters, WIDTHS),
});

test("members are views of one array, each with parameters of its own stream", () => {
  const { network } = made();
  const [first, second] = network.members;
  assert.equal([...first, ...second], [...network.parameters]);
  const alone = allocateNetwork(core, WIDTHS, "tanh");
  initialiseNetwork(core, alone, { outputScale: 1, seed, stream: 6 });
  assert.equal([...alone.parameters], [...second]);
  assert.not.equal([...first], [...second]);
});

test("the forward pass of a member is the f64 reference's, and clears the gradient of its output", () => {
  const { network, trainer, xs } = made();
  trainer.work.dOutput.fill(9);
  forward(core, network, trainer, 1);
  const expected = xs.map((x) => mlp(twinOf(network.members[1]), x));
  assert.ok(maxAbsError(fromTiles(trainer.work.output, 2 * TILE, 2).flat(), expected.flat()) < 2e-6);
  assert.ok(trainer.work.dOutput.every((value) => value === 0));
});

test("descending is a step of Adam at the annealed rate, for one member alone", () => {
  const { network, trainer, xs } = made();
  const before = network.members.map((parameters) => [...parameters]);
  const dOutputs = randomRows(mulberry32(4), 2 * TILE, 2);
  forward(core, network, trainer, 1);
  trainer.work.dOutput.set(toTiles(dOutputs));
  descend(
    core,
    network,
    trainer,
    { learningRate: 0.01, annealing: 3, weightDecay: 0.1 },
    { step: 9, member: 1 },
  );
  assert.equal([...network.members[0]], before[0]);

  const { layers } = mlpGradient(twinOf(Float32Array.from(before[1])), xs, dOutputs);
  const none = before[1].map(() => 0);
  // 0.01 / √(1 + 9/3)
  const settings = { learningRate: 0.005, weightDecay: 0.1, maxNorm: 20, step: 9 };
  const expected = adam({ parameters: before[1], first: none, second: none }, packNetwork(layers), settings);
  assert.ok(maxAbsError(network.members[1], expected.parameters) < 1e-5);
  assert.ok(trainer.zeros.gradient.every((value) => value === 0));
});

test.run();
