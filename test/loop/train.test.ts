import { test } from "uvu";
import * as assert from "uvu/assert";
import { type EpisodeReport, loadAgent, type TrainOptions, train } from "../../src/index.ts";
import { isSame, smallAgent } from "../helpers/smallAgent.ts";

async function reportsOf(task: string, options: TrainOptions) {
  const { agent, environment } = await smallAgent(task);
  const reports: EpisodeReport[] = [];
  for await (const report of train(agent, environment, options)) reports.push(report);
  return { agent, reports };
}

test("yields a report after each episode, and after the last that the steps cut short", async () => {
  const { agent, reports } = await reportsOf("cartpole", { steps: 100 });
  assert.is(agent.steps, 100);
  assert.ok(reports.length > 2);
  let steps = 0;
  reports.forEach((report, i) => {
    steps += report.length;
    assert.equal([report.episode, report.steps, report.return], [i + 1, steps, report.length]);
    assert.is(report.terminated || report.truncated, i < reports.length - 1 || report.terminated);
    assert.is(report.bound.reward, 1);
  });
  assert.is(steps, 100);
});

test("averages the bound over the episode's steps", async () => {
  const { reports } = await reportsOf("pendulum", { steps: 60 });
  assert.is(reports.length, 1);
  const { bound, return: sum, truncated, terminated } = reports[0];
  assert.ok(Math.abs(bound.reward - sum / 60) < 1e-5 * Math.abs(bound.reward), "the table keeps f32");
  const { reward, informationGain, stateConsistency, actionConsistency, total } = bound;
  const terms = reward + informationGain + stateConsistency + actionConsistency;
  assert.ok(Math.abs(total - terms) < 1e-9 * Math.abs(total));
  assert.equal([truncated, terminated], [false, false]);
});

test("a time limit is a truncation, and the next episode goes on from it", async () => {
  const { reports } = await reportsOf("pendulum", { steps: 230 });
  assert.equal(
    reports.map(({ length, truncated, terminated }) => ({ length, truncated, terminated })),
    [
      { length: 200, truncated: true, terminated: false },
      { length: 30, truncated: false, terminated: false },
    ],
  );
});

test("an aborted signal stops it after the step under way, and the agent keeps what it learned", async () => {
  const controller = new AbortController();
  const onStep = ({ steps }: { steps: number }) => {
    if (steps === 37) controller.abort();
  };
  const { agent, reports } = await reportsOf("pendulum", { steps: 500, signal: controller.signal, onStep });
  assert.is(agent.steps, 37);
  assert.equal([reports.length, reports[0].length], [1, 37]);
});

test("a signal aborted before takes no step", async () => {
  const { agent, reports } = await reportsOf("pendulum", { signal: AbortSignal.abort() });
  assert.equal([agent.steps, reports.length], [0, 0]);
});

test("a timer can stop it: the event loop has its turn", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  const { agent } = await reportsOf("pendulum", { steps: 100_000, signal: controller.signal });
  assert.ok(agent.steps > 0 && agent.steps < 100_000);
});

test("counts the steps of this call, and goes on where the agent stood", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  const counted: number[] = [];
  for (const steps of [10, 15])
    for await (const _ of train(agent, environment, { steps, onStep: (step) => counted.push(step.steps) }));
  assert.equal(counted.slice(8, 12), [9, 10, 1, 2]);
  assert.is(agent.steps, 25);
});

test("every episode begins with a seed of its own, whatever else the world is used for", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  const starts: string[] = [];
  const reset: typeof environment.reset = (options) => {
    const start = environment.reset(options);
    starts.push(String(start.observation));
    return start;
  };
  const world = { ...environment, reset };
  for await (const _ of train(agent, world, { steps: 120, seed: 7 }));
  const first = starts.splice(0);
  assert.ok(first.length > 3, String(first.length));
  assert.is(new Set(first).size, first.length);
  const again = (await smallAgent("cartpole")).agent;
  for await (const { episode } of train(again, world, { steps: 120, seed: 7 }))
    environment.reset({ seed: episode });
  assert.equal(starts, first);
  starts.length = 0;
  for (const seed of [7, 8]) for await (const _ of train(agent, world, { steps: 20, seed }));
  assert.not.ok(starts.some((start) => first.includes(start)));
});

test("400 steps at once or in two halves are the same bits, in the same process or from a file", async () => {
  const [once, twice, loaded] = await Promise.all([1, 2, 3].map(() => smallAgent("pendulum")));
  const reports: EpisodeReport[][] = [[], [], []];
  for await (const report of train(once.agent, once.environment, { steps: 400 })) reports[0].push(report);
  for (const _half of [1, 2])
    for await (const report of train(twice.agent, twice.environment, { steps: 200 })) reports[1].push(report);
  for await (const report of train(loaded.agent, loaded.environment, { steps: 200 })) reports[2].push(report);
  const again = await loadAgent(loaded.agent.save());
  for await (const report of train(again, loaded.environment, { steps: 200 })) reports[2].push(report);
  for (const agent of [twice.agent, again]) assert.ok(isSame(agent.save(), once.agent.save()));
  for (const those of reports.slice(1))
    assert.equal(
      those.map(({ episode, return: sum, bound }) => [episode, sum, bound]),
      reports[0].map(({ episode, return: sum, bound }) => [episode, sum, bound]),
    );
});

test("counts environment steps, also when an action lasts several", async () => {
  const { agent, environment } = await smallAgent("pendulum", { actionRepeat: 4 });
  const reports: EpisodeReport[] = [];
  for await (const report of train(agent, environment, { steps: 260 })) reports.push(report);
  assert.equal(
    reports.map(({ steps, length }) => [steps, length]),
    [
      [200, 200],
      [260, 60],
    ],
  );
  assert.is(agent.steps, 65);
});

test("refuses an option that it does not know", async () => {
  try {
    await reportsOf("pendulum", { step: 1 } as TrainOptions);
    assert.unreachable();
  } catch (error) {
    assert.is(String(error), "TypeError: options: expected known names, got step");
  }
});

test("refuses a number of steps that is none", async () => {
  for (const steps of [-1, 1.5, Number.NaN])
    try {
      await reportsOf("pendulum", { steps });
      assert.unreachable();
    } catch (error) {
      assert.is(String(error), `RangeError: steps: expected a whole number ≥ 0, got ${steps}`);
    }
});

for (const [agent, message] of [
  [undefined, "agent: expected an agent, as createAgent makes it, got undefined"],
  [{}, "agent: expected an agent, as createAgent makes it, got an object"],
] as const)
  test(`${agent} is no agent to train`, async () => {
    const { environment } = await smallAgent("pendulum");
    assert.throws(
      () => train(agent as never, environment),
      (error: Error) => error.message === message,
    );
  });

for (const [options, message] of [
  [{ signal: true }, "signal: expected an AbortSignal, got true"],
  [{ onStep: 3 }, "onStep: expected a function, got 3"],
  [null, "options: expected an object of steps, seed, signal, episodes, target, onStep, onEpisode, got null"],
] as const)
  test(`names what is wrong with the options ${JSON.stringify(options)}`, async () => {
    const { agent, environment } = await smallAgent("pendulum");
    assert.throws(
      () => train(agent, environment, options as never),
      (error: Error) => error.message === message,
    );
  });

test("`onStep` is given what happened, and is awaited; `onEpisode` the report, and the agent as it learned from it", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  const log: string[] = [];
  let waiting = 0;
  const onStep: TrainOptions["onStep"] = async ({ observation, action, reward, steps }) => {
    assert.is(waiting++, 0);
    await new Promise((resolve) => setTimeout(resolve, 1));
    waiting--;
    assert.equal([(observation as number[]).length, typeof action, reward], [4, "number", 1]);
    log.push(`step ${steps}`);
  };
  const onEpisode: TrainOptions["onEpisode"] = async ({ steps }, { steps: learned }) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    assert.is(learned, steps);
    log.push(`episode ${steps}`);
  };
  const reports: EpisodeReport[] = [];
  for await (const report of train(agent, environment, { steps: 40, onStep, onEpisode }))
    reports.push(report);
  assert.is(log.length, 40 + reports.length);
  for (const { steps } of reports) assert.is(log[log.indexOf(`step ${steps}`) + 1], `episode ${steps}`);
});

test("what a callback throws passes through, and the episode goes on", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  let steps = 0;
  const run = train(agent, environment, {
    onStep() {
      if (++steps === 3) throw new Error("no paper");
    },
  });
  for (let i = 0; i < 2; i++) await run.step();
  const error = await run.step().catch((thrown: Error) => thrown);
  assert.is((error as Error).message, "no paper");
  assert.equal([(await run.step())?.steps, (await run.step())?.episode], [4, 1]);
});

test("is over after so many episodes", async () => {
  const { agent, reports } = await reportsOf("cartpole", { episodes: 3 });
  assert.equal([reports.length, reports.every(({ terminated }) => terminated)], [3, true]);
  const { reports: cut } = await reportsOf("cartpole", { episodes: 3, steps: reports[0].steps + 1 });
  assert.is(cut.length, 2);
  assert.ok(agent.steps >= 3);
});

test("is over once the newest five episodes had the target on average", async () => {
  const { reports } = await reportsOf("cartpole", { target: 15, steps: 1000 });
  const means = reports.map((_, i) =>
    i < 4 ? 0 : reports.slice(i - 4, i + 1).reduce((sum, report) => sum + report.return, 0) / 5,
  );
  assert.is(
    means.findIndex((mean) => mean >= 15),
    reports.length - 1,
  );
  assert.ok(reports[reports.length - 1].steps < 1000);
});

test("awaiting it is refused, by TypeScript and by the program", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  const run = train(agent, environment);
  let message = "";
  try {
    // @ts-expect-error: it is no promise
    await run;
  } catch (error) {
    message = (error as Error).message;
  }
  assert.match(message, "for await (const episode of train(…))");
  assert.is((await run.step())?.steps, 1);
});

test.run();
