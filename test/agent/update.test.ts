/** Learning in units: slices, whatever their size and wherever the agent is saved between them, change no bit. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Agent, createEnvironment, loadAgent, type Transition } from "../../src/index.ts";
import type { SynchronousEnvironment } from "../../src/types.ts";
import { isSame, live, smallAgent } from "../helpers/smallAgent.ts";
import { latentAgent } from "../helpers/smallLatentAgent.ts";

const agents = {
  observed: (task: string) => smallAgent(task, { updates: 2, imagination: 2, trustRegion: 0.3 }),
  latent: (task: string) =>
    latentAgent(task, {
      updates: 2,
      usesValue: true,
      trustRegion: 0.3,
      marginalWeight: 0.3,
      marginalSteps: 60,
      observationNoise: "learned",
    }),
} as const;
type Kind = keyof typeof agents;
const kinds = Object.keys(agents) as Kind[];

/** Transitions of some agent that acts at random, episodes of 25 steps. */
async function logOf(task: string, steps: number): Promise<Transition[]> {
  const environment = await createEnvironment(task);
  const { agent } = await smallAgent(task, { warmup: 1000 });
  const log: Transition[] = [];
  let { observation } = environment.reset({ seed: 5 });
  for (let i = 1; i <= steps; i++) {
    const action = agent.act(observation, { explore: true });
    const step = environment.step(action);
    const truncated = step.truncated || i % 25 === 0;
    log.push({ ...step, truncated, observation, action, nextObservation: step.observation });
    agent.remember(log[log.length - 1]);
    observation = step.terminated || truncated ? environment.reset().observation : step.observation;
  }
  return log;
}

/** Works everything off in slices; the agent is saved and loaded between them where it is asked for. */
async function workOff(agent: Agent, most: number, isReloaded: boolean): Promise<Agent> {
  let one = agent;
  for (;;) {
    const { units, owed } = one.update({ most });
    assert.is(units, owed > 0 ? most : units);
    if (owed === 0) return one;
    if (isReloaded) one = await loadAgent(one.save());
  }
}

for (const kind of kinds)
  for (const task of ["pendulum", "cartpole"])
    test(`${kind}, ${task}: a log is learned from in slices of any size, saved between them or not, to the bit`, async () => {
      const log = await logOf(task, 80);
      const grown = async (most: number, isReloaded: boolean) => {
        const { agent } = await agents[kind](task);
        for (const transition of log.slice(0, 50)) agent.remember(transition);
        const half = await workOff(agent, most, isReloaded);
        for (const transition of log.slice(50)) half.remember(transition);
        return (await workOff(half, most, isReloaded)).save();
      };
      const straight = await grown(Infinity, false);
      for (const most of [1, 2, 3, 5, 16, 64]) {
        assert.ok(isSame(await grown(most, false), straight), `slices of ${most}`);
        assert.ok(isSame(await grown(most, true), straight), `slices of ${most}, saved between them`);
      }
    });

/** `live` by remember and update, the update in slices. */
function liveInSlices(agent: Agent, environment: SynchronousEnvironment, steps: number, most: number): void {
  const learn = (transition: Transition) => {
    const bound = agent.remember(transition);
    let info = agent.update({ most });
    while (info.owed > 0) info = agent.update({ most });
    return { bound, ...info };
  };
  live({ ...agent, learn }, environment, steps);
}

for (const kind of kinds)
  test(`${kind}: remember and update in slices is learn, to the bit`, async () => {
    const one = await agents[kind]("cartpole");
    live(one.agent, one.environment, 60);
    const straight = one.agent.save();
    for (const most of [1, 4]) {
      const { agent, environment } = await agents[kind]("cartpole");
      liveInSlices(agent, environment, 60, most);
      assert.ok(isSame(agent.save(), straight), `slices of ${most}`);
    }
  });

for (const kind of kinds)
  test(`${kind}: saved and loaded between slices, in the middle of episodes, it lives on to the bit`, async () => {
    const straight = await agents[kind]("cartpole");
    live(straight.agent, straight.environment, 60);
    for (const most of [1, 3]) {
      const { agent, environment } = await agents[kind]("cartpole");
      let one: Agent = agent;
      let { observation } = environment.reset({ seed: 1 });
      for (let i = 0; i < 60; i++) {
        const action = one.act(observation, { explore: true });
        one = await loadAgent(one.save());
        const step = environment.step(action);
        one.remember({ ...step, observation, action, nextObservation: step.observation });
        one = await workOff(one, most, true);
        observation = step.observation;
        if (!step.terminated && !step.truncated) continue;
        observation = environment.reset().observation;
        one.reset();
      }
      assert.ok(isSame(one.save(), straight.agent.save()), `slices of ${most}`);
    }
  });

for (const kind of kinds)
  test(`${kind}: learns from a log that it remembers whole`, async () => {
    const log = await logOf("pendulum", 300);
    const { agent } = await agents[kind]("pendulum");
    for (const transition of log) agent.remember(transition);
    assert.is(agent.steps, 300);
    const [first] = [agent.update({ most: 30 })];
    let last = first;
    while (last.owed > 0) last = agent.update({ most: 30 });
    assert.ok(last.modelError < 0.6 * first.modelError, `${first.modelError}, then ${last.modelError}`);
  });

for (const kind of kinds)
  test(`${kind}: acts at random until the warm-up's updates are done, then plans`, async () => {
    const { agent } = await agents[kind]("pendulum");
    const isRandom = () => {
      agent.reset();
      agent.act([1, 0, 0], { explore: true });
      return agent.explain().plan === undefined;
    };
    for (const transition of await logOf("pendulum", 20)) agent.remember(transition);
    assert.ok(isRandom());
    const { owed } = agent.update({ most: 1 });
    agent.update({ most: owed - 1 });
    assert.ok(isRandom());
    agent.update({ most: 1 });
    assert.not.ok(isRandom());
  });

test("an update that owes nothing does nothing", async () => {
  const { agent } = await agents.observed("pendulum");
  const before = agent.save();
  assert.equal(agent.update(), { modelError: Number.NaN, units: 0, owed: 0, undone: 0, warnings: [] });
  assert.ok(isSame(agent.save(), before));
});

test("`most` is a whole number, and options have no other name", async () => {
  const { agent } = await agents.observed("pendulum");
  for (const [most, message] of [
    [-1, "RangeError: most: expected a whole number ≥ 0, got -1"],
    [0.5, "RangeError: most: expected a whole number ≥ 0, got 0.5"],
    ["3", 'RangeError: most: expected a whole number ≥ 0, got "3"'],
  ] as const)
    assert.throws(
      () => agent.update({ most: most as number }),
      (error: Error) => String(error) === message,
    );
  assert.throws(() => agent.update({ units: 3 } as never), /^options: expected known names, got units$/);
});

for (const kind of kinds)
  test(`${kind}: an update that would end in numbers that are none is undone, and told of`, async () => {
    const { agent, environment } = await agents[kind]("cartpole");
    assert.ok(live(agent, environment, 60).every(({ undone }) => undone === 0));
    const tables = agent.state as {
      experience?: { table: Float32Array };
      sequences?: { table: Float32Array; X: number; A: number; stride: number };
    };
    const before = agent.save();
    // rewards that no world gave
    const { sequences, experience } = tables;
    if (experience) experience.table.fill(Number.NaN);
    if (sequences)
      for (let at = sequences.X + sequences.A; at < sequences.table.length; at += sequences.stride)
        sequences.table[at] = Number.NaN;
    const transition = { action: 1, reward: 1, terminated: false, truncated: false };
    const observation = [0.01, 0.02, 0.03, 0.04];
    const { undone, owed } = agent.learn({ ...transition, observation, nextObservation: [...observation] });
    assert.ok(undone > 0, String(undone));
    assert.is(owed, 0);
    assert.ok(agent.save().length > 0.5 * before.length);
    agent.reset();
    assert.ok([0, 1].includes(agent.act(observation) as number));
  });

test.run();
