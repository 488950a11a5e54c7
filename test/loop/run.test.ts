import { test } from "uvu";
import * as assert from "uvu/assert";
import { type EpisodeReport, evaluate, type Run, train } from "../../src/index.ts";
import type { StepReport } from "../../src/types.ts";
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
      "Error: step: expected the last step to be over, got one that is under way; await it",
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
  for (const world of [{ ...environment, step }, later({ ...environment, step })]) {
    left = 5;
    const run = train(agent, world, { steps: 10 });
    const seen: unknown[] = [];
    for (let i = 0; i < 6; i++)
      seen.push(
        await run.step().then(
          (report) => [report?.episode, report?.steps],
          (error: Error) => error.message,
        ),
      );
    assert.equal(seen, [[1, 1], [1, 2], [1, 3], [1, 4], "the wire broke", [2, 5]]);
  }
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
