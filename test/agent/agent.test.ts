import { test } from "uvu";
import * as assert from "uvu/assert";
import { box, createAgent, createEnvironment, discrete, loadAgent } from "../../src/index.ts";
import { small, smallAgent } from "../helpers/smallAgent.ts";

const spaces = { observationSpace: box([-1, -1], [1, 1]), actionSpace: discrete(2) };

/** The error of an agent with a wrong option or space: its kind and message. */
async function refusal(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return "none";
  } catch (error) {
    return String(error);
  }
}

test("refuses an option that is out of its range, or serves the other kind of agent", async () => {
  const refused = [
    [{ members: 0 }, "RangeError: members: expected a whole number in [1, 64], got 0"],
    [{ members: 17, model: "latent" }, "RangeError: members: expected a whole number in [1, 16], got 17"],
    [
      { risk: "evidence" },
      'TypeError: options: expected those that serve "observed", got risk, which serves "latent" and "planner"',
    ],
    [{ bins: 11 }, "RangeError: bins: expected 21 unless actions are continuous, got 11"],
  ] as const;
  for (const [options, message] of refused)
    assert.is(await refusal(() => createAgent(spaces, options)), message);
});

test("an agent of a file takes no option on which what is saved depends, and none that is unknown", async () => {
  const bytes = (await createAgent(spaces, small)).save();
  for (const other of [{ members: 2 }, { seed: 7 }, { candidats: 8 }] as object[])
    assert.match(
      await refusal(() => loadAgent(bytes, other)),
      new RegExp(`^TypeError: options: expected .*, got ${Object.keys(other)[0]}$`),
    );
});

test("refuses spaces that no agent suits", async () => {
  const { observationSpace, actionSpace } = spaces;
  const boundless = box([-1, 0], [1, Infinity]);
  assert.is(
    await refusal(() => createAgent({ observationSpace, actionSpace: boundless })),
    "RangeError: actionSpace: expected finite bounds low < high, to which actions are scaled, got [0, Infinity] at 1: give the range that is useful, and clip or rescale in `step`",
  );
  assert.is(
    await refusal(() => createAgent({ observationSpace: { kind: "text" } as never, actionSpace })),
    'TypeError: observationSpace: expected a space, such as box(…) or discrete(…), got an object of kind "text"',
  );
  assert.is(
    await refusal(() =>
      createAgent(
        { observationSpace, actionSpace: { kind: "dict", spaces: {} } as never },
        { model: "latent" },
      ),
    ),
    "TypeError: actionSpace: expected a box, a discrete or a multiDiscrete space, got dict",
  );
});

test("says that an environment is yet to come", async () => {
  const message =
    "TypeError: spaces: expected an environment, or its two spaces, got a Promise: `await` is missing";
  for (const options of [{}, { model: "latent" }] as const)
    assert.is(await refusal(() => createAgent(createEnvironment("pendulum") as never, options)), message);
});

test("shows its settings, spaces and steps", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  assert.is(agent.options.horizon, small.horizon);
  assert.is(agent.options.temperature, 1);
  assert.equal(agent.spaces.actionSpace, environment.actionSpace);
  assert.is(agent.steps, 0);
});

test("options that are no object are refused", async () => {
  const world = await createEnvironment("pendulum");
  const agent = await createAgent(world, { hidden: [8] });
  for (const [given, got] of [
    [null, "null"],
    ["seed", '"seed"'],
    [[1], "an array"],
  ] as const)
    for (const make of [
      () => createAgent(world, given as never),
      () => loadAgent(agent.save(), given as never),
    ])
      assert.is(await make().then(String, String), `TypeError: options: expected an object, got ${got}`);
});

test.run();
