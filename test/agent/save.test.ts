import { test } from "uvu";
import * as assert from "uvu/assert";
import { readSafetensors, writeSafetensors } from "../../src/core/safetensors.ts";
import { box, createAgent, loadAgent } from "../../src/index.ts";
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
      assert.match(String(error), /^Error: [\w.]+: expected /);
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

for (const [name, value] of [
  ["settings", "{"],
  ["settings", "null"],
  ["spaces", "{}"],
  ["counts", "7"],
] as const)
  test(`metadata that is damaged is told: ${name} ${value}`, async () => {
    const { agent } = await smallAgent("pendulum");
    const { tensors, metadata } = readSafetensors(agent.save());
    try {
      await loadAgent(writeSafetensors(tensors, { ...metadata, [name]: value }));
      assert.unreachable();
    } catch (error) {
      assert.match(String(error), `Error: file: expected whole safetensors, got a damaged file: ${name} `);
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
      const { tensors, metadata } = readSafetensors(agent.save());
      tensors[name][2] = value;
      try {
        await loadAgent(writeSafetensors(tensors, metadata));
        assert.unreachable();
      } catch (error) {
        assert.is(String(error), `Error: ${name}: expected finite numbers, got ${value} at 2`);
      }
    }
  });

test("another format is named", async () => {
  const { agent } = await smallAgent("pendulum");
  const bytes = agent.save();
  const text = new TextDecoder("latin1").decode(bytes);
  const place = text.indexOf("generative-agent/agent/2") + "generative-agent/agent/".length;
  bytes[place] = "9".charCodeAt(0);
  try {
    await loadAgent(bytes);
    assert.unreachable();
  } catch (error) {
    assert.is(
      String(error),
      "Error: agent: expected the format generative-agent/agent/2, got generative-agent/agent/9",
    );
  }
});

test.run();
