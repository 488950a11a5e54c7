import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Environment, evaluate } from "../../src/index.ts";
import type { EvaluateOptions } from "../../src/types.ts";
import { isSame, live, smallAgent } from "../helpers/smallAgent.ts";
import { makers } from "../helpers/smallLatentAgent.ts";

for (const task of ["pendulum", "cartpole"])
  for (const policy of ["plan", "habit"] as const)
    test(`leaves the agent of ${task} as it was, by ${policy}, and repeats itself`, async () => {
      const { agent, environment } = await smallAgent(task);
      live(agent, environment, 40);
      const before = agent.save();
      const first = await evaluate(agent, environment, { episodes: 2, policy });
      assert.ok(isSame(agent.save(), before));
      const again = await evaluate(agent, environment, { episodes: 2, policy });
      assert.equal(again.returns, first.returns);
      assert.is(first.policy, policy);
    });

test("evaluating between two episodes does not change what is learned after", async () => {
  const [a, b] = [await smallAgent("pendulum"), await smallAgent("pendulum")];
  for (const { agent, environment } of [a, b]) live(agent, environment, 40);
  await evaluate(a.agent, a.environment, { episodes: 1 });
  for (const { agent, environment } of [a, b]) live(agent, environment, 10, 2);
  assert.ok(isSame(a.agent.save(), b.agent.save()));
});

for (const [kind, make] of Object.entries(makers))
  test(`${kind}: evaluating in the middle of an episode changes nothing of what is done and learned after`, async () => {
    const episode = async (isEvaluated: boolean) => {
      const { agent, environment } = await make("pendulum");
      live(agent, environment, 40);
      agent.reset();
      const copy = (await make("pendulum")).environment;
      let { observation } = environment.reset({ seed: 5 });
      const infos: object[] = [];
      for (let i = 0; i < 6; i++) {
        const action = agent.act(observation, { explore: true });
        // between acting and learning, too
        for (const policy of ["plan", "habit"] as const)
          if (isEvaluated) await evaluate(agent, copy, { episodes: 1, policy });
        const step = environment.step(action);
        infos.push(agent.learn({ ...step, observation, action, nextObservation: step.observation }));
        observation = step.observation;
      }
      return { infos, bytes: agent.save() };
    };
    assert.equal(await episode(true), await episode(false));
  });

test("its figures are those of the returns", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  const result = await evaluate(agent, environment, { episodes: 4 });
  const mean = result.returns.reduce((sum, value) => sum + value, 0) / 4;
  const variance = result.returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3;
  assert.is(result.meanReturn, mean);
  assert.ok(Math.abs(result.standardError - Math.sqrt(variance / 4)) < 1e-9);
  assert.equal(result.returns, result.lengths);
  assert.ok(result.microsecondsPerAction > 0);
});

test("begins episode i with seed + i, whatever ran before", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  const { returns } = await evaluate(agent, environment, { episodes: 4, seed: 7 });
  const { returns: later } = await evaluate(agent, environment, { episodes: 2, seed: 9 });
  assert.equal(later, returns.slice(2));
  assert.is((await evaluate(agent, environment, { episodes: 1 })).standardError, 0);
});

test("tells of each episode, and a signal between two stops it", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  const controller = new AbortController();
  const told: number[] = [];
  const { returns } = await evaluate(agent, environment, {
    episodes: 10,
    signal: controller.signal,
    onEpisode(episode, sum) {
      told.push(sum);
      if (episode === 3) controller.abort();
    },
  });
  assert.is(returns.length, 3);
  assert.equal(told, returns);
});

/** A pendulum that stands still for ever, and how many steps it has taken. */
function endless({ observationSpace, actionSpace }: Environment) {
  const taken = { steps: 0 };
  const observation = [1, 0, 0];
  const world: Environment = {
    observationSpace,
    actionSpace,
    reset: () => ({ observation }),
    step() {
      taken.steps++;
      return { observation, reward: 0, terminated: false, truncated: false };
    },
  };
  return { taken, world };
}

for (const policy of ["plan", "habit"] as const)
  test(`a timer can stop it in an episode that never ends, by ${policy}`, async () => {
    const { agent, environment } = await smallAgent("pendulum");
    const { world, taken } = endless(environment);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    const { returns, meanReturn, microsecondsPerAction } = await evaluate(agent, world, {
      policy,
      signal: controller.signal,
    });
    assert.ok(taken.steps > 0);
    assert.equal(returns, []);
    assert.ok(Number.isNaN(meanReturn) && microsecondsPerAction > 0);
  });

test("a signal cuts an episode short after the action under way, and does not count it", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  const controller = new AbortController();
  let steps = 0;
  const step: Environment["step"] = (action) => {
    if (++steps === 237) controller.abort();
    return environment.step(action);
  };
  const { signal } = controller;
  const { lengths } = await evaluate(agent, { ...environment, step }, { policy: "habit", signal });
  assert.is(steps, 237);
  assert.equal(lengths, [200]);
});

test("refuses an option that it does not know", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  try {
    await evaluate(agent, environment, { episode: 1 } as EvaluateOptions);
    assert.unreachable();
  } catch (error) {
    assert.is(String(error), "TypeError: options: expected known names, got episode");
  }
});

test("refuses a number of episodes that is none", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  try {
    await evaluate(agent, environment, { episodes: 0 });
    assert.unreachable();
  } catch (error) {
    assert.is(String(error), "RangeError: episodes: expected a whole number ≥ 1, got 0");
  }
});

for (const [options, message] of [
  [{ signal: {} }, "signal: expected an AbortSignal, got an object"],
  [{ onEpisode: 2 }, "onEpisode: expected a function, got 2"],
] as const)
  test(`names what is wrong with the options ${JSON.stringify(options)}`, async () => {
    const { agent, environment } = await smallAgent("cartpole");
    try {
      await evaluate(agent, environment, options as never);
      assert.unreachable();
    } catch (error) {
      assert.is((error as Error).message, message);
    }
  });

test.run();
