import { test } from "uvu";
import * as assert from "uvu/assert";
import { allocateSimulatedModel, setSimulatedModel } from "../../src/core/simulation.ts";
import { debugCore } from "../helpers/debugCore.ts";

const core = debugCore();

test("a model's arrays must be of the core", () => {
  assert.throws(
    () => setSimulatedModel(core, allocateSimulatedModel(core), { reward: new Float32Array(4) }),
    (error: Error) => error instanceof TypeError && error.message.startsWith("reward: expected an array of"),
  );
});

test("numbers and pointers go to the fields of their names", () => {
  const model = allocateSimulatedModel(core);
  const reward = core.f32(4);
  setSimulatedModel(core, model, { stateRows: 3, reward });
  assert.equal([model.words[1], model.words[12]], [3, reward.byteOffset]);
  setSimulatedModel(core, model, { states: 7 });
  assert.equal([model.words[1], model.words[7], model.words[12]], [3, 7, reward.byteOffset]);
});

test.run();
