/** Every fault is found in a world that has it and no other, and nothing is found where nothing is wrong. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Agent } from "../../src/agent/interface.ts";
import { createAgent, diagnose, type Environment, train } from "../../src/index.ts";
import { worlds } from "../../studies/worlds/index.ts";
import { environmentOf } from "../../studies/worlds/world.ts";
import { FAULTS, pushed } from "../helpers/faultyWorlds.ts";
import { isSame, live, smallAgent } from "../helpers/smallAgent.ts";

const quick = {
  ...{ members: 2, hidden: [16, 16], horizon: 10, candidates: 16, imagination: 1 },
  ...{ warmup: 60, warmupUpdates: 60, delay: 40, updates: 3, seed: 1 },
};

/** What is found every so many steps. */
async function found(agent: Agent, world: Environment, steps: number, every: number) {
  const codes = new Map<number, readonly string[]>();
  const run = train(agent, world, { steps });
  while ((await run.step()) !== undefined)
    if (agent.steps % every === 0)
      codes.set(
        agent.steps,
        diagnose(agent).map(({ code }) => code),
      );
  return codes;
}

for (const [code, fault] of FAULTS)
  test(`${code}: found in a world that has this fault, and no other`, async () => {
    const world = pushed(fault);
    const agent = await createAgent(world, { ...quick, ...fault.options });
    const codes = await found(agent, world, 900, 300);
    assert.equal(codes.get(900), [code]);
    const [{ evidence, suggestion }] = diagnose(agent);
    assert.match(evidence, /\d.*\.$/);
    assert.match(suggestion, /\.$/);
    for (const sentence of [evidence, suggestion]) assert.not.match(sentence, /NaN|undefined|Infinity/);
    // what is told early is no other fault
    for (const [steps, early] of codes)
      assert.ok(
        early.every((one) => one === code),
        `${steps}: ${early}`,
      );
  });

test("nothing is found in the sound world that the others differ from, at any time", async () => {
  const world = pushed();
  const codes = await found(await createAgent(world, quick), world, 900, 50);
  for (const [steps, early] of codes) assert.equal(early, [], `after ${steps} steps`);
});

for (const name of ["pendulum", "cartpole", "catch", "keys"])
  test(`${name}: nothing is found with the default settings, from the first steps to the thousandth`, async () => {
    const entry = worlds.find((one) => one.name === name);
    assert.ok(entry);
    const world = await environmentOf(entry);
    const codes = await found(await createAgent(world, { seed: 1 }), world, 1000, 100);
    assert.is(codes.size, 10);
    for (const [steps, early] of codes) assert.equal(early, [], `after ${steps} steps`);
  });

test("an agent that has seen nothing has no findings, and one that is asked learns the same bits", async () => {
  const [asked, left] = [await smallAgent("pendulum"), await smallAgent("pendulum")];
  assert.equal(diagnose(asked.agent), []);
  for (let i = 0; i < 6; i++) {
    live(asked.agent, asked.environment, 50, i);
    live(left.agent, left.environment, 50, i);
    diagnose(asked.agent);
  }
  assert.ok(isSame(asked.agent.save(), left.agent.save()));
});

test("an agent of another make has no findings", () => {
  assert.equal(diagnose({} as Agent), []);
});

test.run();
