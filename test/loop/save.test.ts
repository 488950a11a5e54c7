import { test } from "uvu";
import * as assert from "uvu/assert";
import { loadAgent, train } from "../../src/index.ts";
import { readRun } from "../../src/loop/save.ts";
import { edited } from "../helpers/files.ts";
import { later } from "../helpers/later.ts";
import { isSame, smallAgent } from "../helpers/smallAgent.ts";

async function steppedRun(isCopied: boolean, steps = 7) {
  const { agent, environment } = await smallAgent("cartpole");
  const run = train(agent, isCopied ? environment : later(environment), { steps: 100, seed: 3 });
  for (let i = 0; i < steps; i++) await run.step();
  return { agent, environment, run };
}

test("a run's file is its agent's, too", async () => {
  const { agent, run } = await steppedRun(true);
  const loaded = await loadAgent(run.save());
  assert.is(loaded.steps, 7);
  assert.ok(isSame(loaded.save(), agent.save()));
});

test("holds what was asked for, sums, and the world: its copy, or the way there", async () => {
  const [copied, replayed] = [await steppedRun(true), await steppedRun(false)];
  const [{ lanes, ...run }, other] = [copied, replayed].map(({ run }) => readRun(run.save()).run);
  assert.equal(run.settings, { steps: 100, seed: 3 });
  assert.is(run.progress.steps, 7);
  assert.is(run.progress.sums.bound.reward, 7);
  assert.equal(lanes[0].world, copied.environment.save());
  assert.is(lanes[0].trace, undefined);
  assert.is(other.lanes[0].world, undefined);
  assert.is(other.lanes[0].trace?.actions.length, 7);
  assert.is(other.lanes[0].trace?.answers.length, 8);
  assert.equal(other.lanes[0].place, lanes[0].place);
});

test("a run that has not begun can be saved", async () => {
  const { run } = await steppedRun(true, 0);
  assert.equal([readRun(run.save()).run.lanes[0].place.episode, run.steps], [0, 0]);
});

test("is refused while a step is under way, and where the world's copy is no plain data", async () => {
  const { run } = await steppedRun(false);
  const pending = run.step();
  assert.throws(() => run.save(), "save: expected the step to be over, got one that is under way; await it");
  await pending;
  const { agent, environment } = await smallAgent("pendulum");
  const odd = train(agent, { ...environment, save: () => ({ now: new Date(0) }) });
  await odd.step();
  assert.throws(() => odd.save(), "run.lanes[0].world.now: expected plain data, got Date");
});

test("what is no run is refused in a sentence", async () => {
  const { agent, run } = await steppedRun(true);
  assert.throws(
    () => readRun(agent.save()),
    "bytes: expected a run, as its `save` writes it, got an agent alone",
  );
  const changed = (text: string) => edited(run.save(), { texts: { run: text } });
  assert.throws(
    () => readRun(changed("{")),
    "file: expected whole safetensors, got a damaged file: run is no plain data",
  );
  assert.throws(() => readRun(changed("null")), "run: expected the format generative-agent/run/2, got none");
  assert.throws(
    () => readRun(changed('{"format":"generative-agent/run/9"}')),
    'run: expected the format generative-agent/run/2, got "generative-agent/run/9"',
  );
});

test.run();
