import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore, measure } from "../../src/core/core.ts";
import { parameterCount } from "../../src/core/mlp.ts";
import { TILE } from "../../src/core/tiles.ts";
import { box, discrete } from "../../src/environments/environment.ts";
import { actionCoding } from "../../src/models/actionCoding.ts";
import { allocateLatent, initialiseLatent, type LatentSizes } from "../../src/models/latentModel.ts";

const core = await createCore({ bytes: 1 << 20 });

const sizes: LatentSizes = {
  latentSize: 8,
  observationSize: 3,
  coding: actionCoding(box([-1, -2], [1, 2]), 7),
  members: 2,
  hidden: [10, 6],
  decoderHidden: [9],
  activation: "silu",
  observationKind: "bernoulli",
};
const options = { seed: [1, 2], rewardNoise: 0.25, recognisesReward: true } as const;

function initialised(changes: Partial<LatentSizes> = {}, seed: readonly [number, number] = [1, 2]) {
  const model = allocateLatent(core, { ...sizes, ...changes });
  initialiseLatent(core, model, { ...options, seed });
  return model;
}

const networks = [
  "transition",
  "recognition",
  "observation",
  "outcome",
  "habit",
  "value",
  "slowValue",
] as const;

test("the networks have the inputs and outputs of their distributions", () => {
  const model = initialised();
  const widths = Object.fromEntries(networks.map((name) => [name, model[name].widths]));
  assert.equal(widths, {
    transition: [10, 10, 6, 16],
    recognition: [13, 10, 6, 16],
    observation: [8, 9, 3],
    outcome: [10, 9, 3],
    habit: [8, 10, 6, 14],
    value: [8, 10, 6, 1],
    slowValue: [8, 10, 6, 1],
  });
  assert.equal(
    networks.map((name) => model[name].members.length),
    [2, 1, 1, 1, 1, 1, 1],
  );
});

test("a discrete action is one habit over its bins", () => {
  const model = initialised({ coding: actionCoding(discrete(5), 7) });
  assert.equal(model.habit.widths, [8, 10, 6, 5]);
  assert.equal(model.transition.widths, [13, 10, 6, 16]);
});

test("scales begin as none", () => {
  const { scales, observationStd } = initialised();
  assert.equal([...observationStd], [1, 1, 1]);
  assert.equal([...scales.observation.shift, ...scales.observation.scale], [0, 0, 0, 1, 1, 1]);
  for (const scale of [scales.reward, scales.ending, scales.value])
    assert.equal([...scale.shift, ...scale.scale], [0, 1]);
});

test("no two networks, members or seeds draw the same parameters; the same seed does", () => {
  const [model, same, other] = [initialised(), initialised(), initialised({}, [1, 3])];
  // the first layer's first weights, in units of their bound
  const firsts = (from: typeof model) =>
    [
      ...from.transition.members,
      from.recognition.parameters,
      from.observation.parameters,
      from.outcome.parameters,
    ]
      .concat([from.habit.parameters, from.value.parameters])
      .map((parameters, i) => {
        const inputs = [10, 10, 13, 8, 10, 8, 8][i];
        return [...parameters.subarray(0, 4)].map((w) => (w * Math.sqrt(inputs / 3)).toFixed(5)).join();
      });
  assert.is(new Set(firsts(model)).size, 7);
  assert.is(new Set([...firsts(model), ...firsts(other)]).size, 14);
  assert.equal(firsts(same), firsts(model));
});

test("habit and value begin almost flat, and the slow value as the value", () => {
  const { habit, value, slowValue, transition } = initialised();
  const last = ({ widths, parameters }: typeof habit) =>
    Math.max(...[...parameters.subarray(parameterCount(widths.slice(0, -1)))].map(Math.abs));
  assert.ok(last(habit) > 0 && last(habit) < 0.01);
  assert.ok(last(value) > 0 && last(value) < 0.01);
  assert.ok(last({ ...transition, parameters: transition.members[0] }) > 0.1);
  assert.equal([...slowValue.parameters], [...value.parameters]);
});

test("the kernels are told the sizes, and where everything lies", () => {
  const model = initialised();
  const { words, fields } = model.record;
  assert.equal([...words.subarray(0, 7)], [8, 3, 2, 2, 1, 1, 0]);
  assert.equal([...fields.subarray(7, 9)], [0.25, 0.25]);
  const { transition, recognition, observation, outcome, work } = model;
  const parts = (network: typeof outcome) => [network.shape, network.parameters];
  const arrays = [
    ...parts(recognition),
    ...parts(observation),
    ...parts(outcome),
    model.observationStd,
    work.input,
    work.output,
    work.hidden,
  ];
  assert.equal(
    [...words.subarray(15)],
    [
      ...parts(transition).map(({ byteOffset }) => byteOffset),
      transition.members[1].byteOffset - transition.members[0].byteOffset,
      ...arrays.map(({ byteOffset }) => byteOffset),
    ],
  );
});

test("the workspaces hold the largest input, twice the largest output, and two of the widest layers", () => {
  const { input, output, hidden } = initialised().work;
  // recognition reads [8 + 3 + 2], the transition tells 16, the widest hidden layer has 10
  assert.equal([input.length, output.length, hidden.length], [16 * TILE, 2 * 16 * TILE, 2 * 12 * TILE]);
});

test("a latent of no whole vectors is refused", () => {
  assert.throws(() => initialised({ latentSize: 6 }), /latentSize: expected a positive multiple of 4, got 6/);
});

test("what it takes can be measured beforehand", () => {
  const bytes = measure((memory) => allocateLatent(memory, sizes));
  const before = core.kernels.mark();
  allocateLatent(core, sizes);
  assert.is(core.kernels.mark() - before, bytes);
});

test.run();
