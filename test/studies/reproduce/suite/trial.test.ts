import { test } from "uvu";
import * as assert from "uvu/assert";
import { runTrial, worldOf } from "../../../../studies/reproduce/suite/trial.ts";

const options = { warmup: 10 };

test("looks are at the steps asked for, and change nothing of what is learned", async () => {
  const line = await runTrial("chain", 1, { steps: [15, 30], episodes: 2, options });
  assert.equal([line.world, line.seed], ["chain", 1]);
  assert.equal(
    line.looks.map(({ steps, planner, habit }) => [steps, planner.length, habit.length]),
    [
      [15, 2, 20],
      [30, 2, 20],
    ],
  );
  const [first, second] = line.looks;
  assert.ok(0 < first.wallSeconds && first.wallSeconds < second.wallSeconds);
  assert.ok(0 < first.cpuSeconds && first.cpuSeconds <= second.cpuSeconds);

  const once = await runTrial("chain", 1, { steps: [30], episodes: 2, options });
  assert.equal([once.looks[0].planner, once.looks[0].habit], [second.planner, second.habit]);
  assert.is(once.firstGoal, line.firstGoal);
});

test("the first goal is the first reward above 0, and none is null", async () => {
  const settings = { steps: [12], episodes: 1, options };
  assert.is((await runTrial("cartpole", 1, settings)).firstGoal, 1);
  assert.is((await runTrial("two modes", 1, settings)).firstGoal, null);
});

test("what hides a part of its state is learned as a latent, unless options say otherwise", async () => {
  const settings = { steps: [2], episodes: 1 };
  const latent = { latentSize: 8 };
  await runTrial("lamp", 1, { ...settings, options: latent });
  try {
    await runTrial("grid", 1, { ...settings, options: latent });
    assert.unreachable();
  } catch (error) {
    assert.match((error as Error).message, /serve "observed", got latentSize/);
  }
});

test("an unknown world is named", () => {
  assert.throws(() => worldOf("fly"), /^world: expected one of pendulum; .*, got fly$/);
});

test.run();
