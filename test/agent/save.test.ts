import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { CHANGEABLE } from "../../src/agent/options.ts";
import { dict, tuple } from "../../src/environments.ts";
import { type Box, box, createAgent, discrete, FileError, loadAgent } from "../../src/index.ts";
import { edited } from "../helpers/files.ts";
import { isSame, live, small, smallAgent } from "../helpers/smallAgent.ts";

for (const task of ["pendulum", "cartpole", "mountain-car-continuous"])
  test(`a loaded agent of ${task} acts and learns on as the saved one, to the bit`, async () => {
    const { agent, environment } = await smallAgent(task);
    live(agent, environment, 60);
    const bytes = agent.save();
    const loaded = await loadAgent(bytes);
    assert.ok(isSame(loaded.save(), bytes));
    assert.is(loaded.steps, 60);
    assert.equal(loaded.options, agent.options);
    assert.equal(loaded.spaces, agent.spaces);
    for (const one of [agent, loaded]) one.reset();
    const { observation } = environment.reset({ seed: 3 });
    for (const policy of ["plan", "habit"] as const)
      for (const explore of [true, false])
        assert.equal(
          loaded.act(observation, { policy, explore }),
          agent.act(observation, { policy, explore }),
        );
    const infos = [agent, loaded].map((one) => live(one, environment, 20, 2));
    assert.equal(infos[1], infos[0]);
    assert.ok(isSame(loaded.save(), agent.save()));
  });

test("an untrained agent, whose rewards have no range yet, can be saved", async () => {
  const { agent } = await smallAgent("cartpole");
  const loaded = await loadAgent(agent.save());
  assert.ok(isSame(loaded.save(), agent.save()));
  assert.equal(loaded.act([0, 0, 0, 0]), agent.act([0, 0, 0, 0]));
});

test("bounds without end survive", async () => {
  const observationSpace = box([-Infinity, 0], [Infinity, 1]);
  const agent = await createAgent({ observationSpace, actionSpace: box([-1], [1]) }, small);
  assert.equal((await loadAgent(agent.save())).spaces.observationSpace, observationSpace);
});

test("bounds in arrays of another type are kept as plain ones", async () => {
  const bounds = (...values: number[]) => Float32Array.from(values) as unknown as number[];
  const agent = await createAgent(
    {
      observationSpace: { kind: "box", low: bounds(-Infinity, -0), high: bounds(Infinity, 0.5) },
      actionSpace: { kind: "box", low: bounds(-2), high: bounds(2) },
    },
    small,
  );
  const loaded = await loadAgent(agent.save());
  assert.equal(loaded.spaces, {
    observationSpace: { kind: "box", low: [-Infinity, -0], high: [Infinity, 0.5] },
    actionSpace: { kind: "box", low: [-2], high: [2] },
  });
  assert.equal(loaded.act([1, 0.25]), agent.act([1, 0.25]));
  assert.ok(isSame(loaded.save(), agent.save()));
});

test("a full memory is saved with the place that is written next", async () => {
  const { agent, environment } = await smallAgent("pendulum", { memory: 40, lessons: 32 });
  live(agent, environment, 70);
  const loaded = await loadAgent(agent.save());
  for (const one of [agent, loaded]) live(one, environment, 20, 2);
  assert.ok(isSame(loaded.save(), agent.save()));
});

test("bytes that are no agent are refused in a sentence", async () => {
  const { agent } = await smallAgent("pendulum");
  const bytes = agent.save();
  for (const wrong of [
    new Uint8Array(0),
    new Uint8Array(100),
    new TextEncoder().encode("not an agent at all, but a text that is long enough"),
    bytes.slice(0, 7),
    bytes.slice(0, 200),
    bytes.slice(0, -4),
  ])
    try {
      await loadAgent(wrong);
      assert.unreachable(`${wrong.length} bytes were taken`);
    } catch (error) {
      assert.match(String(error), /^FileError: [\w.]+: expected /);
    }
});

test("an ArrayBuffer, as fetch answers, is as good as a view of it", async () => {
  const { agent } = await smallAgent("pendulum");
  const bytes = agent.save();
  assert.ok(isSame((await loadAgent(bytes.slice().buffer)).save(), bytes));
  try {
    await loadAgent("agent.safetensors" as never);
    assert.unreachable();
  } catch (error) {
    assert.is(String(error), "TypeError: bytes: expected a Uint8Array or an ArrayBuffer, got string");
  }
});

for (const [name, value, damage] of [
  ["settings", "{", "settings is no JSON"],
  ["settings", "null", "settings is no object"],
  ["settings", '{"seed":1,"seed":1}', "settings is not what JSON.stringify writes"],
  ["spaces", "{}", "observationSpace: expected a space, got none"],
  ["counts", "7", "counts is no object"],
] as const)
  test(`metadata that is damaged is told: ${name} ${value}`, async () => {
    const { agent } = await smallAgent("pendulum");
    try {
      await loadAgent(edited(agent.save(), { texts: { [name]: value } }));
      assert.unreachable();
    } catch (error) {
      assert.ok(error instanceof FileError);
      assert.match(
        String(error),
        new RegExp(`FileError: (file: expected whole safetensors, got a damaged file: )?${damage}`),
      );
    }
  });

for (const name of [
  "model.dynamics.parameters",
  "model.habit.parameters",
  "model.slowValue.parameters",
  "model.statistics.inputScale",
  "learner.value.second",
])
  test(`numbers that are none are refused in ${name}`, async () => {
    const { agent } = await smallAgent("pendulum");
    for (const value of [Number.NaN, -Infinity]) {
      const bytes = edited(agent.save(), {
        tensors: (tensors) => {
          tensors[name][2] = value;
        },
      });
      try {
        await loadAgent(bytes);
        assert.unreachable();
      } catch (error) {
        assert.is(String(error), `FileError: ${name}: expected finite numbers, got ${value} at 2`);
      }
    }
  });

test("an agent with a number that is none is not saved: the last good file stays", async () => {
  const { agent } = await smallAgent("pendulum");
  const { model } = agent.state as { model: { habit: { parameters: Float32Array } } };
  const [value] = model.habit.parameters;
  model.habit.parameters[1] = Number.NaN;
  assert.throws(
    () => agent.save(),
    (error: Error) =>
      error.message ===
      "model.habit.parameters: expected finite numbers, got NaN at 1; save: the agent cannot go on from them",
  );
  model.habit.parameters[1] = value;
  agent.save();
});

test("what createAgent takes, a file gives back: spaces of any bounds, in arrays of any kind", async () => {
  const arrays = [
    (x: number[]) => x,
    Float32Array.from.bind(Float32Array),
    Float64Array.from.bind(Float64Array),
  ];
  const bound = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(bound, fc.double({ min: 1, max: 1e6, noNaN: true })), { minLength: 1, maxLength: 3 }),
      fc.option(bound, { nil: Infinity }),
      fc.constantFrom(...arrays),
      fc.option(fc.integer({ min: 1, max: 4 })),
      async (action, high, arrayOf, n) => {
        const of = (values: number[]) => arrayOf(values) as unknown as readonly number[];
        const spaces = {
          observationSpace: {
            kind: "box" as const,
            low: of([-Infinity, -0]),
            high: of([high === 0 ? 0 : high, 5]),
            note: () => 1,
          },
          actionSpace:
            n === null
              ? {
                  kind: "box" as const,
                  low: of(action.map(([low]) => low)),
                  high: of(action.map(([low, width]) => low + width)),
                }
              : discrete(n),
        };
        const agent = await createAgent(spaces, {
          ...small,
          hidden: [4],
          memory: 32,
          lessons: 32,
          valueLessons: 32,
        });
        const bytes = agent.save();
        const loaded = await loadAgent(bytes);
        assert.ok(isSame(loaded.save(), bytes));
        assert.equal(loaded.spaces, agent.spaces);
        assert.equal((loaded.spaces.observationSpace as Box).low, Array.from(spaces.observationSpace.low));
      },
    ),
    { numRuns: 20 },
  );
});

test("spaces of parts are saved and loaded, too", async () => {
  const parts = { position: box([0, 0], [5, 5]), holds: discrete(3) };
  for (const observationSpace of [dict(parts), tuple([parts.position, parts.holds])]) {
    const agent = await createAgent({ observationSpace, actionSpace: discrete(2) }, small);
    assert.equal((await loadAgent(agent.save())).spaces.observationSpace, observationSpace);
  }
});

test("another format is named", async () => {
  const { agent } = await smallAgent("pendulum");
  try {
    await loadAgent(edited(agent.save(), { format: "generative-agent/agent/9" }));
    assert.unreachable();
  } catch (error) {
    assert.is(
      String(error),
      'FileError: agent: expected the format generative-agent/agent/3, got "generative-agent/agent/9"',
    );
  }
});

test("an agent may be loaded with other options where nothing that is saved depends on them", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  live(agent, environment, 40);
  const bytes = agent.save();
  const changes = {
    ...{
      temperature: 0.5,
      exploration: "greedy" as const,
      habitShare: 0.5,
      essShare: 0.2,
      informationWeight: 0.1,
    },
    ...{
      informationFades: true,
      candidates: 32,
      iterations: 2,
      firstIterations: 2,
      updates: 3,
      imagination: 1,
    },
    ...{ imaginedSteps: 5, batch: 64, learningRate: 1e-3, guideRate: 2e-3, annealing: 100, weightDecay: 0 },
    rareShare: 0.1,
  } as const;
  assert.equal(Object.keys(changes).sort(), [...CHANGEABLE].sort());
  const changed = await loadAgent(bytes, changes);
  assert.is(changed.options.candidates, 32);
  live(changed, environment, 40, 2);
  assert.is(changed.steps, 80);
  assert.is((await loadAgent(changed.save())).options.learningRate, 1e-3);
});

test("what cannot change is refused by name, and so is another rhythm while learning is owed", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  live(agent, environment, 40);
  const failure = (bytes: Uint8Array, changes: object) =>
    loadAgent(bytes, changes as never).then(
      () => "loaded",
      (error: Error) => error.message,
    );
  assert.match(await failure(agent.save(), { horizon: 3 }), /^options: expected .*, got horizon$/);
  assert.match(await failure(agent.save(), { candidates: 3 }), /^candidates: expected /);
  const { observation } = environment.reset({ seed: 9 });
  const action = agent.act(observation, { explore: true });
  const step = environment.step(action);
  agent.remember({ ...step, observation, action, nextObservation: step.observation });
  const owing = agent.save();
  assert.match(
    await failure(owing, { updates: 2 }),
    /^updates: expected an agent that owes no learning, got \d+ /,
  );
  assert.is((await loadAgent(owing, { temperature: 2 })).options.temperature, 2);
});

test("an agent that has hardly lived is loaded, too", async () => {
  for (const steps of [0, 1, 8]) {
    const { agent, environment } = await smallAgent("cartpole");
    live(agent, environment, steps);
    assert.is((await loadAgent(agent.save())).steps, steps);
  }
});

test.run();
