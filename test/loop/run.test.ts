import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Environment, type EpisodeReport, evaluate, type Run, resume, train } from "../../src/index.ts";
import type { StepReport, SynchronousEnvironment } from "../../src/types.ts";
import { later } from "../helpers/later.ts";
import { isSame, live, smallAgent } from "../helpers/smallAgent.ts";
import { latentAgent } from "../helpers/smallLatentAgent.ts";

/** All steps of a run. */
async function stepsOf(run: Run): Promise<StepReport[]> {
  const reports: StepReport[] = [];
  for (let report = await run.step(); report !== undefined; report = await run.step()) reports.push(report);
  return reports;
}

const agents = { observed: smallAgent, latent: latentAgent } as const;
const kinds = ["observed", "latent"] as const;

for (const kind of kinds)
  test(`${kind}: stepped or iterated, at once or later, it is the same run to the bit`, async () => {
    const [stepped, iterated, awaited] = await Promise.all([1, 2, 3].map(() => agents[kind]("cartpole")));
    const reports = await stepsOf(train(stepped.agent, stepped.environment, { steps: 80 }));
    const episodes: EpisodeReport[] = [];
    for await (const report of train(iterated.agent, iterated.environment, { steps: 80 }))
      episodes.push(report);
    const late = await stepsOf(train(awaited.agent, later(awaited.environment), { steps: 80 }));
    assert.equal(late, reports);
    assert.equal(
      reports.flatMap(({ episodeReport }) => episodeReport ?? []),
      episodes,
    );
    for (const { agent } of [iterated, awaited]) assert.ok(isSame(agent.save(), stepped.agent.save()));
  });

test("a step tells the transition, where it led, and the episode's report with its last step", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  const run = train(agent, environment, { steps: 60 });
  const reports = await stepsOf(run);
  assert.is(run.steps, 60);
  assert.is(agent.steps, 60);
  reports.forEach((report, i) => {
    assert.is(report.steps, i + 1);
    const isLast = report.terminated || report.truncated || i === 59;
    assert.is(report.episodeReport !== undefined, isLast);
    assert.is(report.episodeReport?.return ?? report.return, report.return);
    const next = reports[i + 1];
    if (next === undefined) return;
    assert.is(next.episode, report.episode + Number(isLast));
    if (!isLast) assert.is(next.observation, report.nextObservation);
  });
  assert.is(await run.step(), undefined);
});

test("a run that was left goes on when it is iterated again", async () => {
  const [{ agent, environment }, whole] = [await smallAgent("cartpole"), await smallAgent("cartpole")];
  const run = train(agent, environment, { steps: 80 });
  const episodes: number[] = [];
  for await (const { episode } of run) {
    episodes.push(episode);
    if (episode === 2) break;
  }
  for await (const { episode } of run) episodes.push(episode);
  assert.equal(
    episodes,
    episodes.map((_, i) => i + 1),
  );
  await stepsOf(train(whole.agent, whole.environment, { steps: 80 }));
  assert.ok(isSame(agent.save(), whole.agent.save()));
});

test("by habit it acts as `evaluate` does, and learns nothing", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  live(agent, environment, 60);
  agent.reset();
  const before = agent.save();
  const run = train(agent, environment, { steps: 500, seed: 1000 });
  let report = await run.step({ policy: "habit" });
  while (report?.episodeReport === undefined) report = await run.step({ policy: "habit" });
  assert.is(report.bound, undefined);
  // the episode itself is part of the file
  agent.reset();
  assert.ok(isSame(agent.save(), before));
  assert.ok(Number.isNaN(report.episodeReport.modelError));
});

test("a second step before the first is over is refused", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  const run = train(agent, later(environment), { steps: 10 });
  const first = run.step();
  try {
    await run.step();
    assert.unreachable();
  } catch (error) {
    assert.is(
      String(error),
      "BusyError: step: expected the last step to be over, got one that is under way; await it",
    );
  }
  await first;
  assert.is((await run.step())?.steps, 2);
});

test("what a world throws comes out of the step, and the next one begins a new episode", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  let left = 5;
  const step: typeof environment.step = (action) => {
    if (--left === 0) throw new Error("the wire broke");
    return environment.step(action);
  };
  for (const [before, world] of [
    [0, { ...environment, step }],
    [2, later({ ...environment, step })],
  ] as const) {
    left = 5;
    const run = train(agent, world, { steps: 10 });
    const seen: unknown[] = [];
    for (let i = 0; i < 6; i++)
      seen.push(
        await run.step().then(
          (report) => [Number(report?.episode) - before, report?.steps],
          (error: Error) => error.message,
        ),
      );
    assert.equal(seen, [[1, 1], [1, 2], [1, 3], [1, 4], "the wire broke", [2, 5]]);
  }
});

/** Pendulum over a wire that breaks at the given step of the world's life. */
function breaking(environment: SynchronousEnvironment, at: number, how: () => unknown): Environment {
  let steps = 0;
  const world = later(environment);
  return {
    ...world,
    step: (action) => (++steps === at ? (how() as Promise<never>) : world.step(action)),
  };
}

const brokenWire = () => Promise.reject(new Error("the wire broke"));

for (const kind of kinds)
  test(`${kind}: the episode that a rejected promise ends is told of as truncated, and the agent goes on`, async () => {
    const { agent, environment } = await agents[kind]("pendulum");
    const run = train(agent, breaking(environment, 31, brokenWire), { steps: 50 });
    const told: string[] = [];
    const iterate = async () => {
      for await (const { episode, length, terminated, truncated } of run)
        told.push([episode, length, terminated, truncated].join());
    };
    const message = await iterate().then(
      () => "none",
      (error: Error) => error.message,
    );
    assert.is(message, "the wire broke");
    assert.equal(told, ["1,30,false,true"]);
    assert.is(agent.steps, 30);
    // what was learned is as good as ever: it acts, is evaluated and saved, and the run goes on
    await evaluate(agent, environment, { episodes: 1, policy: "habit" });
    const { agent: again } = await resume(run.save(), later(environment));
    assert.ok(isSame(again.save(), agent.save()));
    await iterate();
    assert.equal(told.slice(1), ["2,20,false,false"]);
    assert.is(agent.steps, 50);
  });

for (const kind of kinds)
  test(`${kind}: what is learned then is what is learned of an episode that the world cut short, to the bit`, async () => {
    const [broken, cut] = [await agents[kind]("pendulum"), await agents[kind]("pendulum")];
    const run = train(broken.agent, breaking(broken.environment, 31, brokenWire), { steps: 50 });
    while ((await run.step().catch(() => undefined)) !== undefined);
    await stepsOf(run);
    let steps = 0;
    const step: typeof cut.environment.step = (action) => {
      const answer = cut.environment.step(action);
      return { ...answer, truncated: ++steps === 30 };
    };
    await stepsOf(train(cut.agent, { ...cut.environment, step }, { steps: 50 }));
    assert.is(broken.agent.steps, 50);
    assert.ok(isSame(broken.agent.save(), cut.agent.save()));
  });

test("a promise that is rejected where an episode begins ends no episode", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  let resets = 0;
  const reset = () => (++resets === 2 ? brokenWire() : Promise.resolve(environment.reset({ seed: 1 })));
  const run = train(agent, { ...later(environment), reset }, { steps: 210 });
  const told: number[] = [];
  const iterate = async () => {
    for await (const { episode } of run) told.push(episode);
  };
  assert.is(await iterate().catch((error: Error) => error.message), "the wire broke");
  assert.equal(told, [1]);
  await iterate();
  assert.equal(told, [1, 2]);
});

test("a signal ends a run whose world does not answer; the episode counts as truncated", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  const controller = new AbortController();
  const silent = breaking(environment, 26, () => {
    setTimeout(() => controller.abort(), 5);
    return new Promise(() => {});
  });
  const run = train(agent, silent, { steps: 100, signal: controller.signal });
  const told: string[] = [];
  for await (const { length, terminated, truncated } of run)
    told.push([length, terminated, truncated].join());
  assert.equal(told, ["25,false,true"]);
  assert.is(await run.step(), undefined);
  // nobody waits any more: the agent acts, and another run begins
  agent.act([1, 0, 0], { policy: "habit" });
  assert.is((await train(agent, environment).step())?.episode, 2);
  assert.is(agent.steps, 26);
});

test("the episode that a signal cuts short counts as truncated", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  for (const world of [environment, later(environment)]) {
    const controller = new AbortController();
    const onStep = ({ steps }: { steps: number }) => steps === 7 && controller.abort();
    const reports: EpisodeReport[] = [];
    for await (const report of train(agent, world, {
      signal: controller.signal,
      onStep,
    }))
      reports.push(report);
    assert.equal(
      reports.map(({ length, terminated, truncated }) => [length, terminated, truncated]),
      [[7, false, true]],
    );
  }
});

test("an evaluation ends with the error of its world, or when it is told to, and another one may begin", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  const options = { episodes: 1, policy: "habit" } as const;
  for (const world of [
    breaking(environment, 3, brokenWire),
    breaking(environment, 3, () => {
      throw new Error("the wire broke");
    }),
  ]) {
    assert.is(await evaluate(agent, world, options).catch((error: Error) => error.message), "the wire broke");
    assert.is((await evaluate(agent, world, options)).lengths[0], 200);
  }
  const controller = new AbortController();
  const silent = breaking(environment, 3, () => {
    controller.abort();
    return new Promise(() => {});
  });
  const { returns } = await evaluate(agent, silent, { ...options, signal: controller.signal });
  assert.equal(returns, []);
  assert.is((await evaluate(agent, environment, options)).lengths[0], 200);
});

test("a world that answers later is evaluated as one that answers at once", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  live(agent, environment, 60);
  for (const policy of ["plan", "habit"] as const) {
    const options = { episodes: 3, policy };
    const prompt = await evaluate(agent, environment, options);
    const late = await evaluate(agent, later(environment), options);
    assert.equal([late.returns, late.lengths], [prompt.returns, prompt.lengths]);
  }
});

test.run();
