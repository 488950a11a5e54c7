import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  createAgent,
  createEnvironment,
  evaluate,
  exportHabit,
  loadAgent,
  loadHabit,
  repeatAction,
} from "../../src/index.ts";
import { edited, partOf } from "../helpers/files.ts";
import { live, smallAgent } from "../helpers/smallAgent.ts";
import { mulberry32 } from "../reference/kernels.ts";

async function messageOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was thrown";
}

for (const [task, options] of [
  ["pendulum", {}],
  ["cartpole", {}],
  ["mountain-car-continuous", { hidden: [12, 5, 9], activation: "tanh", bins: 7 }],
  ["acrobot", { hidden: [] }],
] as const)
  test(`the exported habit of ${task} acts as the agent that keeps learning no more, to the bit`, async () => {
    const { agent, environment } = await smallAgent(task, options);
    live(agent, environment, 80);
    const habit = await loadHabit(exportHabit(agent));
    assert.equal(habit.spaces, agent.spaces);
    const random = mulberry32(1);
    const actions = Array.from({ length: 50 }, (_, i) => {
      const observation = environment.observationSpace.low.map(() => (random() - 0.5) * (i % 2 ? 4 : 0.5));
      const action = habit.act(observation);
      assert.equal(action, agent.act(observation, { policy: "habit" }));
      return String(action);
    });
    // a habit that ignores its input would agree too
    assert.ok(new Set(actions).size > 1, actions.join(" "));
  });

test("takes no action that the mask forbids, as the agent's habit does not", async () => {
  const { agent, environment } = await smallAgent("acrobot");
  live(agent, environment, 60);
  const habit = await loadHabit(exportHabit(agent));
  const observation = environment.reset({ seed: 3 }).observation;
  for (const actionMask of [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [0, 1, 1],
  ]) {
    const action = habit.act(observation, { actionMask });
    assert.is(actionMask[Number(action)], 1);
    assert.is(action, agent.act(observation, { policy: "habit", actionMask }));
  }
  assert.is(habit.act(observation), agent.act(observation, { policy: "habit" }));
});

test("is what learning had made of it when it was exported", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  live(agent, environment, 40);
  const bytes = exportHabit(agent);
  const then = agent.act([1, 0, 0.5], { policy: "habit" });
  live(agent, environment, 60, 2);
  assert.equal((await loadHabit(bytes)).act([1, 0, 0.5]), then);
  assert.not.equal(agent.act([1, 0, 0.5], { policy: "habit" }), then);
});

test("tells how many steps an action lasts, and acts at that rate as the agent does", async () => {
  const { agent, environment } = await smallAgent("mountain-car-continuous", { actionRepeat: 2 });
  live(agent, repeatAction(environment, 2), 40);
  const habit = await loadHabit(exportHabit(agent));
  assert.is(habit.actionRepeat, 2);
  const world = repeatAction(environment, habit.actionRepeat);
  let { observation } = world.reset({ seed: 5 });
  let sum = 0;
  for (let isOver = false; !isOver; ) {
    const step = world.step(habit.act(observation));
    observation = step.observation;
    sum += step.reward;
    isOver = step.terminated || step.truncated;
  }
  const { returns } = await evaluate(agent, environment, { episodes: 1, seed: 5, policy: "habit" });
  assert.equal(returns, [sum]);
});

test("takes a few kilobytes, however much the agent has experienced", async () => {
  const { agent, environment } = await smallAgent("pendulum", { hidden: [32, 32] });
  live(agent, environment, 30);
  const { length } = exportHabit(agent);
  // 3-32-32-21, the last layer padded to 24: 32·4 + 32·33 + 24·33 values of 4 bytes, 2·3 scales; the rest is the header
  const values = 4 * (32 * 4 + 32 * 33 + 24 * 33 + 6);
  assert.ok(length > values && length < values + 1100, `${length} bytes of ${values}`);
  live(agent, environment, 30, 2);
  assert.is(exportHabit(agent).length, length);
});

test("two habits do not disturb each other", async () => {
  const agents = await Promise.all([1, 2].map((seed) => smallAgent("pendulum", { seed })));
  const actions = agents.map(({ agent, environment }) => {
    live(agent, environment, 40);
    return agent.act([1, 0, 0.5], { policy: "habit" });
  });
  const habits = await Promise.all(agents.map(({ agent }) => loadHabit(exportHabit(agent))));
  for (const round of [0, 1])
    for (const [i, habit] of habits.entries())
      assert.equal(habit.act([1, 0, 0.5]), actions[i], `round ${round}`);
});

test("the agent of a file has the same habit", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  live(agent, environment, 30);
  assert.equal(exportHabit(await loadAgent(agent.save())), exportHabit(agent));
});

test("an agent with a belief is refused", async () => {
  const agent = await createAgent(await createEnvironment("t-maze"), { model: "latent" });
  assert.is(
    await messageOf(() => exportHabit(agent)),
    'agent: expected one that observes the state, got model: "latent"',
  );
});

test("an observation that is not of the space is refused", async () => {
  const { agent } = await smallAgent("pendulum");
  const habit = await loadHabit(exportHabit(agent));
  assert.is(await messageOf(() => habit.act([1, 0])), "observation: expected [3] numbers, got [2]");
  assert.is(
    await messageOf(() => habit.act([1, 0, Number.NaN])),
    "observation[2]: expected a finite number, got NaN",
  );
});

test("bytes that are no habit are refused in a sentence", async () => {
  const { agent } = await smallAgent("pendulum");
  const bytes = exportHabit(agent);
  assert.is(
    await messageOf(() => loadHabit(agent.save())),
    'habit: expected the format generative-agent/habit/2, got "generative-agent/agent/3"',
  );
  const page = new TextEncoder().encode("<!doctype html><title>Not found</title>");
  for (const wrong of [new Uint8Array(0), page, bytes.slice(0, 7), bytes.slice(0, 300), bytes.slice(0, -4)])
    assert.match(await messageOf(() => loadHabit(wrong)), /^[\w.]+: expected /, `${wrong.length} bytes`);
});

test("an ArrayBuffer, as fetch answers, is as good as a view of it", async () => {
  const { agent } = await smallAgent("cartpole");
  const observation = [0, 0, 0.1, 0.5];
  const habit = await loadHabit(exportHabit(agent).slice().buffer);
  assert.is(habit.act(observation), agent.act(observation, { policy: "habit" }));
});

test("a habit's settings are its own, and no others", async () => {
  const { agent } = await smallAgent("cartpole");
  const bytes = exportHabit(agent);
  const settings = { ...partOf<object>(bytes, "settings"), horizon: 6 };
  assert.is(
    await messageOf(() => loadHabit(edited(bytes, { texts: { settings: JSON.stringify(settings) } }))),
    'settings: expected those of a habit, got "horizon"',
  );
});

for (const name of ["parameters", "scale"])
  test(`a habit with numbers that are none is refused: ${name}`, async () => {
    const { agent } = await smallAgent("cartpole");
    const bytes = edited(exportHabit(agent), {
      tensors: (tensors) => {
        tensors[name][1] = Number.NaN;
      },
    });
    assert.is(await messageOf(() => loadHabit(bytes)), `${name}: expected finite numbers, got NaN at 1`);
  });

test.run();
