/** Agents over spaces of every kind, and actions that may not be taken. */
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { allows } from "../../src/environments/mask.ts";
import {
  box,
  dict,
  discrete,
  multiBinary,
  multiDiscrete,
  type Space,
} from "../../src/environments/spaces.ts";
import { vectorEnvironment } from "../../src/environments.ts";
import {
  type Agent,
  createAgent,
  evaluate,
  exportHabit,
  loadAgent,
  loadHabit,
  type Options,
  resume,
  train,
} from "../../src/index.ts";
import { workerThreads } from "../../src/threads.ts";
import { maskedWorld, randomMask } from "../helpers/maskedWorld.ts";
import { isSame, small as observed } from "../helpers/smallAgent.ts";
import { small as latent } from "../helpers/smallLatentAgent.ts";
import { samples } from "../helpers/spaces.ts";
import { mulberry32 } from "../reference/kernels.ts";

const seen = dict({ clock: discrete(3), lamps: multiBinary(2), level: box([-1], [1]) });
const see = (t: number, noise: number) => ({ clock: t % 3, lamps: [t % 2, 1], level: [noise] });
const three = multiDiscrete([3, 1, 4]);

/** An agent that has lived in a world of masks, and the world. */
async function lived(actionSpace: Space, options: Options, steps = 70) {
  const world = maskedWorld(actionSpace, seen, see);
  const agent = await createAgent(world, options);
  for await (const _ of train(agent, world, { steps }));
  return { agent, world };
}

const curious = { curiosity: 0.5, correlation: "spectrum", exploration: "sample" } as const;
const weighed = { priorWeight: 1, essShare: 0.5 } as const;
for (const [name, options] of [
  ["observed", { ...observed, ...curious }],
  ["observed, with the habit in the weights", { ...observed, ...weighed, actionRepeat: 2 }],
  ["latent", { ...latent, correlation: "spectrum" }],
  ["latent, sequential", { ...latent, search: "smc", exploration: "greedy" }],
] as const satisfies readonly (readonly [string, Options])[])
  for (const actionSpace of [discrete(5), three])
    test(`no agent takes what the mask forbids: ${name}, ${actionSpace.kind}`, async () => {
      const { agent, world } = await lived(actionSpace, options);
      assert.is(world.taken.length >= 70, true);
      for (const policy of ["plan", "habit"] as const) await evaluate(agent, world, { episodes: 2, policy });
    });

test("copies of a world keep masks of their own, where their plans are solved in one call", async () => {
  for (const actionSpace of [discrete(5), three]) {
    const worlds = await vectorEnvironment(() => maskedWorld(actionSpace, seen, see), 3);
    const agent = await createAgent(worlds, { ...observed, ...curious, lanes: 3 });
    // a world throws at an action that it has forbidden
    for await (const _ of train(agent, worlds, { steps: 150 }));
    assert.is(agent.steps, 150);
  }
});

/** Whether 40 random masks are honoured by every policy, from the warm-up on. */
function expectHonoured(agent: Agent, act: Agent["act"] = agent.act): void {
  const { actionSpace } = agent.spaces;
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom("plan", "habit"), fc.boolean(), (seed, policy, explore) => {
      const random = mulberry32(seed);
      const actionMask = randomMask(actionSpace, random);
      const observation = see(Math.floor(9 * random()), 20 * random() - 10);
      const action = act(observation, { policy: policy as "plan", explore, actionMask });
      assert.ok(allows(actionSpace, actionMask, action), `${policy} ${actionMask} ${action}`);
    }),
    { numRuns: 40, seed: 5 },
  );
}

for (const [name, options] of [
  ["observed", { ...observed, ...curious }],
  ["latent", latent],
] as const)
  for (const actionSpace of [discrete(4), three])
    test(`masked actions are never returned: ${name}, ${actionSpace.kind}`, async () => {
      const world = maskedWorld(actionSpace, seen, see);
      expectHonoured(await createAgent(world, options));
      const { agent } = await lived(actionSpace, options);
      expectHonoured(agent);
      if (name === "latent") return;
      const habit = await loadHabit(exportHabit(agent));
      expectHonoured(agent, (observation, { actionMask } = {}) => habit.act(observation, { actionMask }));
      const [value, actionMask] = [see(1, 0.5), randomMask(actionSpace, mulberry32(2))];
      assert.equal(habit.act(value, { actionMask }), agent.act(value, { policy: "habit", actionMask }));
    });

test("in the warm-up, allowed actions are as likely as each other, and a kept one is drawn anew where it is forbidden", async () => {
  const world = maskedWorld(discrete(4), seen, see);
  const agent = await createAgent(world, {
    ...observed,
    correlation: "spectrum",
    warmup: 4000,
    memory: 5000,
  });
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 2000; i++) {
    const action = agent.act(see(i, 0), { explore: true, actionMask: [1, 1, 0, 1] });
    counts[action as number]++;
    agent.remember({
      observation: see(i, 0),
      action,
      reward: 0,
      nextObservation: see(i + 1, 0),
      terminated: false,
      truncated: false,
    });
  }
  assert.is(counts[2], 0);
  // a quarter of the steps is kept with .95, so that about 2000 / 10 draws are independent
  for (const k of [0, 1, 3]) assert.ok(Math.abs(counts[k] / 2000 - 1 / 3) < 4 * Math.sqrt(2 / 9 / 200));
});

test("an agent takes values of any space, and its file keeps the space", async () => {
  await fc.assert(
    fc.asyncProperty(
      samples,
      fc.constantFrom(discrete(3), three, box([-1], [1])),
      async ({ space, value }, actionSpace) => {
        const spaces = { observationSpace: space, actionSpace };
        const agent = await createAgent(spaces, { ...observed, memory: 100 });
        const copy = await loadAgent(agent.save());
        assert.equal(copy.spaces, agent.spaces);
        const action = agent.act(value);
        assert.equal(copy.act(value), action);
        agent.learn({
          observation: value,
          action,
          reward: 1,
          nextObservation: value,
          terminated: false,
          truncated: false,
        });
      },
    ),
    { numRuns: 12, seed: 4 },
  );
});

for (const [observationSpace, kind] of [
  [discrete(3), "categorical"],
  [multiBinary(3), "bernoulli"],
  [seen, "gaussian"],
] as const)
  test(`a latent agent takes ${observationSpace.kind} observations for ${kind}, and what was not seen`, async () => {
    const value = observationSpace.kind === "discrete" ? (t: number) => t % 3 : (t: number) => [t % 2, 1, 0];
    const world = maskedWorld(discrete(2), observationSpace, kind === "gaussian" ? see : value);
    const agent = await createAgent(world, latent);
    assert.is("observationKind" in agent.options && agent.options.observationKind, kind);
    for await (const { return: sum } of train(agent, world, { steps: 60 })) assert.ok(Number.isFinite(sum));
    const copy = await loadAgent(agent.save());
    assert.equal(copy.options, agent.options);
    if (observationSpace.kind === "discrete") assert.ok(agent.act(Number.NaN) !== undefined);
  });

test("a run goes on in the midst of an episode with the mask that was known", async () => {
  for (const options of [{ ...observed, ...curious }, latent]) {
    const make = () => maskedWorld(three, seen, see);
    const world = make();
    const run = train(await createAgent(world, options), world, { steps: 90, seed: 3 });
    for (let i = 0; i < 47; i++) await run.step();
    const again = await resume(run.save(), make());
    for await (const _ of again);
    for await (const _ of run);
    assert.ok(isSame(again.agent.save(), run.agent.save()));
  }
});

test("threads honour masks with the same bits", async () => {
  const world = maskedWorld(three, seen, see);
  const options = { ...observed, candidates: 96, habitShare: 0.5 };
  const { agent } = await lived(three, options);
  const bytes = agent.save();
  const shared = await loadAgent(bytes, { threads: workerThreads(2) });
  const alone = await loadAgent(bytes);
  const random = mulberry32(1);
  for (let t = 0; t < 6; t++) {
    const actionMask = randomMask(world.actionSpace, random);
    assert.equal(shared.act(see(t, 0.1), { actionMask }), alone.act(see(t, 0.1), { actionMask }));
  }
  shared.close();
  assert.ok(isSame(shared.save(), alone.save()));
});

test("a plan is not masked by what was forbidden before", async () => {
  const { agent } = await lived(discrete(3), observed);
  const copy = await loadAgent(agent.save());
  agent.act(see(0, 0), { actionMask: [0, 0, 1] });
  agent.reset();
  copy.reset();
  assert.equal(agent.act(see(0, 0)), copy.act(see(0, 0)));
});

test("names what is wrong with a mask, and where", async () => {
  const agent = await createAgent({ observationSpace: seen, actionSpace: discrete(2) }, observed);
  const fails = (actionMask: never, message: string) =>
    assert.throws(
      () => agent.act(see(0, 0), { actionMask }),
      (error: Error) => error.message === message,
    );
  fails([1] as never, "actionMask: expected [2] values, got [1] (step 1)");
  fails([0, 0] as never, "actionMask: expected a choice that is allowed, got none (step 1)");
  fails([1, 0.5] as never, "actionMask[1]: expected 0 or 1, got 0.5 (step 1)");
});
test.run();
