import { test } from "uvu";
import * as assert from "uvu/assert";
import { type VectorStepReport, vectorEnvironment } from "../../src/environments.ts";
import {
  createAgent,
  createEnvironment,
  type Environment,
  type EpisodeReport,
  type Options,
  type Run,
  resume,
  train,
} from "../../src/index.ts";
import { later } from "../helpers/later.ts";
import { isSame, small, smallAgent } from "../helpers/smallAgent.ts";
import { latentAgent } from "../helpers/smallLatentAgent.ts";

type World = Awaited<ReturnType<typeof createEnvironment>>;

/** An agent with a lane for each of n copies of a task. */
async function made(task: string, n: number, change: (world: World) => Environment = (world) => world) {
  const worlds = await vectorEnvironment(async () => change(await createEnvironment(task)), n);
  const options: Options = { ...small, temperature: "auto", curiosity: 0.5 };
  return { worlds, options, agent: await createAgent(worlds, options) };
}

async function stepsOf<Report>(run: Run<Report>): Promise<Report[]> {
  const reports: Report[] = [];
  for (let report = await run.step(); report !== undefined; report = await run.step()) reports.push(report);
  return reports;
}

for (const task of ["pendulum", "cartpole", "mountain-car-continuous"])
  test(`one copy of ${task} is the plain training, to the bit`, async () => {
    const { agent, worlds, options } = await made(task, 1);
    const plain = await createAgent(await createEnvironment(task), options);
    const reports = await stepsOf(train(agent, worlds, { steps: 90 }));
    const expected = await stepsOf(train(plain, await createEnvironment(task), { steps: 90 }));
    assert.equal(
      reports.map(([{ lane: _, ...report }]) => report),
      expected,
    );
    assert.ok(isSame(agent.save(), plain.save()));
  });

for (const task of ["pendulum", "cartpole"])
  test(`four copies of ${task}: the same seed gives the same bits, stepped or iterated, at once or later`, async () => {
    const runs = await Promise.all([made(task, 4), made(task, 4), made(task, 4, later)]);
    const [stepped, iterated, late] = runs.map(({ agent, worlds }) => train(agent, worlds, { steps: 240 }));
    const reports = await stepsOf(stepped);
    const episodes: EpisodeReport[] = [];
    for await (const report of iterated) episodes.push(report);
    assert.equal(await stepsOf(late), reports);
    assert.equal(
      reports.flat().flatMap(({ episodeReport }) => episodeReport ?? []),
      episodes,
    );
    for (const { agent } of runs.slice(1)) assert.ok(isSame(agent.save(), runs[0].agent.save()));
    assert.is(runs[0].agent.steps, 240);
    assert.is(stepped.steps, 240);
  });

test("every copy is remembered each step, its episodes have numbers and starts of their own, and its actions differ", async () => {
  const { agent, worlds } = await made("cartpole", 3);
  const run = train(agent, worlds, { steps: 150 });
  const reports = (await stepsOf(run)).flat();
  const lanes = [0, 1, 2].map((lane) => reports.filter((report) => report.lane === lane));
  for (const own of lanes)
    for (const [i, { episodeReport, nextObservation, episode }] of own.entries()) {
      const next = own[i + 1];
      if (next === undefined) continue;
      assert.is(next.episode === episode, episodeReport === undefined);
      if (episodeReport === undefined) assert.equal(next.observation, nextObservation);
    }
  const ended = reports.flatMap(({ episodeReport }) => episodeReport ?? []);
  assert.is(new Set(ended.map(({ episode }) => episode)).size, ended.length);
  assert.is(new Set(lanes.map(([{ observation }]) => String(observation))).size, 3);
  assert.is(new Set(lanes.map((own) => own.map(({ action }) => action).join())).size, 3);
  assert.is(
    ended.reduce((sum, { length }) => sum + length, 0),
    150,
  );
});

for (const [name, change] of [
  ["can be copied", (world: World) => world],
  ["is replayed", later],
] as const)
  test(`a run in copies of a world that ${name} goes on where it was saved, with the same bits`, async () => {
    const { agent, worlds } = await made("cartpole", 3, change);
    const straight = train(agent, worlds, { steps: 120 });
    const reports: (readonly VectorStepReport[])[] = [];
    const files = [straight.save()];
    for (let report = await straight.step(); report !== undefined; report = await straight.step()) {
      reports.push(report);
      files.push(straight.save());
    }
    for (const split of [0, 7, 8, 21, reports.length - 1, reports.length]) {
      const run = await resume(files[split], (await made("cartpole", 3, change)).worlds);
      assert.equal(await stepsOf(run), reports.slice(split), `after split ${split}`);
      assert.ok(isSame(run.save(), files[reports.length]), `file after split ${split}`);
    }
  });

test("a file of copies is not resumed in another number of them", async () => {
  const { agent, worlds } = await made("pendulum", 2);
  const bytes = train(agent, worlds).save();
  for (const [world, count] of [
    [await createEnvironment("pendulum"), 1],
    [(await made("pendulum", 3)).worlds, 3],
  ] as const)
    assert.is(
      await resume(bytes, world as Environment).then(
        () => "none",
        (error: Error) => error.message,
      ),
      `environment: expected 2 copies, as the saved run has, got ${count}`,
    );
});

test("a copy that fails ends its own episode alone; the others are learned from", async () => {
  let left = 20;
  const { agent, worlds } = await made("pendulum", 3, (world) => ({
    ...world,
    step(action) {
      if (--left === 0) throw new Error("the wire broke");
      return world.step(action);
    },
  }));
  const run = train(agent, worlds, { steps: 100 });
  const told: string[] = [];
  const iterate = async () => {
    for await (const { episode, length, truncated } of run) told.push([episode, length, truncated].join());
  };
  assert.is(await iterate().catch((error: Error) => error.message), "the wire broke");
  // the twentieth step is that of copy 1 in the seventh decision
  assert.equal(told, ["2,6,true"]);
  assert.is(agent.steps, 20);
  await iterate();
  assert.is(agent.steps, 101);
  assert.equal(told.slice(1).sort(), ["1,34,false", "3,34,false", "4,27,false"]);
});

test("a reading that is no number ends the episode of its copy", async () => {
  let left = 11;
  const { agent, worlds } = await made("pendulum", 2, (world) => ({
    ...world,
    step: (action) => ({ ...world.step(action), ...(--left === 0 && { reward: Number.NaN }) }),
  }));
  const reports = (await stepsOf(train(agent, worlds, { steps: 40 }))).flat();
  const [fault] = reports.flatMap(({ episodeReport }) => episodeReport ?? []);
  assert.equal([fault.episode, fault.length, fault.truncated], [1, 5, true]);
  assert.match(fault.fault ?? "", /reward: expected a finite number/);
  assert.is(agent.steps, 41);
});

test("a signal cuts the episodes of all copies short", async () => {
  const { agent, worlds } = await made("pendulum", 2);
  const controller = new AbortController();
  const onStep = ({ steps }: { steps: number }) => void (steps >= 10 && controller.abort());
  const told: EpisodeReport[] = [];
  for await (const report of train(agent, worlds, { signal: controller.signal, onStep })) told.push(report);
  assert.equal(
    told.map(({ length, truncated }) => [length, truncated]),
    [
      [5, true],
      [5, true],
    ],
  );
});

test("an action may last several steps", async () => {
  const worlds = await vectorEnvironment(() => createEnvironment("pendulum"), 2);
  const agent = await createAgent(worlds, { ...small, actionRepeat: 4 });
  const run = train(agent, worlds, { steps: 80 });
  await stepsOf(run);
  assert.equal([agent.steps, run.steps], [20, 80]);
});

test("a masked choice is never taken, whichever copies have a mask", async () => {
  const masked = (world: World): Environment => ({
    ...world,
    reset: (options) => ({ ...world.reset(options), info: { actionMask: [0, 1] } }),
    step: (action) => ({ ...world.step(action), info: { actionMask: [0, 1] } }),
  });
  let copy = 0;
  const { agent, worlds } = await made("cartpole", 3, (world) => (copy++ === 1 ? masked(world) : world));
  const reports = (await stepsOf(train(agent, worlds, { steps: 120 }))).flat();
  const taken = [0, 1, 2].map(
    (lane) => new Set(reports.filter((report) => report.lane === lane).map(({ action }) => action)).size,
  );
  assert.equal(taken, [2, 1, 2]);
});

test("by habit it learns nothing", async () => {
  const { agent, worlds } = await made("cartpole", 2);
  const run = train(agent, worlds, { steps: 60 });
  for (let i = 0; i < 5; i++)
    for (const { bound } of (await run.step({ policy: "habit" })) ?? []) assert.is(bound, undefined);
  assert.is(agent.steps, 0);
});

test("refuses an agent with another number of lanes, and one that can have no more", async () => {
  const { worlds } = await made("pendulum", 2);
  const { agent } = await smallAgent("pendulum");
  assert.throws(
    () => train(agent, worlds),
    "environment: expected as many copies as the agent has lanes, 1, got 2; make the agent with lanes: 2",
  );
  const latent = await latentAgent("pendulum");
  assert.throws(() => train(latent.agent, worlds), 'which agents with model: "latent" do not have');
});

test.run();
