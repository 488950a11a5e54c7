import { test } from "uvu";
import * as assert from "uvu/assert";
import { createEnvironment, type Environment, evaluate, train } from "../../src/index.ts";
import { later } from "../helpers/later.ts";
import { smallAgent } from "../helpers/smallAgent.ts";

/** The message of the error that the work ends in. */
async function messageOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    return (error as Error).message;
  }
  return "no error";
}

test("of two runs on one agent, or in one world, the one that was pushed out says so", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  const other = await smallAgent("pendulum");
  for (const [second, what] of [
    [train(agent, await createEnvironment("pendulum")), "agent"],
    [train(other.agent, environment), "environment"],
  ] as const) {
    const first = train(agent, environment);
    await first.step();
    await second.step();
    const message = `${what}: expected it as this run left it, got one that another run has used since; begin a new run`;
    assert.is(await messageOf(() => first.step()), message);
    assert.is(await messageOf(() => first.save()), message);
    assert.is((await second.step())?.steps, 2);
  }
});

test("two runs on one agent take turns between their episodes", async () => {
  const { agent, environment } = await smallAgent("t-maze");
  const runs = [train(agent, environment), train(agent, await createEnvironment("t-maze"))];
  for (let episode = 1; episode <= 3; episode++)
    for (const [r, run] of runs.entries())
      for (let i = 0; i < 3; i++) assert.is((await run.step())?.episode, 2 * episode - 1 + r);
});

test("no other run begins while a world is yet to answer", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  const first = train(agent, later(environment));
  const second = train(agent, await createEnvironment("pendulum"));
  const pending = first.step();
  assert.is(
    await messageOf(() => second.step()),
    "agent: expected one run at a time, got another that waits for its world's answer",
  );
  await pending;
  assert.is((await first.step())?.steps, 2);
});

for (const member of ["act", "learn", "remember", "reset"] as const)
  test(`${member} is refused while a run's world answers, at once or later`, async () => {
    const { agent, environment } = await smallAgent("pendulum");
    const call = () => (agent[member] as (argument?: unknown) => unknown)(member === "reset" ? 0 : [1, 0, 0]);
    const meddling: Environment = {
      ...environment,
      step(action) {
        call();
        return environment.step(action);
      },
    };
    const message = `${member}: expected the step of a run to be over, got a world that is yet to answer; act between two steps`;
    assert.is(await messageOf(() => train(agent, meddling).step()), message);
    const run = train(agent, later(environment));
    const pending = run.step();
    assert.is(await messageOf(call), message);
    await pending;
    agent.act([1, 0, 0], { lane: 0 });
  });

test("another lane acts, and learning goes on, while a run's world answers", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  const pending = train(agent, later(environment)).step();
  agent.act([1, 0, 0], { lane: -1 });
  agent.update({ most: 1 });
  agent.explain();
  await pending;
});

test("an environment that a run is in the middle of is not evaluated in; between episodes, and after the run, it is", async () => {
  const { agent, environment } = await smallAgent("t-maze");
  const run = train(agent, environment, { steps: 5 });
  const messages: string[] = [];
  for (let i = 0; i < 5; i++) {
    await run.step();
    messages.push(await messageOf(() => evaluate(agent, environment, { episodes: 1 })));
  }
  const refused =
    "environment: expected one that no run is in the middle of, got one in its episode 1; " +
    "evaluate between two episodes, or in another environment";
  assert.equal(messages, [
    refused,
    refused,
    "no error",
    refused.replace("episode 1", "episode 2"),
    "no error",
  ]);
  assert.match(await messageOf(() => run.save()), "environment: expected it as this run left it");
});

test("two evaluations of one agent at a time are refused", async () => {
  const { agent } = await smallAgent("pendulum");
  const worlds = [await createEnvironment("pendulum"), await createEnvironment("pendulum")];
  const both = worlds.map((world) => messageOf(() => evaluate(agent, later(world), { episodes: 2 })));
  assert.ok((await Promise.all(both)).some((message) => message.startsWith("agent: expected")));
});

test("evaluating elsewhere in the middle of an episode changes no bit of the run", async () => {
  const runs = await Promise.all(
    [false, true].map(async (isEvaluated) => {
      const { agent, environment } = await smallAgent("pendulum");
      const run = train(agent, environment, { steps: 60 });
      for (let i = 0; i < 60; i++) {
        await run.step();
        if (isEvaluated && i % 20 === 10)
          await evaluate(agent, await createEnvironment("pendulum"), { episodes: 1 });
      }
      return agent.save();
    }),
  );
  assert.equal(runs[1], runs[0]);
});

test.run();
