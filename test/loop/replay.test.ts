/** A run that is saved and resumed does what the straight one does, to the bit. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { SynchronousEnvironment } from "../../src/environments/environment.ts";
import { createEnvironment, type Environment, type Run, resume, train } from "../../src/index.ts";
import type { StepReport } from "../../src/loop/report.ts";
import { later } from "../helpers/later.ts";
import { isSame, smallAgent } from "../helpers/smallAgent.ts";
import { latentAgent } from "../helpers/smallLatentAgent.ts";

const STEPS = 200;

/** Agents of both kinds, tasks of both kinds of action, with endings, belief noise and every part that learns. */
const agents = {
  "observed, pendulum": () => smallAgent("pendulum", { imagination: 2, trustRegion: 0.3 }),
  "observed, cartpole": () => smallAgent("cartpole", { updates: 2, memory: 64, lessons: 32 }),
  "observed, actions that last": () => smallAgent("pendulum", { actionRepeat: 3 }),
  "latent, cartpole": () => latentAgent("cartpole", { usesValue: true, observationNoise: "learned" }),
  "latent, t-maze, sequential": () =>
    latentAgent("t-maze", { search: "smc", conditioning: "path", contrasts: 2, informationWeight: 0.1 }),
} as const;
const tasks: Readonly<Record<keyof typeof agents, string>> = {
  "observed, pendulum": "pendulum",
  "observed, cartpole": "cartpole",
  "observed, actions that last": "pendulum",
  "latent, cartpole": "cartpole",
  "latent, t-maze, sequential": "t-maze",
};

/** A world that can be copied, one that has to be replayed, and one that answers later. */
const worlds: Readonly<Record<string, (world: SynchronousEnvironment) => Environment>> = {
  copied: (world) => world,
  replayed: ({ save, load, ...world }) => world,
  "replayed, over a wire": later,
};

async function stepsOf(run: Run, count = Number.POSITIVE_INFINITY): Promise<StepReport[]> {
  const reports: StepReport[] = [];
  while (reports.length < count) {
    const report = await run.step();
    if (report === undefined) break;
    reports.push(report);
  }
  return reports;
}

for (const name of Object.keys(agents) as (keyof typeof agents)[])
  test(`${name}: saved and resumed after every step, it is the straight run`, async () => {
    const { agent, environment } = await agents[name]();
    const straight = train(agent, environment, { steps: STEPS });
    const files = [straight.save()];
    const reports: StepReport[] = [];
    for (let report = await straight.step(); report !== undefined; report = await straight.step()) {
      reports.push(report);
      files.push(straight.save());
    }
    const world = await createEnvironment(tasks[name]);
    for (let split = 0; split < reports.length; split++) {
      // one step further from every split: what it saves is what the straight run saved, and so on
      const run = await resume(files[split], world);
      assert.equal(await stepsOf(run, 1), [reports[split]], `step after split ${split}`);
      assert.ok(isSame(run.save(), files[split + 1]), `file after split ${split}`);
    }
  });

for (const name of Object.keys(agents) as (keyof typeof agents)[])
  for (const kind of Object.keys(worlds))
    test(`${name}, a world that is ${kind}: from some splits to the end`, async () => {
      const { agent, environment } = await agents[name]();
      const straight = train(agent, worlds[kind](environment), { steps: STEPS });
      const files = [straight.save()];
      const reports: StepReport[] = [];
      for (let report = await straight.step(); report !== undefined; report = await straight.step()) {
        reports.push(report);
        files.push(straight.save());
      }
      const world = worlds[kind](await createEnvironment(tasks[name]));
      for (const split of [1, 19, 20, 21, 47, reports.length - 2, reports.length]) {
        const run = await resume(files[split], world);
        assert.equal(await stepsOf(run), reports.slice(split), `steps after split ${split}`);
        assert.ok(isSame(run.save(), files[reports.length]), `file of split ${split}`);
      }
    });

test("a run that is over goes on when it is given more steps", async () => {
  const [short, long] = [await smallAgent("cartpole"), await smallAgent("cartpole")];
  const first = train(short.agent, short.environment, { steps: 37 });
  const reports = await stepsOf(first);
  const again = await resume(first.save(), await createEnvironment("cartpole"), { steps: 90 });
  reports.push(...(await stepsOf(again)));
  const whole = train(long.agent, long.environment, { steps: 90 });
  const expected = await stepsOf(whole);
  assert.equal(
    reports.map(({ episodeReport, ...report }) => report),
    expected.map(({ episodeReport, ...report }) => report),
  );
  assert.ok(isSame(again.save(), whole.save()));
  assert.is(await (await resume(first.save(), await createEnvironment("cartpole"))).step(), undefined);
});

test("iterated, a resumed run tells of the episode that it is in, whole", async () => {
  const [one, other] = [await smallAgent("cartpole"), await smallAgent("cartpole")];
  const run = train(one.agent, one.environment, { steps: 120 });
  const expected = [];
  for await (const report of train(other.agent, other.environment, { steps: 120 })) expected.push(report);
  const told = (await stepsOf(run, 50)).flatMap(({ episodeReport }) => episodeReport ?? []);
  const counted: number[] = [];
  const onStep = ({ steps }: { steps: number }) => counted.push(steps);
  for await (const report of await resume(run.save(), await createEnvironment("cartpole"), { onStep }))
    told.push(report);
  assert.equal(told, expected);
  assert.equal([counted[0], counted.at(-1)], [51, 120]);
});

test("another world is named, with the step at which it answers otherwise", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  const run = train(agent, later(environment), { steps: 100 });
  let report = await run.step();
  while (report?.episodeReport === undefined) report = await run.step();
  await stepsOf(run, 5);
  const file = run.save();
  const world = await createEnvironment("cartpole");
  let taken = 0;
  const worn: Environment = {
    ...later(world),
    reset: (options) => world.reset(options),
    step(action) {
      const step = world.step(action);
      return ++taken === 4 ? { ...step, reward: step.reward + 1e-9 } : step;
    },
  };
  const elsewhere: Environment = {
    ...later(world),
    reset: ({ seed = 0 } = {}) => world.reset({ seed: seed + 1 }),
  };
  for (const [other, where] of [
    [worn, "action 4 of episode 2"],
    [elsewhere, "the start of episode 2"],
  ] as const)
    try {
      await resume(file, other);
      assert.unreachable();
    } catch (error) {
      const expected = `environment: expected the world of the saved run, got one that answers otherwise at ${where}`;
      assert.is((error as Error).message, expected);
    }
});

test("a world that cannot be loaded is refused where the run's was copied", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  const run = train(agent, environment);
  await run.step();
  try {
    await resume(run.save(), later(environment));
    assert.unreachable();
  } catch (error) {
    const expected = "environment: expected one with `load`, as the saved run's has, got one without";
    assert.is((error as Error).message, expected);
  }
});

test("options that it does not know, a seed among them, are refused", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  const file = train(agent, environment).save();
  for (const [options, message] of [
    [{ seed: 3 } as object, "options: expected known names, got seed"],
    [{ steps: -1 }, "steps: expected a whole number ≥ 0, got -1"],
  ] as const)
    try {
      await resume(file, environment, options);
      assert.unreachable();
    } catch (error) {
      assert.is((error as Error).message, message);
    }
});

test("a limit on episodes is saved, and may be asked for anew", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  const run = train(agent, environment, { episodes: 3 });
  while (!(await run.step())?.episodeReport);
  const bytes = run.save();
  for (const [options, count] of [
    [{}, 2],
    [{ episodes: 2 }, 1],
  ] as const) {
    const told = [];
    for await (const report of await resume(bytes, await createEnvironment("cartpole"), options))
      told.push(report);
    assert.is(told.length, count);
  }
});

test.run();
