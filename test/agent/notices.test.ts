import { test } from "uvu";
import * as assert from "uvu/assert";
import { live, smallAgent } from "../helpers/smallAgent.ts";
import { latentAgent } from "../helpers/smallLatentAgent.ts";

/** An agent of the pendulum that has lived for 60 steps, and a transition as it knows them. */
async function lived() {
  const { agent, environment } = await smallAgent("pendulum");
  const infos = live(agent, environment, 60);
  assert.equal(
    infos.flatMap(({ warnings }) => warnings),
    [],
  );
  return agent;
}

const transition = {
  observation: [1, 0, 0.5],
  action: [0],
  reward: -1,
  nextObservation: [1, 0, 0.5],
  terminated: false,
  truncated: false,
};

test("a reading far from all before is told once, by its dimension", async () => {
  const agent = await lived();
  const { warnings } = agent.learn({ ...transition, observation: [1, 0, 1e4] });
  assert.is(warnings.length, 1);
  assert.match(
    warnings[0],
    /^observation\[2\]: a value lay \d+ standard deviations from the mean so far; it is read as 8$/,
  );
  assert.equal(agent.learn({ ...transition, observation: [1, 0, -1e9] }).warnings, []);
  assert.match(agent.learn({ ...transition, observation: [500, 0, 0] }).warnings[0], /^observation\[0\]/);
});

test("so is a reward", async () => {
  const agent = await lived();
  const { warnings } = agent.learn({ ...transition, reward: 1e6 });
  assert.is(warnings.length, 1);
  assert.match(warnings[0], /^reward: one lay \d+ standard deviations from the mean so far/);
  assert.equal(agent.learn({ ...transition, reward: -1e9 }).warnings, []);
});

test("and a dimension that never varied, and then does", async () => {
  const { agent } = await smallAgent("pendulum");
  const still = Array.from({ length: 40 }, (_, i) => [Math.sin(i), 0.25, Math.cos(i)]);
  const remember = (observation: readonly number[]) =>
    agent.learn({ ...transition, observation: [...observation], nextObservation: [0, 0.25, 0] });
  for (const observation of still) assert.equal(remember(observation).warnings, []);
  assert.equal(remember([0, 0.5, 0]).warnings, [
    "observation[1]: varied for the first time after the warm-up; it is read from the next refresh of scales on",
  ]);
  assert.equal(remember([0, 0.75, 0]).warnings, []);
});

test("what was told is not told again by a loaded agent", async () => {
  const agent = await lived();
  agent.remember({ ...transition, reward: 1e6 });
  const { loadAgent } = await import("../../src/index.ts");
  const loaded = await loadAgent(agent.save());
  assert.is(loaded.update().warnings.length, 1);
  assert.is((await loadAgent(loaded.save())).update().warnings.length, 0);
});

test("an agent with a belief tells of far readings, far rewards and what varies at last, each once; not of what was not seen", async () => {
  const { agent, environment } = await latentAgent("pendulum");
  const said = live(agent, environment, 60).flatMap(({ warnings }) => warnings);
  assert.equal(said, []);
  agent.reset();
  const blind = { ...transition, observation: [1, Number.NaN, 0.5], nextObservation: [1, Number.NaN, 0.5] };
  assert.equal(agent.learn(blind).warnings, []);
  const { warnings } = agent.learn({ ...blind, nextObservation: [1, 0, 1e4], reward: 1e6 });
  assert.is(warnings.length, 2);
  assert.match(
    warnings[0],
    /^observation\[2\]: a value lay \d+ standard deviations from the mean so far; scales follow it as if it lay 8 away$/,
  );
  assert.match(warnings[1], /^reward: one lay \d+ standard deviations/);
  assert.equal(agent.learn({ ...blind, observation: [1, 0, 1e4], reward: -1e6 }).warnings, []);

  const still = await latentAgent("pendulum");
  const seen = (value: number) => ({
    ...transition,
    observation: [0, value, 0],
    nextObservation: [1, value, 0],
  });
  for (let i = 0; i < 30; i++) assert.equal(still.agent.learn(seen(0.25)).warnings, []);
  assert.match(still.agent.learn(seen(0.5)).warnings.join(), /^observation\[1\]: varied for the first time/);
});

test.run();
