import { test } from "uvu";
import * as assert from "uvu/assert";
import { type SparseDefinition, sparseModel } from "../../../src/models/sparse/sparseModel.ts";

const walk: SparseDefinition = {
  states: 3,
  actions: ["left", "right"],
  observations: 3,
  transition: (s, a) => [
    [Math.min(2, Math.max(0, s + (a === 0 ? -1 : 1))), 0.9],
    [s, 0.1],
  ],
  observation: (_, next) => [[next, 1]],
  reward: (_, __, next) => Number(next === 2),
  initial: [[1, 1]],
  discount: 0.9,
};

test("is plain data of what the functions list", () => {
  const model = sparseModel(walk);
  assert.equal([model.kind, model.states, model.actions, model.observations], ["sparse", 3, 2, 3]);
  assert.equal(model.names, { actions: ["left", "right"] });
  // row s · A + a: 0 left, 0 right, 1 left, …
  assert.equal([...model.transition.start], [0, 1, 3, 5, 7, 9, 10]);
  assert.equal([...model.transition.index.slice(0, 5)], [0, 0, 1, 0, 1]);
  assert.equal([...model.transition.value.slice(0, 5)], [1, 0.1, 0.9, 0.9, 0.1]);
  assert.equal([model.reward.dependsOn, model.discount], ["next", 0.9]);
  assert.equal(model.initial, Float64Array.of(0, 1, 0));
  assert.equal(structuredClone(model), model);
});

test("the start may be a vector, endings may be given", () => {
  const model = sparseModel({
    ...walk,
    initial: [0.25, 0.25, 0.5],
    ending: (_, __, next) => Number(next === 2),
  });
  assert.equal(model.initial, Float64Array.of(0.25, 0.25, 0.5));
  assert.equal([...(model.ending ?? [])], [0, 0, 0, 0, 0, 0, 1, 0, 1, 1]);
});

test("what is left out is absent", () => {
  const { states, actions, observations, transition, observation } = walk;
  const model = sparseModel({ states, actions: 2, observations, transition, observation });
  assert.equal(
    ["names", "initial", "discount", "ending"].filter((name) => name in model),
    [],
  );
  assert.equal(model.reward, { dependsOn: "action", values: new Float64Array(6) });
  assert.is(actions.constructor, Array);
});

for (const [changes, message] of [
  [{ states: 0 }, /^states: expected a whole number ≥? ?.*, got 0$/],
  [{ actions: ["a", "a"] }, /^actions\[1\]: expected another name each/],
  [
    { transition: () => [[0, 0.5]] },
    /^transition\(0, 0\): expected probabilities that sum to 1 within 0.00001, got 0.5$/,
  ],
  [{ transition: () => [[3, 1]] }, /^transition\(0, 0\): expected indices below 3, got 3$/],
  [{ transition: () => [[0, 1.5]] }, /^transition\(0, 0\): expected probabilities, got 1.5$/],
  [
    { observation: (a: number, s: number) => [[0, a === 1 && s === 2 ? 0 : 1]] },
    /^observation\(1, 2\): expected .*, got 0$/,
  ],
  [{ reward: () => Number.NaN }, /^reward\(0, 0, 0, 0\): expected a finite number, got NaN$/],
  [{ ending: () => 2 }, /^ending\(0, 0, 0\): expected a probability, got 2$/],
  [{ initial: [0.5, 0.5] }, /^initial: expected 3 probabilities, got 2$/],
  [{ initial: [[0, 0.5]] }, /^initial: expected probabilities that sum to 1/],
  [{ discount: 1.5 }, /^discount: expected a number in \[0, 1\], got 1.5$/],
] as [Partial<SparseDefinition>, RegExp][])
  test(`refuses ${message}`, () => {
    assert.throws(() => sparseModel({ ...walk, ...changes }), message);
  });

test("refuses names that it does not know, and what is no function", () => {
  assert.throws(
    () => sparseModel({ ...walk, rewards: 1 } as SparseDefinition),
    /^definition: expected known names, got rewards$/,
  );
  assert.throws(
    () => sparseModel({ ...walk, observation: [] as never }),
    /^observation: expected a function, got an array$/,
  );
});

test.run();
