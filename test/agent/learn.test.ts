import { test } from "uvu";
import * as assert from "uvu/assert";
import { readSafetensors } from "../../src/core/safetensors.ts";
import type { Transition } from "../../src/index.ts";
import { isSame, live, smallAgent } from "../helpers/smallAgent.ts";

const transition: Transition = {
  observation: [1, 0, 0.5],
  action: [0.3],
  reward: -1,
  nextObservation: [0.9, 0.1, 0.4],
  terminated: false,
  truncated: false,
};

test("learning counts the step and answers with the bound's terms", async () => {
  const { agent } = await smallAgent("pendulum");
  const { bound, modelError } = agent.learn(transition);
  assert.is(agent.steps, 1);
  assert.equal(Object.keys(bound).sort(), [
    "actionConsistency",
    "informationGain",
    "reward",
    "stateConsistency",
    "total",
  ]);
  assert.is(bound.reward, -1);
  assert.ok(Number.isNaN(modelError), "nothing was learned during the warm-up");
});

test("the model's error is known from the end of the warm-up on, and falls", async () => {
  const { agent, environment } = await smallAgent("pendulum", { warmupUpdates: 60, updates: 2 });
  const errors = live(agent, environment, 300).map(({ modelError }) => modelError);
  assert.equal(errors.slice(0, 19).filter(Number.isFinite), []);
  assert.ok(errors.slice(19).every(Number.isFinite));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  assert.ok(mean(errors.slice(-50)) < 0.7 * mean(errors.slice(19, 40)), errors.slice(-50).join(" "));
});

for (const [name, wrong, message] of [
  ["reward", { reward: Number.NaN }, "ReadingError: reward: expected a finite number, got NaN (step 2)"],
  ["reward", { reward: -Infinity }, "ReadingError: reward: expected a finite number, got -Infinity (step 2)"],
  ["reward", { reward: undefined }, "TypeError: reward: expected a number, got undefined (step 2)"],
  [
    "terminated",
    { terminated: undefined },
    "TypeError: terminated: expected true or false, got undefined (step 2)",
  ],
  ["observation", { observation: [1] }, "RangeError: observation: expected [3] numbers, got [1] (step 2)"],
  [
    "observation",
    { observation: [1, Number.NaN, 0] },
    "ReadingError: observation[1]: expected a finite number, got NaN (step 2)",
  ],
  [
    "nextObservation",
    { nextObservation: [] },
    "RangeError: nextObservation: expected [3] numbers, got [0] (step 2)",
  ],
  [
    "nextObservation",
    { nextObservation: [0, 0, Infinity] },
    "ReadingError: nextObservation[2]: expected a finite number, got Infinity (step 2)",
  ],
  ["action", { action: [1, 2] }, "RangeError: action: expected [1] numbers, got [2] (step 2)"],
  ["action", { action: 1 }, "TypeError: action: expected [1] numbers, got 1 (step 2)"],
  ["action", { action: [Number.NaN] }, "ReadingError: action[0]: expected a finite number, got NaN (step 2)"],
] as const)
  test(`refuses the ${name} ${JSON.stringify(wrong)} (${message.split(", got ")[1]}) and stores nothing`, async () => {
    const { agent } = await smallAgent("pendulum");
    agent.learn(transition);
    const before = agent.save();
    assert.throws(
      () => agent.learn({ ...transition, ...(wrong as object) }),
      (error: Error) => String(error) === message,
    );
    assert.is(agent.steps, 1);
    assert.ok(isSame(agent.save(), before));
  });

for (const action of [2, -1, 0.5, Number.NaN, [0]])
  test(`refuses the choice ${String(action)} among two`, async () => {
    const { agent } = await smallAgent("cartpole");
    const observation = [0, 0, 0, 0];
    assert.throws(
      () => agent.learn({ ...transition, observation, nextObservation: observation, action }),
      (error: Error) =>
        error.message ===
        `action: expected a whole number in [0, 1], got ${typeof action === "number" ? action : "an array"} (step 1)`,
    );
    assert.is(agent.steps, 0);
  });

test("one array for both observations, written to since it was acted at, is refused; a world that stands still is not", async () => {
  const { agent } = await smallAgent("pendulum");
  const buffer = Float32Array.of(1, 0, 0.5);
  const { action } = transition;
  agent.act(buffer, { explore: true });
  agent.learn({ ...transition, action, observation: buffer, nextObservation: buffer });
  agent.act(buffer, { explore: true });
  buffer.set([0.9, 0.1, 0.4]);
  const before = agent.save();
  assert.throws(
    () => agent.learn({ ...transition, action, observation: buffer, nextObservation: buffer }),
    (error: Error) =>
      error instanceof TypeError &&
      error.message ===
        "nextObservation: expected another array than observation, got the same one, written to since `act`: copy what the world answers (step 2)",
  );
  assert.ok(isSame(agent.save(), before));
});

test("an action counts as planned once, and only where it was planned", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  live(agent, environment, 60);
  const { observation } = transition;
  const isPlanned = (from: Transition["observation"]) =>
    agent.learn({ ...transition, observation: from }).bound.actionConsistency !== 0;
  agent.act(observation, { explore: true });
  assert.equal([isPlanned(observation), isPlanned(observation)], [true, false]);
  agent.act(observation, { explore: true });
  assert.not.ok(isPlanned([1, 0, 0.25]));
  agent.act(observation, { explore: true });
  agent.act(observation, { policy: "habit" });
  assert.not.ok(isPlanned(observation));
});

test("remembers observation and reward less the first, the change, and the action by its bounds", async () => {
  const { agent } = await smallAgent("pendulum");
  const first = { ...transition, observation: [0.5, 0, 0.25], reward: 2 };
  agent.learn(first);
  agent.learn(transition);
  const { tensors } = readSafetensors(agent.save());
  // [x, a, x' − x, r, terminated]; a torque of .3 lies at .15 of its bounds ±2
  const row = [0.5, 0, 0.25, 0.15, -0.1, 0.1, -0.1, -3, 0];
  const table = tensors["experience.table"].subarray(row.length);
  assert.is(table.length, row.length);
  assert.ok(row.every((value, i) => Math.abs(table[i] - value) < 1e-7));
});

test("remembers no more transitions and plans than it was given room for", async () => {
  const { agent, environment } = await smallAgent("pendulum", { memory: 64, lessons: 32, bins: 5 });
  live(agent, environment, 120);
  assert.is(agent.steps, 120);
  const { tensors } = readSafetensors(agent.save());
  // [x, a, x' − x, r, terminated] and [x, label, value]
  assert.is(tensors["experience.table"].length, 64 * 9);
  assert.is(tensors["lessons.table"].length, 32 * 9);
});

test.run();
